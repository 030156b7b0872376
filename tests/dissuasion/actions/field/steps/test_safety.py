"""Still all right? Twenty minutes of silence on scene, or a call for help, are put before the desk, once."""

import pytest
from django.utils import timezone

from dissuasion.actions.clocks.due import tick as clock_tick
from dissuasion.models import Assignment
from tests.dissuasion.actions.field.phone import Phone, history, since_nine

MINUTES = 60


def tick(clock, minutes):
    clock.shift(minutes * MINUTES)
    return clock_tick(at=timezone.now())


def due(phone):
    (assignment,) = phone.work()["assignments"]
    return assignment["safety_due_at"] and since_nine(assignment["safety_due_at"]) / MINUTES


@pytest.fixture
def there(lin) -> Phone:
    """Lin's phone, at the door since nine."""
    assert due(lin) is None
    lin.does("arrive")
    return lin


def test_it_asks_twenty_minutes_after_the_arrival(there):
    assert due(there) == 20


def test_it_asks_again_twenty_minutes_after_each_answer(there, clock):
    clock.shift(15 * MINUTES)
    assert there.does("all_right")["verdict"] == "applied"
    assert due(there) == 35


def test_it_tells_the_desk_once(there, gu, clock):
    assert (tick(clock, 19), tick(clock, 1), tick(clock, 30)) == (0, 1, 0)
    case = gu.case(there)
    assert (case["attention"], history(case).count("safety")) == ("officer_safety", 1)
    assert gu.reads("board")["cases"][0]["attention"] == "officer_safety"


def test_it_changes_the_worklist_each_time(there, clock):
    versions = [there.work()["version"]]
    for step in (lambda: there.does("all_right"), lambda: tick(clock, 21)):
        step()
        versions.append(there.work()["version"])
    assert versions == sorted(set(versions))


def test_it_takes_a_late_answer_and_gives_the_desk_its_question_back(there, gu, clock):
    there.does("note", text="x")
    gu.asks(f"cases/{there.case}/risk", risk="high", reason="x")
    there.does("visit", met="unreadable")
    assert gu.case(there)["attention"] == "flagged"
    tick(clock, 21)
    there.does("all_right")
    assert (gu.case(there)["attention"], due(there)) == ("flagged", 41)


def test_it_hears_out_a_queue_that_was_offline(lin, clock):
    there, later = "2026-03-04T08:00:00+08:00", "2026-03-04T08:55:00+08:00"
    lin.does("arrive", {"happened_at": there})
    assert due(lin) == 1
    lin.does("all_right", {"happened_at": later})
    assert due(lin) == 15
    lin.does("all_right", {"happened_at": there})
    assert due(lin) == 15


def test_it_ends_with_the_assignment(there, gu, clock):
    there.records()
    assert Assignment.objects.get().safety_due_at is None
    tick(clock, 30)
    assert "safety" not in history(gu.case(there))


@pytest.mark.parametrize("end", ["recalls", "reassigns"])
def test_it_ends_when_the_desk_takes_the_case_away(there, gu, cast, clock, end):
    if end == "recalls":
        gu.recalls(there)
    else:
        gu.assigns(there, str(cast.qin.pk), instead_of=there.assignment)
    tick(clock, 30)
    assert "safety" not in history(gu.case(there))


def test_it_watches_a_companion_as_well(there, gu, cast, clock):
    gu.asks(
        f"cases/{there.case}/assign", person=str(cast.qin.pk), companion=str(cast.mei.pk), instead_of=there.assignment
    )
    mei = Phone(cast, "mei")
    mei.work()
    mei.does("arrive")
    tick(clock, 21)
    assert gu.case(there)["history"][-1]["about"] == cast.mei.name


def test_it_tells_the_desk_at_once_that_somebody_asks_for_help(there, gu):
    assert there.does("help", words="two men at the gate")["verdict"] == "applied"
    case = gu.case(there)
    assert (case["attention"], history(case)[-1]) == ("officer_safety", "help")
    assert case["history"][-1]["said"] == "two men at the gate"


def test_it_leaves_a_call_for_help_before_the_desk_until_somebody_has_looked(there, gu):
    there.does("help")
    there.does("all_right")
    assert gu.case(there)["attention"] == "officer_safety"
    gu.asks(f"cases/{there.case}/decide", decision="go_on", reason="rang her")
    assert gu.case(there)["attention"] == ""


def test_it_takes_a_call_for_help_after_the_end(there, gu):
    there.records("no_fraud")
    there.does("help")
    assert gu.case(there)["attention"] == "officer_safety"


def test_it_starts_no_clock_before_the_door(lin):
    lin.does("depart")
    lin.does("all_right")
    assert due(lin) is None
