"""The decisions of a chief: assign, send a companion, recall, close or go on, set the level. All may be refused."""

import datetime as dt
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts import roles
from accounts.models import Person
from config.lib.http.problems import Conflict, field_problem
from dissuasion.actions.case import by_chief, level
from dissuasion.actions.dispatch import assignments, hold
from dissuasion.actions.dispatch.choice import Chosen
from dissuasion.models import Assignment, Case
from dissuasion.rules import states
from dissuasion.rules.levels import Risk
from dissuasion.telling import versions
from dissuasion.telling.stamp import Stamp


@versions.one_change()
def assign(
    chief: Person,
    case_id: UUID,
    *,
    to: Person,
    companion: Person | None,
    instead_of: UUID | None,
    at: dt.datetime,
) -> Assignment:
    """Give a case to somebody; the choice wins over the machine's and is never undone by it.

    `instead_of` names the assignment that the chief saw and replaces; another holder raises Conflict with their name.
    """
    case = hold.lock(case_id)
    _check_active(case)
    assignments.check_may_lead(to, case)
    held = hold.holder(case)
    if held is not None:
        if held.pk != instead_of:
            text = _("%(name)s already holds this case.") % {"name": held.person.name}
            who = {"assignment": str(held.pk), "person": str(held.person_id), "name": held.person.name}
            raise Conflict("already_assigned", text, holder=who)
        _reassign(held, case, chief, at=at)
    # A companion who becomes the lead gives up the old part, and nobody else is asked any more.
    there = Assignment.objects.filter(case=case, status__in=states.OPEN_ASSIGNMENT).select_related("person")
    for along in there.filter(Q(person=to) | Q(part=Assignment.Part.SECOND)):
        _reassign(along, case, chief, at=at)
    made = by_chief.give(case, to, Stamp(at, chief))
    if companion is not None:
        add_companion(chief, case, companion=companion, at=at)
    return made


def add_companion(chief: Person, case: Case, *, companion: Person, at: dt.datetime) -> Assignment:
    """Send somebody along; return the assignment, or the one they have already. Raises Problem for the wrong role."""
    if companion.role not in roles.MAY_VISIT:
        raise field_problem("companion", "may_not_go", _("%(name)s makes no visits.") % {"name": companion.name})
    with_them = Assignment.objects.filter(case=case, person=companion, status__in=states.OPEN_ASSIGNMENT).first()
    if with_them is not None:
        return with_them
    return assignments.give(case, Chosen(companion, by_chief.BY_DESK, Assignment.Part.COMPANION), Stamp(at, chief))


@versions.one_change()
def recall(chief: Person, case_id: UUID, *, reason: str, at: dt.datetime) -> Case:
    """Take a case back from everybody who holds it; it waits on the desk and the machine leaves it alone."""
    case = hold.lock(case_id)
    held = Assignment.objects.filter(case=case, status__in=states.OPEN_ASSIGNMENT).select_related("case")
    if not held:
        raise Conflict("nobody_holds_it", _("Nobody holds this case now."))
    for assignment in held:
        assignment.case = case
        _check_ended(assignments.recall(assignment, Stamp(at, chief), words=reason))
    by_chief.let_go(case)
    return case


def _reassign(assignment: Assignment, case: Case, chief: Person, *, at: dt.datetime) -> None:
    assignment.case = case
    _check_ended(assignments.end(assignment, states.Assignment.RECALLED, at=at, by=chief, reason="reassigned"))


def _check_ended(ended: bool) -> None:
    if not ended:
        raise Conflict("already_ended", _("It has just ended. Look again."))


@versions.one_change()
def decide(chief: Person, case_id: UUID, *, close: bool, reason: str, at: dt.datetime) -> Case:
    """Answer what the desk was asked about a case: close it, or note that it goes on.

    A case that needs a visit and has no lead is dispatched again, unless a day is set: else nothing would follow.
    """
    case = hold.lock(case_id)
    if not close:
        by_chief.go_on(case, Stamp(at, chief), reason=reason)
        return case
    _check_active(case)
    if Assignment.objects.filter(case=case, status__in=states.OPEN_ASSIGNMENT).exists():
        raise Conflict("somebody_holds_it", _("Somebody holds this case. Recall it first."))
    by_chief.close(case, Stamp(at, chief), reason=reason)
    return case


@versions.one_change()
def set_risk(chief: Person, case_id: UUID, *, risk: str, reason: str, at: dt.datetime) -> Case:
    """Set the level of a case; return the case. Raised to high it is dispatched, unless somebody holds it."""
    case = hold.lock(case_id)
    _check_active(case)
    level.set_by_chief(case, Risk(risk), Stamp(at, chief), reason=reason)
    return case


def _check_active(case: Case) -> None:
    if case.status == states.Case.CLOSED:
        raise Conflict("case_closed", _("This case is closed."))
