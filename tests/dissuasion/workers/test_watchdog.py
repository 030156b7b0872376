"""The watchdog: each late thing is an alarm once, silence is one, and a clock that leaps is none."""

import datetime as dt
import logging

import pytest
from django.db import OperationalError
from django.utils import timezone

from dissuasion.models import Assignment, Case
from dissuasion.queries import lateness
from tests.dissuasion.workers.conftest import ticks


@pytest.fixture(autouse=True)
def quiet(caplog):
    caplog.set_level(logging.WARNING, logger="dissuasion.workers.watchdog")


def said(caplog, level: str = "ERROR") -> list[str]:
    lines = [record.getMessage() for record in caplog.records if record.levelname == level]
    caplog.clear()
    return lines


def wait_for_dispatch(**since) -> None:
    Assignment.objects.update(due_at=None, push_due_at=None)
    Case.objects.update(dispatch_due_at=timezone.now() - dt.timedelta(**since))


@pytest.fixture
def late_case(the_watchdog, lin, caplog):
    """A case that waits for its dispatch since just now."""
    wait_for_dispatch()
    caplog.clear()


def test_it_says_once_what_is_late(late_case, the_watchdog, caplog):
    assert the_watchdog.after(9).ok
    assert the_watchdog.after(5).late == {"dispatch": {"count": 1, "seconds": 14}}
    (line,) = said(caplog)
    assert "Late (dispatch): 1, the oldest by 14 s" in line
    assert str(Case.objects.get().pk) in line
    assert not the_watchdog.after(5).ok
    assert said(caplog) == []


def test_it_says_when_everything_is_on_time_again(late_case, the_watchdog, caplog):
    the_watchdog.after(14)
    Case.objects.update(dispatch_due_at=None)
    assert the_watchdog.after(5).ok
    assert said(caplog, "WARNING") == ["Everything is on time again."]
    the_watchdog.after(5)
    assert said(caplog, "WARNING") == []


def test_it_says_anew_what_was_put_off_and_is_late_again(late_case, the_watchdog, caplog):
    the_watchdog.after(14)
    wait_for_dispatch()
    the_watchdog.after(14)
    assert len(said(caplog)) == 2


def test_it_notices_within_thirty_seconds_that_no_watcher_ticks(the_watchdog, caplog):
    ticks()
    ticks(process="b:2")
    assert the_watchdog.look().ok
    assert the_watchdog.after(20).ok
    assert the_watchdog.after(5).silent == {"watch": 25}
    (line,) = said(caplog)
    assert "No watcher has ticked (watch) for 25 s" in line
    the_watchdog.after(5)
    assert said(caplog) == []
    ticks(process="c:3")
    assert the_watchdog.after(1).ok


def test_it_needs_only_one_watcher_of_several(the_watchdog, caplog):
    ticks(process="dead:1")
    for _ in range(10):
        ticks(process="alive:2")
        assert the_watchdog.after(5).ok


def test_it_misses_the_loop_that_hangs_while_another_ticks(the_watchdog):
    ticks("push-watch")
    for _ in range(6):
        ticks("watch")
        found = the_watchdog.after(5)
    assert found.silent == {"push-watch": 30}


def test_it_misses_nobody_where_none_ever_ran_and_nothing_is_due(the_watchdog):
    assert the_watchdog.after(600).ok


def test_it_warns_of_watchers_of_two_versions_and_calls_it_no_fault(the_watchdog, caplog):
    ticks(process="old:1", version="0123456789ab")
    ticks(process="new:2")
    assert the_watchdog.look().ok
    assert the_watchdog.after(5).ok
    (line,) = said(caplog, "WARNING")
    assert "old:1 runs 0123456789ab" in line


@pytest.mark.parametrize("seconds", [3600, -3600])
def test_it_takes_a_leap_of_the_clock_for_no_lateness(late_case, the_watchdog, caplog, seconds):
    ticks()
    the_watchdog.look()
    the_watchdog.leap(seconds)
    assert the_watchdog.after(5).ok
    Case.objects.update(dispatch_due_at=None)  # the watch does it
    ticks()
    assert the_watchdog.after(11).ok
    assert [record.levelname for record in caplog.records] == ["WARNING"]


def test_it_says_a_leap_once_and_then_what_is_late_all_the_same(late_case, the_watchdog, caplog):
    the_watchdog.leap(3600)
    assert [the_watchdog.after(5).ok for _ in range(4)] == [True, True, False, False]
    assert [record.levelname for record in caplog.records] == ["WARNING", "ERROR"]


def test_it_is_not_kept_quiet_by_a_clock_that_leaps_with_every_look(late_case, the_watchdog, caplog):
    found = []
    for _ in range(8):
        the_watchdog.leap(60)
        found.append(the_watchdog.after(5).ok)
    assert False in found


def test_it_counts_a_pulse_from_the_future_as_silent_when_it_does_not_move(the_watchdog):
    the_watchdog.leap(3600)
    ticks()
    the_watchdog.leap(-3600)
    assert the_watchdog.look().ok
    assert the_watchdog.after(25).silent == {"watch": 25}


def test_it_alarms_once_when_the_database_goes_and_once_more_says_that_it_is_back(
    late_case, the_watchdog, caplog, monkeypatch
):
    def gone(**_how):
        raise OperationalError("gone")

    ticks()
    the_watchdog.look()
    with monkeypatch.context() as away:
        away.setattr(lateness, "late", gone)
        assert {the_watchdog.after(5).blind for _ in range(12)} == {"database"}
    assert len(said(caplog)) == 1
    # Nobody could work or give a sign of life meanwhile.
    assert the_watchdog.after(1).ok
    assert said(caplog, "WARNING") == ["The watchdog sees again."]
    assert "dispatch" in the_watchdog.after(11).late


def test_it_survives_a_fault_of_its_own_and_does_not_call_that_well(the_watchdog, caplog, monkeypatch):
    monkeypatch.setattr(lateness, "late", lambda **_how: 1 / 0)
    assert [the_watchdog.after(5).blind for _ in range(3)] == ["fault"] * 3
    assert len(said(caplog)) == 1


def test_it_gives_a_watch_that_starts_beside_it_the_time_to_catch_up(lin, the_watchdog, caplog):
    ticks()
    wait_for_dispatch(hours=9)
    the_watchdog.clock.shift(dt.timedelta(hours=9))
    fresh = type(the_watchdog)(the_watchdog.clock)
    assert fresh.look().ok
    assert fresh.after(5).ok
    assert not fresh.after(6).ok
