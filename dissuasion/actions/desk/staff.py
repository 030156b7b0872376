"""What becomes of somebody's open assignments when they are moved, get another role or are deactivated."""

import datetime as dt

from django.db.models import QuerySet

from accounts import roles
from accounts.models import Person
from dissuasion.actions.case import visits
from dissuasion.actions.dispatch import assignments, hold
from dissuasion.models import Assignment
from dissuasion.rules import states
from dissuasion.telling import versions

REASON = "moved"


def open_work_of(person: Person) -> QuerySet[Assignment]:
    """Return the open assignments of `person`, in the order in which their cases are locked."""
    held = Assignment.objects.filter(person=person, status__in=states.OPEN_ASSIGNMENT)
    return held.select_related("case", "person").order_by("case")


def not_for_role(person: Person, role: str) -> int:
    """Return how many open assignments `person` could not keep in the role `role`."""
    held = open_work_of(person)
    leads = [one for one in held if one.part == Assignment.Part.LEAD and not roles.may_lead(role, one.case.risk)]
    return len(leads) if role in roles.MAY_VISIT else len(held)


@versions.one_change()
def pass_on(person: Person, *, by: Person, at: dt.datetime) -> int:
    """Recall every open assignment of `person`; return how many. Cases that they led are dispatched after the commit.

    What they still record is kept and flagged, as after any recall.
    """
    taken = 0
    for assignment in open_work_of(person):
        assignment.case = hold.lock(assignment.case_id)
        if not assignments.end(assignment, states.Assignment.RECALLED, at=at, by=by, reason=REASON):
            continue  # ended while we waited for its case
        taken += 1
        if assignment.part == Assignment.Part.LEAD:
            visits.pass_on(assignment.case, at=at)
    return taken
