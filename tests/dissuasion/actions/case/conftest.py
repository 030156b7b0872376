"""What the tests of follow-ups share: a clock that stands, a visit that persuaded, the mornings after it."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.utils import timezone

from dissuasion.actions.clocks import due
from tests.dissuasion.actions.field.phone import Phone


@pytest.fixture
def persuaded(lin) -> Phone:
    """Lin has persuaded the resident today."""
    assert lin.records("dissuaded")["verdict"] == "applied"
    return lin


@pytest.fixture
def morning(clock) -> Callable[[int], None]:
    """Let it be half past eight, so many days after today, and look as `watch` does."""
    today = [timezone.localdate()]

    def come(days: int) -> None:
        begins = timezone.make_aware(dt.datetime.combine(today[0] + dt.timedelta(days=days), dt.time(8, 30)))
        clock.move_to(begins)
        due.tick(at=timezone.now())

    return come
