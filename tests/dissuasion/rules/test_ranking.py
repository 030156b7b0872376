"""Who should go and why them: every reason, its minutes, and the order."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.roles import Role
from dissuasion.rules import ranking, words
from dissuasion.rules.ranking import Candidate, Facts, may_go, rank, rate

NOW = dt.datetime(2026, 7, 9, 12, tzinfo=dt.UTC)
DOOR = (33.4660, 114.8750)
ONE_KM_NORTH = (DOOR[0] + 0.009, DOOR[1])


def minutes_ago(n):
    return NOW - dt.timedelta(minutes=n)


def facts(**changes):
    known = {
        "person": "Lin", "role": Role.OFFICER, "unit_name": "范集派出所", "own_station": True, "on_duty": True,
        "position": DOOR, "position_at": NOW, "seen_at": NOW,
    }  # fmt: skip
    return Facts(**(known | changes))


def rated(dialect="", place=DOOR, **changes):
    return rate(facts(**changes), place=place, dialect=dialect, now=NOW)


def codes(candidate):
    return [reason["code"] for reason in candidate.reasons]


@pytest.mark.parametrize("role", list(Role))
def test_it_sends_only_police_officers_to_high_risk(role):
    expected = "" if role in {Role.OFFICER, Role.COMMUNITY_OFFICER} else "may_not_lead"
    assert may_go(facts(role=role), "high") == expected


@pytest.mark.parametrize("role", list(Role))
def test_it_sends_the_whole_team_to_the_others(role):
    team = {Role.OFFICER, Role.COMMUNITY_OFFICER, Role.CADRE, Role.GRID_MEMBER, Role.POLICE_ASSISTANT}
    assert may_go(facts(role=role), "medium") == ("" if role in team else "may_not_lead")


@pytest.mark.parametrize(
    ("changes", "why_not"),
    [({"on_duty": False}, "off_duty"), ({"before": "declined"}, "declined"), ({"before": "lapsed"}, "")],
)
def test_it_says_why_somebody_can_not_go(changes, why_not):
    assert may_go(facts(**changes), "high") == why_not


@pytest.mark.parametrize(
    ("changes", "code", "minutes"),
    [
        ({"covers": "household"}, "covers_household", -8),
        ({"covers": "area"}, "covers_area", -7),
        ({"covers": "village"}, "covers_village", -6),
        ({"covers": "township"}, "covers_township", -3),
        ({"own_station": False}, "other_station", 15),
        ({"position": None}, "position_unknown", 12),
        ({"position_at": None}, "position_unknown", 12),
        ({"position_at": minutes_ago(11)}, "position_stale", 4),
        ({"open_cases": 1}, "load", 8),
        ({"open_cases": 2, "high_cases": 1}, "on_high", 16 + 25),
        ({"dialect": "周口话", "dialects": ("周口话",)}, "speaks_dialect", -2),
        ({"seen_at": minutes_ago(16)}, "silent", 20),
        ({"before": "lapsed"}, "asked_before", 60),
    ],
)
def test_it_counts_the_minutes_of_each_reason(changes, code, minutes):
    candidate = rated(**changes)
    assert candidate.minutes - rated().minutes == pytest.approx(minutes)
    assert code in codes(candidate)
    assert code not in codes(rated())


def test_it_counts_the_way():
    assert rated(place=ONE_KM_NORTH).minutes == pytest.approx(2.0, abs=0.01)
    near = next(reason for reason in rated(place=ONE_KM_NORTH).reasons if reason["code"] == "near")
    assert near["params"] == {"km": "1.0", "bearing": "S", "seconds": 0}


def test_it_does_not_call_covered_ground_another_stations():
    helper = rated(own_station=False, covers="township")
    assert "other_station" in codes(helper)
    assert helper.minutes == -3


def test_it_takes_an_unknown_way_for_a_case_without_a_point():
    assert rated(place=None).minutes == 12
    assert "near" not in codes(rated(place=None))


@pytest.mark.parametrize(("at", "stale"), [(10, False), (11, True)])
def test_it_knows_a_fresh_position(at, stale):
    assert ("position_stale" in codes(rated(position_at=minutes_ago(at)))) is stale


def test_it_shrugs_at_a_clock_that_runs_ahead():
    near = next(r for r in rated(position_at=NOW + dt.timedelta(minutes=3)).reasons if r["code"] == "near")
    assert near["params"]["seconds"] == 0


def test_it_has_words_for_every_reason():
    everything = rated(
        covers="village", own_station=False, position_at=minutes_ago(30), open_cases=2, high_cases=1,
        dialect="周口话", dialects=("周口话",), seen_at=minutes_ago(30), before="lapsed",
    )  # fmt: skip
    others = [code for covers in ranking.COVERS for code in codes(rated(covers=covers, position=None))]
    assert {*codes(everything), *others, "off_duty", "declined", "may_not_lead"} <= {*words.SENTENCES, *words.COUNTED}


def test_it_puts_the_first_at_the_door_in_front():
    far, near, busy = rated(person="far", position=(34.0, 115.0)), rated(person="near"), rated(person="b", open_cases=3)
    assert [candidate.person for candidate in rank([far, busy, near])] == ["near", "b", "far"]


@given(st.permutations([Candidate(name, minutes) for name, minutes in zip("abcdef", (1, 1, 1, 2, 2, 0), strict=True)]))
def test_it_keeps_a_steady_order_of_ties(candidates):
    assert "".join(candidate.person for candidate in rank(candidates)) == "fabcde"


@given(st.floats(0, 0.5), st.floats(0, 0.5))
def test_it_never_prefers_the_farther_of_two_alike(a, b):
    near, far = sorted((a, b))
    assert rated(position=(DOOR[0] + near, DOOR[1])).minutes <= rated(position=(DOOR[0] + far, DOOR[1])).minutes
