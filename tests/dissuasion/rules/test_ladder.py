"""The ladder as a pure table: what is frozen for whom, which rung is next, what an admin may not write."""

import pytest

from dissuasion.rules.deadlines import FIRST_POLICY
from dissuasion.rules.ladder import (
    FIRST_LADDER,
    MAX_S,
    REACH,
    RISKS,
    RUNG_KINDS,
    delayed,
    faults,
    freeze,
    ladder_of_new_lead,
    next_rung,
    too_early,
)

HIGH = FIRST_LADDER["high"]


def climbed(rungs):
    return [(rung["do"], rung["after"]) for rung in rungs]


def frozen(high=HIGH, *, leads=True, by_desk=False):
    return freeze(FIRST_LADDER | {"high": high}, risk="high", leads=leads, by_desk=by_desk)


def test_whoever_leads_has_the_whole_ladder_in_the_order_of_time():
    backwards = dict(reversed(HIGH.items()))
    assert climbed(frozen(backwards)) == list(HIGH.items())


def test_within_one_second_the_order_is_that_of_the_rungs():
    rungs = dict.fromkeys(reversed(RUNG_KINDS), 60)
    assert [do for do, _after in climbed(frozen(rungs))] == list(RUNG_KINDS)


@pytest.mark.parametrize("by_desk", [True, False])
def test_whoever_goes_along_or_is_asked_second_has_only_ways_to_be_reached(by_desk):
    assert climbed(frozen(leads=False, by_desk=by_desk)) == [("push", 15), ("text", 30)]
    assert freeze(FIRST_LADDER, risk="low", leads=False, by_desk=by_desk) == [{"do": "push", "after": 15}]


def test_whom_a_desk_chose_nobody_takes_the_case_from():
    assert climbed(frozen(by_desk=True)) == [("push", 15), ("text", 30), ("chief", 120), ("county", 180)]
    without_chief = {"text": 30, "second": 60, "next": 300}
    assert climbed(frozen(without_chief, by_desk=True)) == [("text", 30), ("chief", 300)]


@pytest.mark.parametrize("risk", RISKS)
@pytest.mark.parametrize("by_desk", [True, False])
def test_every_lead_has_somebody_else_at_the_end(risk, by_desk):
    last = freeze(FIRST_LADDER, risk=risk, leads=True, by_desk=by_desk)[-1]["do"]
    assert last in (("chief", "county") if by_desk else ("next",))


def test_freezing_leaves_the_policy_as_it_was():
    before = dict(HIGH)
    delayed(frozen(by_desk=True), "chief", seconds=9)
    assert before == HIGH


@pytest.mark.parametrize(
    ("taken", "shown", "place"),
    [(0, False, 0), (1, False, 1), (5, False, 5), (6, False, None), (0, True, 2), (2, True, 2), (6, True, None)],
)
def test_the_next_rung_skips_other_ways_once_the_phone_has_shown_it(taken, shown, place):
    assert next_rung(frozen(), taken, shown=shown) == place


def test_a_ladder_of_ways_only_ends_when_it_is_shown():
    assert next_rung(frozen(leads=False), 0, shown=True) is None
    assert next_rung([], 0, shown=False) is None


def test_one_step_is_put_off_and_the_others_stay():
    assert climbed(delayed(frozen(), "next", seconds=45)) == [*list(HIGH.items())[:-1], ("next", 345)]
    assert delayed(frozen(), "voice", seconds=45) == frozen()


def test_whoever_leads_from_now_on_climbs_from_now_on_and_keeps_their_own_ways():
    climb = [("second", 120), ("chief", 180), ("county", 240), ("next", 360)]
    assert climbed(ladder_of_new_lead([], frozen(), seconds=60)) == climb
    assert climbed(ladder_of_new_lead(frozen(leads=False)[1:], frozen(), seconds=60)) == [
        *list(HIGH.items())[1:2],
        *climb,
    ]


FAULTS = [
    (None, ["risks"]),
    ({}, ["risks"]),
    ({"high": HIGH}, ["risks"]),
    ({"high": {}}, ["high: empty"]),
    ({"high": {}, "low": {}}, ["low: empty", "high: empty"]),
    ({"high": []}, ["high: rungs"]),
    ({"high": HIGH | {"pigeon": 5}}, ["high: rungs"]),
    *[({"low": {"push": wrong, "next": 9}}, ["low: seconds"]) for wrong in (0, -1, True, "5", 1.5, None, MAX_S + 1)],
    ({"low": {"push": 15}}, ["low: no_end"]),
    ({"high": {"push": 15, "text": 30}}, ["high: no_end", "high: alone"]),
    ({"high": HIGH | {"county": 300}}, ["high: unreachable county"]),
    ({"high": HIGH | {"next": 100}}, ["high: unreachable chief", "high: unreachable county"]),
    ({"low": {"push": MAX_S, "next": MAX_S}}, ["low: unreachable push"]),
    ({"high": {"push": 15, "next": 300}}, ["high: alone"]),
    ({"high": {"county": 60, "next": 300}}, ["high: alone"]),
    ({"high": HIGH | {"chief": 59}}, ["high: order chief"]),
    ({"high": HIGH | {"county": 119}}, ["high: order county"]),
    ({"low": {"second": 60, "county": 59, "next": 300}}, ["low: order county"]),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "found"), FAULTS)
def test_it_names_what_is_wrong(changes, found):
    policy = FIRST_LADDER | changes if changes and found != ["risks"] else changes
    assert faults(policy) == found


ALLOWED = [
    {},
    {"high": {"chief": 60, "next": 300}},
    {"high": {"second": 60, "next": 300}},
    {"high": {"second": 60, "chief": 60, "text": 60, "next": 61}},
    {"high": {"second": 10, "chief": 20, "voice": 200, "next": 300}},  # another way may come after everybody else
    {"low": {"next": MAX_S}},
]


@pytest.mark.parametrize("changes", ALLOWED)
def test_it_takes_what_can_be_climbed(changes):
    assert faults(FIRST_LADDER | changes) == []


def test_nobody_is_let_go_before_their_time_to_answer_is_over():
    assert too_early(FIRST_LADDER, FIRST_POLICY) == []
    early = FIRST_LADDER | {"high": HIGH | {"next": 119}, "medium": {"next": 3599}}
    assert too_early(early, FIRST_POLICY) == ["medium", "high"]


def test_every_step_is_of_one_kind():
    assert {do for rungs in FIRST_LADDER.values() for do in rungs} <= set(RUNG_KINDS)
    assert len(set(RUNG_KINDS)) == len(RUNG_KINDS)
    assert set(REACH) < set(RUNG_KINDS)
