"""Tells phones that their worklist changed: the version rises with the change, the ring follows the commit."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from uuid import UUID

from django.db import transaction
from django.db.models import F

from config.lib.database.patience import transaction_that_waits
from dissuasion.models import WorkVersion
from dissuasion.transports import ring

_touched: ContextVar[set[UUID] | None] = ContextVar("touched", default=None)


@contextmanager
def one_change(*, waits_s: float | None = None) -> Iterator[None]:
    """A transaction that raises the work version of each person who was touched once, right before the commit.

    Many transactions lock work versions: locked last and in order, they are held briefly and there is no deadlock.
    Inside another change it is a savepoint of that one. `waits_s` is how many seconds a statement of it waits for a
    lock before OperationalError is raised.
    """
    if _touched.get() is not None:
        with transaction.atomic():
            yield
        return
    with transaction_that_waits(waits_s):
        people: set[UUID] = set()
        token = _touched.set(people)
        try:
            yield
        finally:
            _touched.reset(token)  # before the commit: what runs after it is a change of its own
        _raise_versions(people)


def touch(person_ids: Iterable[UUID | None]) -> None:
    """Raise the work version of these persons in the running change, and ring their phones after its commit."""
    people = {pk for pk in person_ids if pk is not None}
    pending = _touched.get()
    if pending is None:
        _raise_versions(people)
    else:
        pending |= people


def _raise_versions(people: set[UUID]) -> None:
    if not people:
        return
    ids = sorted(people)
    if len(ids) > 1:
        rows_now = WorkVersion.objects.filter(person_id__in=ids).order_by("person_id")
        _locked = list(rows_now.select_for_update().values_list("pk"))
    changed = WorkVersion.objects.filter(person_id__in=ids).update(version=F("version") + 1)
    if changed < len(ids):
        # These people have no row yet. Another change may insert the same one, so rows are raised after the insert.
        known = set(WorkVersion.objects.filter(person_id__in=ids).values_list("person_id", flat=True))
        missing = [pk for pk in ids if pk not in known]
        rows = [WorkVersion(person_id=pk, version=0) for pk in missing]
        WorkVersion.objects.bulk_create(rows, ignore_conflicts=True)
        WorkVersion.objects.filter(person_id__in=missing).update(version=F("version") + 1)
    transaction.on_commit(partial(ring.ring, ids), robust=True)
