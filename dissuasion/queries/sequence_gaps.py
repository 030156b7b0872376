"""Which sequence numbers of a phone's acts have come in: without them nobody would notice a lost act."""

from uuid import UUID

from django.db.models import Count, Exists, OuterRef

from dissuasion.models import Act


def received(person_id: UUID, device: str, *, after: int, upto: int) -> tuple[int, int]:
    """Return how many different numbers up to `upto` have come in, and up to which of them none is missing.

    A phone counts its acts from 1. All up to `after` are known to be here and are not read again.
    """
    mine = Act.objects.filter(person=person_id, device=device)
    here = mine.filter(seq__gt=after, seq__lte=upto)
    count = here.aggregate(n=Count("seq", distinct=True))["n"]
    if count == upto - after:
        return upto, upto
    if not mine.filter(seq=after + 1).exists():
        return after + count, after
    # The first number that has no next one ends the run that begins behind `after`.
    follows = mine.filter(seq=OuterRef("seq") + 1)
    last = here.filter(~Exists(follows)).order_by("seq").values_list("seq", flat=True).first()
    return after + count, last or after
