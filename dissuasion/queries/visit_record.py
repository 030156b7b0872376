"""A record of a visit as its author last wrote it: the phone begins a correction with it."""

from typing import Any
from uuid import UUID

from dissuasion.models import Act, Visit


def chain(visit: Visit) -> list[UUID]:
    """Return the ids of a record and of all that correct it or are corrected by it."""
    mine = Visit.objects.filter(assignment=visit.assignment_id, person=visit.person_id)
    corrected = dict(mine.values_list("pk", "corrects"))

    def first(pk: UUID) -> UUID:
        earlier = corrected.get(pk)
        return pk if earlier is None else first(earlier)

    return [pk for pk in corrected if first(pk) == first(visit.pk)]


def as_written(visit: Visit) -> dict[str, Any]:
    """Return what the author last wrote of this visit: the payload of the record, or of its newest correction."""
    act = Act.objects.filter(pk__in=chain(visit)).latest("received_at")
    payload: dict[str, Any] = act.body["payload"]
    record: dict[str, Any] = payload["record"] if act.kind == Act.Kind.CORRECTION else payload
    return record
