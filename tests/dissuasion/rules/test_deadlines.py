"""Deadlines: frozen from the policy at the moment of the assignment; what is wrong with a policy."""

import copy
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dissuasion.rules import deadlines
from dissuasion.rules.deadlines import FIRST_POLICY, RISKS, faults, freeze

NOON = dt.datetime(2026, 7, 9, 12, tzinfo=dt.UTC)
CLOCKS = st.lists(st.integers(1, 30 * 86400), min_size=3, max_size=3).map(sorted)


def changed(risk, **seconds):
    policy = copy.deepcopy(FIRST_POLICY)
    policy[risk].update(seconds)
    return policy


def test_it_freezes_the_first_policy_for_high_risk():
    frozen = freeze(FIRST_POLICY, risk="high", at=NOON)
    minutes = [(moment - NOON).total_seconds() / 60 for moment in frozen.to_dict().values()]
    assert minutes == [2, 5, 20, 80]  # acknowledge, contact, arrive; the record an hour after the arrival
    assert list(frozen.to_dict()) == ["acknowledge_by", "contact_by", "arrive_by", "record_by"]


def test_it_is_not_moved_by_a_later_policy():
    policy = copy.deepcopy(FIRST_POLICY)
    frozen = freeze(policy, risk="high", at=NOON)
    policy["high"]["acknowledge"] = 1
    assert frozen.acknowledge_by == NOON + dt.timedelta(seconds=120)


@given(CLOCKS, st.integers(1, 30 * 86400), st.sampled_from(RISKS))
def test_it_keeps_the_steps_in_order_under_any_policy_that_holds(clock, record, risk):
    acknowledge, contact, arrive = clock
    policy = changed(risk, acknowledge=acknowledge, contact=contact, arrive=arrive, record=record)
    assert faults(policy) == []
    frozen = freeze(policy, risk=risk, at=NOON)
    assert NOON < frozen.acknowledge_by <= frozen.contact_by <= frozen.arrive_by < frozen.record_by


@pytest.mark.parametrize("risk", RISKS)
def test_it_gives_less_time_to_the_more_urgent(risk):
    by_risk = {r: freeze(FIRST_POLICY, risk=r, at=NOON) for r in RISKS}
    less_urgent = RISKS[: RISKS.index(risk)]
    assert all(by_risk[risk].arrive_by < by_risk[other].arrive_by for other in less_urgent)


def test_it_has_no_faults_at_first():
    assert faults(FIRST_POLICY) == []


@pytest.mark.parametrize("policy", [None, [], "high", {}, {"high": FIRST_POLICY["high"]}, FIRST_POLICY | {"extra": {}}])
def test_it_needs_exactly_the_three_risks(policy):
    assert faults(policy) == ["risks"]


@pytest.mark.parametrize("clock", [None, [], {}, {"acknowledge": 1}, {**FIRST_POLICY["low"], "more": 1}])
def test_it_needs_exactly_the_four_steps(clock):
    assert faults({**FIRST_POLICY, "low": clock}) == ["low: steps"]


@pytest.mark.parametrize("seconds", [0, -1, True, 1.5, "120", None, 30 * 86400 + 1])
def test_it_needs_whole_seconds_within_a_month(seconds):
    assert faults(changed("medium", record=seconds)) == ["medium: seconds"]


@pytest.mark.parametrize("seconds", [{"acknowledge": 301}, {"contact": 1201}, {"contact": 119}])
def test_it_needs_the_steps_in_order(seconds):
    assert faults(changed("high", **seconds)) == ["high: order"]


def test_it_names_every_fault():
    policy = {"low": None, "medium": changed("medium", record=0)["medium"], "high": changed("high", contact=1)["high"]}
    assert faults(policy) == ["low: steps", "medium: seconds", "high: order"]


def test_it_knows_every_step_that_is_frozen():
    assert set(deadlines.Clock.__annotations__) == {"acknowledge", "contact", "arrive", "record"}
