"""Deletes expired sessions: nobody is signed in by them."""

import datetime as dt

from django.contrib.sessions.models import Session


def forget_expired(*, at: dt.datetime, most: int) -> int:
    """Delete up to `most` sessions that had expired at `at`; return how many."""
    keys = list(Session.objects.filter(expire_date__lt=at).values_list("pk", flat=True)[:most])
    # Only those that are still expired: somebody may sign in with one meanwhile.
    deleted, _of_each = Session.objects.filter(pk__in=keys, expire_date__lt=at).delete()
    return deleted
