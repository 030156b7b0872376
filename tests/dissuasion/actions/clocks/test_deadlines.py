"""Deadlines: frozen on the assignment; passed ones go to the next person or to the desk, never into silence."""

import copy

import pytest
from django.utils import timezone

from dissuasion.actions.clocks import due
from dissuasion.models import Delivery, Policy
from dissuasion.rules.deadlines import FIRST_POLICY
from tests.dissuasion.actions.field.phone import Phone, history, rungs, since_nine


@pytest.fixture
def chosen(lin, gu, cast) -> Phone:
    """Qin's phone with the case that the chief took from Lin."""
    gu.assigns(lin, str(cast.qin.pk), instead_of=lin.assignment)
    phone = Phone(cast, "qin")
    phone.work()
    return phone


def clocks(phone):
    return {name: since_nine(by) for name, by in phone.work()["assignments"][0]["clocks"].items()}


def tick(clock, seconds):
    clock.shift(seconds)
    return due.tick(at=timezone.now())


def test_it_freezes_the_deadlines_of_the_level(lin):
    assert clocks(lin) == {"acknowledge_by": 120, "contact_by": 300, "arrive_by": 1200, "record_by": 4800}


def test_it_does_not_move_them_when_the_policy_changes(lin, send_alert, neighbour, cast):
    before = clocks(lin)
    faster = copy.deepcopy(FIRST_POLICY)
    faster["high"] |= {"acknowledge": 30, "contact": 60}
    Policy.objects.create(kind="deadlines", content=faster)
    assert clocks(lin) == before
    send_alert(**neighbour("10000000070"))
    assert clocks(Phone(cast, "qin"))["acknowledge_by"] == 30


def test_it_does_not_move_them_when_the_level_changes(lin, gu):
    before = clocks(lin)
    gu.asks(f"cases/{lin.case}/risk", risk="low", reason="x")
    assert clocks(lin) == before


def test_it_asks_somebody_again_only_after_everybody_else(lin, gu, cast, clock):
    for _ in range(2):
        tick(clock, 61)
        tick(clock, 245)
        tick(clock, 0)
    case = gu.case(lin)
    assert [row["name"] for row in case["assignments"]][:2] == [cast.lin.name, cast.qin.name]
    assert len(case["assignments"]) >= 3
    assert "asked_before" in [reason["code"] for reason in case["assignments"][2]["reasons"]]


def test_it_never_lapses_after_an_acknowledgement(lin, gu, clock):
    lin.does("acknowledge")
    lin.does("contact", reached=True)
    tick(clock, 600)
    assert lin.held() == ["acknowledged"]
    assert "overdue" not in history(gu.case(lin))


def overdue(gu, phone):
    return [event["data"]["clock"] for event in gu.case(phone)["history"] if event["kind"] == "overdue"]


def test_it_tells_the_desk_who_has_not_arrived_and_calls_nobody_back(lin, gu, clock):
    lin.does("depart")
    lin.does("contact", reached=True)
    assert tick(clock, 1200) == 1
    assert lin.held() == ["en_route"]
    assert overdue(gu, lin) == ["arrive"]


def test_it_tells_the_desk_of_a_resident_whom_nobody_has_spoken_to(lin, gu, cast, clock):
    lin.does("acknowledge")
    lin.does("contact", reached=False)
    assert tick(clock, 299) == 0
    assert tick(clock, 2) == 1
    assert (overdue(gu, lin), gu.case(lin)["attention"]) == (["contact"], "overdue")
    assert Delivery.objects.filter(person=cast.gu, purpose="overdue").exists()
    clock.shift(10)
    lin.does("depart")
    tick(clock, 1)
    assert overdue(gu, lin) == ["contact"]
    assert gu.case(lin)["attention"] == "overdue"
    clock.shift(10)
    lin.does("contact", reached=True)
    assert gu.case(lin)["attention"] == ""
    tick(clock, 1200)
    assert overdue(gu, lin) == ["contact", "arrive"]


def test_it_tells_of_both_when_nothing_was_heard_for_long(lin, gu, clock):
    lin.does("acknowledge")
    assert tick(clock, 1300) == 1
    assert overdue(gu, lin) == ["contact", "arrive"]


@pytest.mark.parametrize("act", [("contact", {"reached": True}), ("arrive", {})])
def test_it_waits_for_no_call_once_somebody_was_reached(lin, gu, clock, act):
    kind, payload = act
    lin.does("acknowledge")
    lin.does(kind, **payload)
    tick(clock, 310)
    assert overdue(gu, lin) == []


def test_it_waits_for_no_call_to_somebody_without_a_telephone(lin, gu, cast, clock):
    cast.zhao_resident.phone = ""
    cast.zhao_resident.save()
    lin.does("acknowledge")
    tick(clock, 310)
    assert overdue(gu, lin) == []


def test_a_call_by_a_companion_counts_for_the_team(lin, gu, cast, clock):
    gu.assigns(lin, str(cast.lin.pk), instead_of=lin.assignment, companion=str(cast.mei.pk))
    lin.work()
    mei = Phone(cast, "mei")
    mei.work()
    lin.does("acknowledge")
    mei.does("contact", reached=True)
    tick(clock, 310)
    assert overdue(gu, lin) == []


def test_setting_out_does_not_hide_that_nobody_has_rung(lin, gu, clock):
    lin.does("acknowledge")
    tick(clock, 301)
    lin.does("depart")
    assert gu.case(lin)["attention"] == "overdue"
    lin.does("arrive")
    assert gu.case(lin)["attention"] == ""


def test_a_call_after_the_recall_is_kept_and_flagged(lin, gu):
    gu.recalls(lin)
    receipt = lin.does("contact", reached=True)
    assert (receipt["verdict"], [flag["code"] for flag in receipt["flags"]]) == ("flagged", ["after_recall"])


def test_it_keeps_when_the_resident_was_first_spoken_to(lin, gu, clock):
    lin.does("acknowledge")
    clock.shift(20)
    lin.does("contact", reached=True)
    clock.shift(20)
    lin.does("contact", reached=True)
    assert since_nine(lin.work()["assignments"][0]["contacted_at"]) == 20
    assert [event["data"] for event in gu.case(lin)["history"] if event["kind"] == "contacted"] == [
        {"part": "lead", "reached": True}, {"part": "lead", "reached": True},
    ]  # fmt: skip


def test_it_tells_the_desk_who_has_not_recorded(lin, gu, clock):
    lin.does("arrive")
    assert tick(clock, 1190) == 0
    lin.does("all_right")
    assert tick(clock, 110) == 0
    lin.does("all_right")
    assert tick(clock, 3500) == 2
    events = {event["kind"]: event["data"] for event in gu.case(lin)["history"]}
    assert (events["overdue"]["clock"], "safety" in events) == ("record", True)
    assert tick(clock, 5000) == 0


def test_it_never_takes_back_a_chiefs_choice(chosen, gu, clock):
    assert tick(clock, 120) == 1
    assert chosen.held() == ["assigned"]
    case = gu.case(chosen)
    assert (case["attention"], history(case)[-1]) == ("unanswered", "rung")
    assert gu.reads("board")["cases"][0]["attention"] == "unanswered"


def test_it_says_unanswered_even_when_the_watch_was_down_for_an_hour(chosen, gu, clock):
    tick(clock, 3600)
    assert gu.case(chosen)["attention"] == "unanswered"


@pytest.mark.parametrize("kind", ["acknowledge", "depart", "arrive"])
def test_it_takes_the_mark_off_when_the_chosen_person_answers_after_all(chosen, gu, clock, kind):
    tick(clock, 130)
    chosen.does(kind)
    assert gu.case(chosen)["attention"] == ""


def test_it_does_each_thing_once(chosen, gu, clock):
    tick(clock, 130)
    assert tick(clock, 0) == 0
    assert tick(clock, 5) == 0
    assert rungs(gu.case(chosen)) == ["push", "text", "chief"]


def test_it_tells_the_team_what_was_overdue(lin, clock):
    lin.does("depart")
    before = lin.work()["version"]
    tick(clock, 1300)
    assert lin.work()["version"] > before
