"""Tells phones that their worklist changed: the version rises with the change, the ring follows the commit."""

from collections.abc import Iterable
from functools import partial
from uuid import UUID

from django.db import transaction
from django.db.models import F

from dissuasion.models import WorkVersion
from dissuasion.transports import socket


def touch(person_ids: Iterable[UUID | None]) -> None:
    """Raise the work version of these persons in the running transaction; after its commit, ring them.

    Ids are sorted, so that two transactions that touch the same people never wait for each other crosswise.
    """
    ids = sorted({pk for pk in person_ids if pk is not None})
    if not ids:
        return
    changed = WorkVersion.objects.filter(person_id__in=ids).update(version=F("version") + 1)
    if changed < len(ids):
        WorkVersion.objects.bulk_create([WorkVersion(person_id=pk) for pk in ids], ignore_conflicts=True)
    transaction.on_commit(partial(socket.ring, ids), robust=True)
