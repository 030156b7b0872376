"""The lock under which a case is written, and the people who hold a part of it."""

from uuid import UUID

from dissuasion.models import Assignment, Case
from dissuasion.rules import states


def lock(case_id: UUID) -> Case:
    """Return the case, locked until the transaction ends: whoever writes a case or its assignments locks it first."""
    return Case.objects.select_for_update().get(pk=case_id)


def lock_if_free(case_id: UUID) -> Case | None:
    """Return the case, locked, or None while another transaction holds it: a watcher goes on with others meanwhile."""
    return Case.objects.select_for_update(skip_locked=True).filter(pk=case_id).first()


def holder(case: Case) -> Assignment | None:
    """Return the open lead assignment of a case, or None."""
    held = Assignment.objects.filter(case=case, part=Assignment.Part.LEAD, status__in=states.OPEN_ASSIGNMENT)
    return held.select_related("person").first()


def team(case: Case) -> set[UUID]:
    """Return the ids of everybody who now holds a part of the case."""
    held = Assignment.objects.filter(case=case, status__in=states.OPEN_ASSIGNMENT)
    return set(held.values_list("person_id", flat=True))
