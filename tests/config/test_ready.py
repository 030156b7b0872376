"""/ready says when something is late or no watcher ticks: codes and counts, for everybody to read."""

import pytest
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from config import operations
from config.lib import cache
from dissuasion.models import Assignment, Case
from dissuasion.queries import lateness
from tests.dissuasion.conftest import clock, gu, lin
from tests.dissuasion.workers.conftest import ticks

__all__ = ["clock", "gu", "lin"]


def ready():
    answer = Client().get("/ready")
    return answer.status_code, answer.json()


@pytest.fixture
def due(lin):
    """A case that waits for its dispatch since just now, where no watcher ever ran."""
    Assignment.objects.update(due_at=None, push_due_at=None)
    Case.objects.update(dispatch_due_at=timezone.now())


def test_it_is_ready_without_a_watcher_while_nothing_is_due(db):
    status, answer = ready()
    assert (status, answer["ready"]) == (200, True)


def test_it_stays_ready_while_what_is_due_is_fresh(due, clock):
    clock.shift(29)
    assert ready()[0] == 200


def test_it_says_what_is_late_and_that_nobody_ever_watched(due, clock):
    clock.shift(31)
    status, answer = ready()
    assert (status, answer["ready"]) == (503, False)
    assert (answer["late"], answer["silent"]) == ({"dispatch": 1}, ["watch"])


def test_it_names_no_ids(due, clock):
    clock.shift(31)
    assert Case.objects.get().pk.hex not in str(ready()[1]).replace("-", "")


@pytest.mark.parametrize("seconds", [31, -31])
def test_it_is_not_ready_when_the_watcher_has_stopped_or_its_clock_is_elsewhere(clock, db, seconds):
    ticks()
    assert ready()[0] == 200
    clock.shift(seconds)
    assert ready() == (503, ready()[1] | {"silent": ["watch"]})
    ticks(process="b:2")
    assert ready()[0] == 200


def test_it_asks_the_database_once_in_two_seconds(db, settings, django_assert_num_queries, monkeypatch):
    settings.REMEMBER_S, counted = 5, 1000.0
    monkeypatch.setattr(cache.time, "monotonic", lambda: counted)
    monkeypatch.setattr(operations, "READINESS", operations.TimedCache(max_age_s=2))
    Client().get("/ready")
    with django_assert_num_queries(0):
        Client().get("/ready")
    counted += 2.1
    with django_assert_num_queries(2 + len(lateness.CLOCKS)):
        Client().get("/ready")


def test_it_says_that_the_database_is_down(db, monkeypatch):
    def down(**_how):
        raise OperationalError("down")

    monkeypatch.setattr(operations.lateness, "summary", down)
    assert ready() == (503, {"ready": False, "database": "down"})
