"""One atomic counter in the database for what must not be tried too often; a cache in each process would not do."""

import datetime as dt

from django.db import transaction
from django.db.models import F

from accounts.models import Tries
from config.lib.sealing.keys import blind_index

FORGOTTEN_AT_ONCE = 200


def may_try(what: str, who: str, *, most: int, seconds: int, at: dt.datetime) -> bool:
    """Count one try of `what` by or about `who`; return whether it is within `most` in this stretch of `seconds`.

    The database compares while it counts: of many at once only as many as allowed get True.
    """
    slot = int(at.timestamp()) // seconds
    key = blind_index("tries", f"{what}:{seconds}:{who}")
    within = Tries.objects.filter(key=key, slot=slot, count__lt=most)
    if within.update(count=F("count") + 1):
        return True
    if Tries.objects.filter(key=key, slot=slot).exists():
        return False
    ends_at = dt.datetime.fromtimestamp((slot + 1) * seconds, dt.UTC)
    Tries.objects.bulk_create([Tries(key=key, slot=slot, ends_at=ends_at)], ignore_conflicts=True)
    _forget(at)
    return bool(within.update(count=F("count") + 1))


def give_back(what: str, who: str, *, seconds: int, at: dt.datetime) -> None:
    """Take one try of this stretch back: it turned out to be none that counts."""
    slot, key = int(at.timestamp()) // seconds, blind_index("tries", f"{what}:{seconds}:{who}")
    Tries.objects.filter(key=key, slot=slot, count__gt=0).update(count=F("count") - 1)


def _forget(at: dt.datetime) -> None:
    """Delete some of the counts whose time is over; two processes never wait for each other over it."""
    with transaction.atomic():
        over = Tries.objects.select_for_update(skip_locked=True).filter(ends_at__lte=at).order_by("pk")
        Tries.objects.filter(pk__in=list(over.values_list("pk", flat=True)[:FORGOTTEN_AT_ONCE])).delete()
