"""A rate limit: tries are counted in the database, because all processes must share one count."""

import datetime as dt

from django.db import transaction
from django.db.models import F

from accounts.models import Tries
from config.lib.sealing.keys import blind_index

DELETE_AT_ONCE = 200


def allow_try(what: str, who: str, *, most: int, seconds: int, at: dt.datetime) -> bool:
    """Count one try of `what` by or about `who`; return whether at most `most` were made in this window of `seconds`.

    The database compares while it counts, so of many tries at once exactly as many as allowed get True.
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
    _delete_expired(at)
    counted = within.update(count=F("count") + 1)
    return counted > 0


def tries_left(what: str, who: str, *, most: int, seconds: int, at: dt.datetime) -> bool:
    """Return whether fewer than `most` tries were counted in this window; it counts none."""
    slot = int(at.timestamp()) // seconds
    key = blind_index("tries", f"{what}:{seconds}:{who}")
    return not Tries.objects.filter(key=key, slot=slot, count__gte=most).exists()


def _delete_expired(at: dt.datetime) -> None:
    """Delete some counts whose window is over; two processes never wait for each other."""
    with transaction.atomic():
        over = Tries.objects.select_for_update(skip_locked=True).filter(ends_at__lte=at).order_by("pk")
        Tries.objects.filter(pk__in=list(over.values_list("pk", flat=True)[:DELETE_AT_ONCE])).delete()
