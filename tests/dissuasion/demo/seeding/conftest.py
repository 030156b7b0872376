"""One small demo for a whole file of tests, and a place to write that is forgotten after each."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.test import override_settings

from dissuasion.demo.seeding.progress import SeedingProgress
from dissuasion.demo.seeding.run import Seeded, seed


@pytest.fixture(scope="session")
def now() -> dt.datetime:
    """A working day's afternoon."""
    return dt.datetime(2025, 3, 12, 15, 10, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(scope="module")
def seeded(django_db_setup: None, django_db_blocker: Any, now: dt.datetime) -> Iterator[None]:
    """The small demo with the recorded cases; tests that ask for it don't ask for `db`, which would end it."""
    with django_db_blocker.unblock(), override_settings(DEBUG=True), transaction.atomic():
        seed(size="small", recorded=True, now=now, progress=SeedingProgress(print, quiet=True))
        yield
        transaction.set_rollback(True)


@pytest.fixture
def again(seeded: None) -> Iterator[Callable[..., Seeded]]:
    """Seed once more; whatever the test writes is forgotten."""

    def seed_again(*, at: dt.datetime, size: str | None = None, recorded: bool = True) -> Seeded:
        return seed(size=size, recorded=recorded, now=at, progress=SeedingProgress(print, quiet=True))

    with transaction.atomic():
        yield seed_again
        transaction.set_rollback(True)
