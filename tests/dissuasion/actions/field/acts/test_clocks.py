"""Two clocks and any order: what comes late, early or out of order is kept, and says so."""

import datetime as dt

import pytest
from django.utils import timezone

from tests.dissuasion.actions.field.phone import codes, history, since_nine


def ago(seconds: float) -> str:
    return (timezone.now() - dt.timedelta(seconds=seconds)).isoformat()


def test_it_skips_steps_forward(lin, gu):
    assert lin.does("arrive")["verdict"] == "applied"
    assert lin.held() == ["on_scene"]
    assert history(gu.case(lin))[-1] == "arrived"


def test_it_clears_straight_from_assigned(lin):
    assert lin.records()["verdict"] == "applied"
    assert lin.held() == []


def test_it_keeps_an_earlier_step_that_comes_after_a_later_one(lin, gu):
    lin.does("arrive")
    receipt = lin.does("depart")
    assert (receipt["verdict"], codes(receipt)) == ("flagged", ["out_of_order"])
    assert lin.held() == ["on_scene"]
    assert gu.case(lin)["attention"] == ""


def test_it_keeps_a_second_acknowledgement_and_flags_it(lin, gu):
    lin.does("acknowledge")
    assert codes(lin.does("acknowledge")) == ["out_of_order"]
    assert history(gu.case(lin)).count("acknowledged") == 1


def test_it_keeps_a_second_check_in_beside_the_first(lin, gu, clock):
    lin.does("arrive", manual_reason="no satellites")
    clock.shift(60)
    assert codes(lin.does("arrive")) == ["out_of_order"]
    assert [row["manual_reason"] for row in gu.case(lin)["check_ins"]] == ["no satellites", ""]


def test_it_flags_what_arrives_more_than_five_minutes_late(lin, clock):
    clock.shift(3600)
    receipt = lin.does("acknowledge", sent={"happened_at": ago(3500)})
    assert (receipt["verdict"], codes(receipt)) == ("flagged", ["late"])
    assert since_nine(lin.work()["assignments"][0]["acknowledged_at"]) == 100


def test_it_does_not_call_five_minutes_late(lin, clock):
    clock.shift(3600)
    assert lin.does("acknowledge", sent={"happened_at": ago(300)})["flags"] == []


def test_it_puts_the_phones_clock_right_by_its_offset(lin):
    sent = {"happened_at": ago(600), "clock_offset_ms": 600_000 - 5_000}
    assert codes(lin.does("acknowledge", sent=sent)) == ["clock_off"]
    assert since_nine(lin.work()["assignments"][0]["acknowledged_at"]) == -5


def test_it_leaves_a_small_offset_alone(lin):
    assert lin.does("depart", sent={"happened_at": ago(60), "clock_offset_ms": 60_000})["flags"] == []


def test_it_takes_the_servers_time_for_what_happens_in_the_future(lin):
    assert codes(lin.does("acknowledge", sent={"happened_at": ago(-3600)})) == ["clock_ahead"]
    assert since_nine(lin.work()["assignments"][0]["acknowledged_at"]) == 0


def test_it_takes_the_servers_time_for_a_clock_slightly_ahead_without_a_word(lin):
    assert lin.does("acknowledge", sent={"happened_at": ago(-20)})["flags"] == []
    assert since_nine(lin.work()["assignments"][0]["acknowledged_at"]) == 0


EDGES = [
    ("1970-01-01T00:00:00Z", 0, ["late"]),
    ("1970-01-01T00:00:00Z", 50 * 365 * 86_400_000, ["clock_off", "late"]),
    ("0001-01-01T00:00:00Z", -1000, ["late"]),
    ("0001-01-01T00:00:00Z", 0, ["late"]),
    ("9999-12-31T23:59:59Z", 1000, ["clock_ahead"]),
    ("9999-12-31T23:59:59Z", 50 * 365 * 86_400_000, ["clock_off", "clock_ahead"]),
]


@pytest.mark.parametrize(("happened_at", "offset", "flags"), EDGES)
def test_it_survives_any_clock(lin, happened_at, offset, flags):
    receipt = lin.does("arrive", sent={"happened_at": happened_at, "clock_offset_ms": offset})
    assert (receipt["verdict"], codes(receipt)) == ("flagged", flags)
    assert lin.held() == ["on_scene"]


def test_it_survives_an_old_position_of_an_old_clock(lin):
    place = {"lat": 33.4, "lon": 114.8, "accuracy_m": 9, "age_s": 31_000_000}
    assert lin.does("depart", sent={"happened_at": "0001-01-01T00:00:00Z"}, position=place)["verdict"] == "flagged"


def test_it_does_not_trouble_the_desk_with_lateness(lin, gu, clock):
    clock.shift(3600)
    lin.does("depart", sent={"happened_at": ago(3000)})
    case = gu.case(lin)
    assert (case["attention"], "flagged" in history(case)) == ("", False)
