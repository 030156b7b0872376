"""A late case stands before its desk, once, while no watcher works."""

import datetime as dt

import pytest
from django.utils import timezone

from dissuasion.actions.clocks import due, watchdog
from dissuasion.models import Act, Assignment, Case, CaseEvent
from tests.cast import OTHER_PHONE
from tests.dissuasion.actions.field.phone import history


@pytest.fixture
def waiting(lin) -> Case:
    """A case whose dispatch is due since just now."""
    Assignment.objects.update(status="lapsed", due_at=None, push_due_at=None)
    Case.objects.update(dispatch_due_at=timezone.now())
    return Case.objects.get()


def flag(clock, seconds: float = 0) -> int:
    clock.shift(seconds)
    return watchdog.flag_late(at=timezone.now(), after_s=30)


def test_it_puts_a_late_case_on_the_board(waiting, gu, lin, clock):
    due_at = waiting.dispatch_due_at
    assert flag(clock, 31) == 1
    assert gu.reads("board")["cases"][0]["attention"] == "overdue"
    event = gu.case(lin)["history"][-1]
    assert (event["kind"], event["data"]) == ("late", {"clock": "dispatch", "seconds": 31})
    assert CaseEvent.objects.get(kind="late").happened_at == due_at


def test_it_waits_thirty_seconds_before_it_asks_a_desk(waiting, clock):
    assert flag(clock, 30) == 0


def test_it_asks_once_a_case_and_due_moment(waiting, gu, lin, clock):
    assert [flag(clock, 31), flag(clock, 5), flag(clock, 3600)] == [1, 0, 0]
    Case.objects.update(dispatch_due_at=timezone.now())
    assert flag(clock, 31) == 1
    assert history(gu.case(lin)).count("late") == 2


def test_it_gets_to_every_late_case_however_many_there_are(waiting, send_alert, clock, monkeypatch):
    monkeypatch.setattr(watchdog, "AT_ONCE", 1)
    send_alert(external_id="a-2", resident={"phone": OTHER_PHONE})
    Assignment.objects.update(due_at=None, push_due_at=None)
    Case.objects.update(dispatch_due_at=timezone.now())
    assert [flag(clock, 31), flag(clock, 5), flag(clock, 5)] == [1, 1, 0]


@pytest.mark.parametrize("column", ["due_at", "safety_due_at", "push_due_at"])
def test_it_asks_for_any_step_of_an_assignment(lin, gu, clock, column):
    Assignment.objects.update(**{"due_at": None, "push_due_at": None, column: timezone.now()})
    assert flag(clock, 31) == 1
    assert gu.case(lin)["attention"] == "overdue"


def test_it_asks_nobody_about_a_held_act_or_a_closed_case(lin, clock):
    lin.does("receipt")
    Assignment.objects.update(due_at=timezone.now())
    Case.objects.update(status="closed")
    Act.objects.update(retry_at=timezone.now())
    assert flag(clock, 3600) == 0


def test_it_never_takes_the_place_of_what_a_person_must_decide(waiting, gu, lin, clock):
    Case.objects.update(attention="flagged")
    assert flag(clock, 31) == 1
    assert gu.case(lin)["attention"] == "flagged"


def test_it_tells_the_team(lin, clock):
    before = lin.work()["version"]
    flag(clock, 200)
    assert lin.work()["version"] > before


def test_it_leaves_the_board_again_when_the_watcher_is_back(waiting, gu, lin, clock):
    flag(clock, 31)
    due.tick(at=timezone.now())
    assert gu.case(lin)["attention"] == ""


def test_it_goes_on_when_one_case_cannot_be_flagged(waiting, send_alert, clock, monkeypatch):
    send_alert(external_id="a-2", resident={"phone": OTHER_PHONE})
    Assignment.objects.update(due_at=None, push_due_at=None)
    Case.objects.update(dispatch_due_at=timezone.now())
    lock, broken = watchdog.hold.lock, [waiting.pk]

    def lock_or_break(case_id):
        if case_id in broken:
            raise RuntimeError("broken")
        return lock(case_id)

    monkeypatch.setattr(watchdog.hold, "lock", lock_or_break)
    assert flag(clock, 31) == 1
    broken.clear()
    assert flag(clock) == 1


def test_it_is_recorded_once_by_two_watchdogs(waiting, clock, monkeypatch):
    found = watchdog.lateness.unflagged(
        watchdog.lateness.CLOCKS[0], before=timezone.now() + dt.timedelta(seconds=1), at_most=9
    )
    clock.shift(31)
    assert flag(clock) == 1
    # The other one read its list before the first had written.
    monkeypatch.setattr(watchdog.lateness, "unflagged", lambda of, **_how: found if of.name == "dispatch" else [])
    assert flag(clock) == 0
    assert CaseEvent.objects.filter(kind="late").count() == 1
