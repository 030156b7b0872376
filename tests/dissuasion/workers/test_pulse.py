"""The watcher's sign of life: written while its work succeeds, seldom, and never in the way of it."""

import datetime as dt

import pytest
from django.db import OperationalError
from django.utils import timezone

from dissuasion.models import Pulse
from dissuasion.workers import pulse
from tests.dissuasion.workers.conftest import ticks


@pytest.fixture
def counted(monkeypatch) -> list[float]:
    """A counting clock of one number, which the test raises."""
    now = [1000.0]
    monkeypatch.setattr(pulse.time, "monotonic", lambda: now[0])
    return now


def test_it_writes_one_every_five_seconds(counted, db, django_assert_num_queries):
    work = pulse.with_pulse(lambda: 7, name="watch")
    assert work() == 7
    row = Pulse.objects.get()
    assert (row.name, len(row.version)) == ("watch", 12)
    counted[0] += 4.9
    with django_assert_num_queries(0):
        work()
    counted[0] += 0.2
    with django_assert_num_queries(1):
        work()
    assert Pulse.objects.get().at > row.at


def test_it_writes_none_when_the_work_fails(counted, db):
    work = pulse.with_pulse(lambda: 1 // 0, name="watch")
    with pytest.raises(ZeroDivisionError):
        work()
    assert not Pulse.objects.exists()


def test_it_never_holds_up_the_work(counted, db, monkeypatch, caplog):
    def away(*_who, **_how):
        raise OperationalError("no such table")

    monkeypatch.setattr(pulse.pulse, "beat", away)
    assert pulse.with_pulse(lambda: 7, name="watch")() == 7
    assert "could not write its sign of life" in caplog.text


def test_it_forgets_watchers_that_are_gone_when_one_starts(clock, counted, db):
    ticks(process="gone:1")
    clock.shift(dt.timedelta(hours=1))
    ticks(process="ahead:2")
    clock.shift(-dt.timedelta(seconds=60))
    ticks(process="alive:3")
    pulse.with_pulse(lambda: 0, name="watch")()
    kept = set(Pulse.objects.values_list("process", flat=True))
    assert "alive:3" in kept
    assert kept.isdisjoint({"gone:1", "ahead:2"})
    assert all(abs(at - timezone.now()) < dt.timedelta(1) for at in Pulse.objects.values_list("at", flat=True))
