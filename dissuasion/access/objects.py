"""The one door to each object: who may see it. What is not yours does not exist for you."""

from uuid import UUID

from django.db.models import Q, QuerySet

from accounts.models import Person, Unit
from accounts.roles import COMMANDS
from config.lib.http.problems import NotHere
from dissuasion.access.rights import command_of, hotline_of
from dissuasion.access.scope import below
from dissuasion.models import Assignment, Case, Evidence, HotlineCall, TriageEntry, Visit
from households import ground
from households.models import Household


def call_of_operator(person: Person, call_id: UUID) -> HotlineCall:
    """Return a call that was ever handed to `person`, also one that is theirs no more; raise NotHere for any other."""
    hotline_of(person)
    theirs = HotlineCall.objects.filter(pk=call_id, attempts__operator=person).distinct().first()
    if theirs is None:
        raise NotHere
    return theirs


def cases_of_command(person: Person) -> QuerySet[Case]:
    """Return the cases of the unit that `person` commands, and of the units below it."""
    return Case.objects.filter(below(command_of(person)))


def case_to_command(person: Person, case_id: UUID) -> Case:
    """Return one case that `person` may direct; raise NotHere for any other."""
    case = cases_of_command(person).select_related("resident", "unit", "division").filter(pk=case_id).first()
    if case is None:
        raise NotHere
    return case


def household_to_command(person: Person, household_id: UUID) -> Household:
    """Return a household on the ground of the unit that `person` commands, or below; raise NotHere for any other."""
    unit = command_of(person)
    household = Household.objects.filter(pk=household_id).first()
    code = household.division_id if household else ""
    answering = ground.unit_of(code, ground.divisions_for([code])) if code else None
    if household is None or answering is None or not unit.covers(answering):
        raise NotHere
    return household


def triage_to_settle(person: Person, entry_id: UUID) -> TriageEntry:
    """Return one triage entry of the unit that `person` commands; raise NotHere for any other."""
    entries = TriageEntry.objects.filter(below(command_of(person))).select_related("alert", "alert__source", "unit")
    entry = entries.filter(pk=entry_id).first()
    if entry is None:
        raise NotHere
    return entry


def person_to_send(person: Person, other_id: UUID) -> Person:
    """Return somebody whom `person` may send: an active member of their own county's units; raise NotHere else.

    A station chief may ask for a neighbour of the same county, as the machine does when the own station has nobody.
    """
    unit = command_of(person)
    reach = unit.parent if unit.kind == Unit.Kind.STATION and unit.parent else unit
    other = Person.objects.filter(below(reach), pk=other_id, is_active=True).select_related("unit").first()
    if other is None:
        raise NotHere
    return other


def assignment_of(person: Person, assignment_id: UUID) -> Assignment | None:
    """Return an assignment that was ever given to `person`, open or not, with its case held; None for any other."""
    theirs = Case.objects.filter(assignments__pk=assignment_id, assignments__person=person)
    case = theirs.select_for_update(of=("self",)).first()
    if case is None:
        return None
    assignment = Assignment.objects.get(pk=assignment_id)
    assignment.case = case
    return assignment


def evidence_to_see(person: Person, uuid: UUID) -> Evidence:
    """Return a photo or signature of `person` or of a case that they may direct; raise NotHere for any other."""
    allowed = Q(person=person)
    if person.role in COMMANDS and person.unit is not None:
        allowed |= below(person.unit, "act__assignment__case__unit")
    kept = Evidence.objects.filter(allowed, pk=uuid).first()
    if kept is None:
        raise NotHere
    return kept


def visit_to_correct(person: Person, visit_id: UUID) -> Visit:
    """Return a record that `person` wrote; raise NotHere for any other."""
    written = Visit.objects.filter(pk=visit_id, person=person).first()
    if written is None:
        raise NotHere
    return written
