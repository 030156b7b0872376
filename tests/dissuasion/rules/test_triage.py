"""How urgent a case is: the recorded cases, each feature, and that more danger never weighs less."""

import copy
import dataclasses
import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dissuasion.rules import levels, scam_types, triage
from dissuasion.rules.levels import Risk
from dissuasion.rules.triage import FIRST_WEIGHTS, Features, faults, judge

DATA = Path(triage.__file__).parents[1] / "data" / "recorded_cases.json"
RECORDED = json.loads(DATA.read_text(encoding="utf-8"))["cases"]
MONEY = st.decimals(0, 10**9, places=2)
FEATURES = st.builds(
    Features,
    scam_type=st.sampled_from(list(scam_types.NAMES)),
    source_risk=st.sampled_from(["", "low", "medium", "high"]),
    instruction=st.sampled_from(["", "", "medium", "high", "urgent"]),
    official_channels=st.frozensets(st.sampled_from(["funds", "app", "bank"])),
    channels=st.frozensets(st.sampled_from(["funds", "app", "call", "sms", "web", "bank", "hotline"])),
    already_transferred=MONEY,
    amount_at_risk=MONEY,
    repeats=st.integers(0, 1000),
    division_code=st.sampled_from(["", "4116", "411681", "411681112", "411681112200"]),
    age=st.none() | st.integers(-1, 120),
    lives_alone=st.booleans(),
    earlier_victim=st.booleans(),
    denied_before=st.booleans(),
)


@st.composite
def weights_that_hold(draw):
    medium = draw(st.integers(1, 200))
    return FIRST_WEIGHTS | {
        "points": {code: draw(st.integers(0, 100)) for code in FIRST_WEIGHTS["points"]},
        "thresholds": {"medium": medium, "high": draw(st.integers(medium + 1, 400))},
        "hot_divisions": draw(st.lists(st.sampled_from(["4116", "411681112"]), max_size=2)),
        "floors": {code: draw(st.sampled_from(["", "medium", "high"])) for code in FIRST_WEIGHTS["floors"]},
        "fund_channels": draw(st.lists(st.sampled_from(["funds", "bank"]), unique=True)),
    }


def weighed(**changes):
    return copy.deepcopy(FIRST_WEIGHTS) | changes


NO_FLOORS = dict.fromkeys(FIRST_WEIGHTS["floors"], "")


def recorded_features(case):
    return Features(
        scam_type=case["scam_type"],
        source_risk=case["risk"],
        channels=frozenset({"funds"} if "资金" in case["upstream"] else {"app"}),
        already_transferred=Decimal(case["already_transferred"]),
        amount_at_risk=Decimal(case["at_risk"]),
        division_code=case["division_code"],
    )


@pytest.mark.parametrize("case", RECORDED, ids=lambda case: case["key"])
def test_it_sends_somebody_to_each_recorded_case(case):
    judgement = judge(recorded_features(case), FIRST_WEIGHTS)
    assert judgement.risk == Risk.HIGH
    assert {"source_high", "large_amount", "high_loss_type"} <= {reason["code"] for reason in judgement.reasons}
    assert sum(reason["points"] for reason in judgement.reasons) == judgement.points


def test_it_knows_four_recorded_cases():
    assert len(RECORDED) == 4


@pytest.mark.parametrize(
    ("features", "code", "points"),
    [
        ({"already_transferred": Decimal("0.01")}, "funds_moving", 40),
        ({"channels": frozenset({"funds"})}, "funds_moving", 40),
        ({"channels": frozenset({"bank", "call"})}, "funds_moving", 40),
        ({"source_risk": "high"}, "source_high", 30),
        ({"source_risk": "medium"}, "source_medium", 10),
        ({"amount_at_risk": Decimal(50_000)}, "large_amount", 25),
        ({"scam_type": "loan"}, "high_loss_type", 16),
        ({"repeats": 1}, "repeat", 10),
        ({"repeats": 2}, "repeat", 20),
        ({"repeats": 300}, "repeat", 30),
        ({"age": 65}, "aged", 8),
        ({"lives_alone": True}, "lives_alone", 6),
        ({"earlier_victim": True}, "earlier_victim", 10),
        ({"denied_before": True}, "denied_before", 14),
    ],
)
def test_it_counts_each_feature(features, code, points):
    judgement = judge(Features(**({"scam_type": "shopping"} | features)), weighed(floors=NO_FLOORS))
    assert [(reason["code"], reason["points"]) for reason in judgement.reasons] == [(code, points)]
    assert judgement.points == points


@pytest.mark.parametrize(
    "features",
    [
        {}, {"source_risk": "low"}, {"amount_at_risk": Decimal("49999.99")}, {"age": 64}, {"age": None},
        {"channels": frozenset({"app", "call", "sms", "web", "hotline"})}, {"scam_type": "other"},
    ],
)  # fmt: skip
def test_it_counts_nothing_else(features):
    assert judge(Features(**({"scam_type": "shopping"} | features)), FIRST_WEIGHTS).reasons == []


@pytest.mark.parametrize(
    ("hot", "code", "counts"),
    [
        (["411681"], "411681112200", True), (["411681112200"], "411681112200", True), (["4116"], "411624114", True),
        (["411624"], "411681112200", False), (["411681"], "", False), ([], "411681", False),
    ],
)  # fmt: skip
def test_it_knows_hot_ground_by_its_code(hot, code, counts):
    judgement = judge(Features("shopping", division_code=code), weighed(hot_divisions=hot))
    assert ("hot_area" in [reason["code"] for reason in judgement.reasons]) is counts


@pytest.mark.parametrize(
    ("points", "risk"), [(0, "low"), (24, "low"), (25, "medium"), (59, "medium"), (60, "high"), (100, "high")]
)
def test_it_has_thresholds(points, risk):
    weights = weighed(points=dict.fromkeys(FIRST_WEIGHTS["points"], 0) | {"lives_alone": points})
    assert judge(Features("shopping", lives_alone=True), weights).risk == risk


@given(FEATURES)
def test_it_explains_every_point_the_weightiest_first(features):
    judgement = judge(features, FIRST_WEIGHTS)
    points = [reason["points"] for reason in judgement.reasons]
    assert sum(points) == judgement.points
    counted = [number for number in points if number]
    assert points == [0] * (len(points) - len(counted)) + sorted(counted, reverse=True)  # what decides stands first
    assert json.dumps(judgement.reasons)
    assert judge(features, FIRST_WEIGHTS) == judgement


MORE_DANGER = {
    "source_risk": lambda f: {"": "medium", "low": "medium", "medium": "high"}.get(f.source_risk, "high"),
    "channels": lambda f: f.channels | {"funds"},
    "official_channels": lambda f: f.official_channels | {"funds"},
    "instruction": lambda f: {"": "medium", "medium": "high"}.get(f.instruction, "urgent"),
    "already_transferred": lambda f: f.already_transferred + 1,
    "amount_at_risk": lambda f: f.amount_at_risk + 10_000,
    "repeats": lambda f: f.repeats + 1,
    "age": lambda f: (f.age or 0) + 10,
    "lives_alone": lambda f: True,
    "earlier_victim": lambda f: True,
    "denied_before": lambda f: True,
}


@pytest.mark.parametrize("name", MORE_DANGER)
@given(features=FEATURES)
def test_it_never_gives_fewer_points_for_more_danger(name, features):
    worse = dataclasses.replace(features, **{name: MORE_DANGER[name](features)})
    before, after = judge(features, FIRST_WEIGHTS), judge(worse, FIRST_WEIGHTS)
    assert after.points >= before.points
    assert levels.ORDER[after.risk] >= levels.ORDER[before.risk]


@given(FEATURES, weights_that_hold())
def test_it_follows_any_weights_that_hold(features, weights):
    assert faults(weights) == []
    judgement = judge(features, weights)
    assert judgement.points == sum(reason["points"] for reason in judgement.reasons)
    plain = judge(dataclasses.replace(features, instruction=""), weights | {"floors": NO_FLOORS})
    assert (plain.risk == Risk.HIGH) is (judgement.points >= weights["thresholds"]["high"])
    assert levels.ORDER[judgement.risk] >= levels.ORDER[plain.risk]


FUNDS = frozenset({"funds"})


@pytest.mark.parametrize(
    ("features", "risk", "why"),
    [
        # 40 for money moving and 16 for the type are 56 of 60: medium by points alone.
        ({"scam_type": "virtual_currency", "channels": FUNDS, "official_channels": FUNDS,
          "already_transferred": Decimal(80_000)}, "high", ["fund_alert", "money_moved"]),
        ({"channels": FUNDS, "official_channels": FUNDS}, "high", ["fund_alert"]),
        ({"channels": FUNDS}, "medium", []),  # a company's guess
        ({"channels": frozenset({"bank"}), "official_channels": frozenset({"bank"})}, "medium", []),
        ({"already_transferred": Decimal("0.01")}, "high", ["money_moved"]),
        ({"amount_at_risk": Decimal(50_000)}, "high", ["large_amount_leaving"]),
        ({"amount_at_risk": Decimal("49999.99")}, "low", []),
        ({"source_risk": "high"}, "medium", []),
        ({"instruction": "medium"}, "medium", ["instructed_medium"]),
        ({"instruction": "high"}, "high", ["instructed_high"]),
        ({"instruction": "urgent"}, "high", ["instructed_urgent"]),
        ({"instruction": "medium", "already_transferred": Decimal(1)}, "high", ["instructed_medium", "money_moved"]),
    ],
)  # fmt: skip
def test_it_never_judges_below_a_floor_and_says_which(features, risk, why):
    judgement = judge(Features(**({"scam_type": "shopping"} | features)), FIRST_WEIGHTS)
    assert judgement.risk == risk
    assert [reason["code"] for reason in judgement.reasons if not reason["points"]] == why


def test_it_says_nothing_of_floors_that_points_reach():
    features = Features("investment", "high", official_channels=FUNDS, channels=FUNDS, amount_at_risk=Decimal(200_000))
    assert {reason["points"] > 0 for reason in judge(features, FIRST_WEIGHTS).reasons} == {True}


def test_a_source_that_says_high_is_a_call_at_least_when_its_points_are_few():
    weights = weighed(points=FIRST_WEIGHTS["points"] | {"source_high": 5})
    judgement = judge(Features("shopping", source_risk="high"), weights)
    assert (judgement.risk, judgement.reasons[0]["code"]) == ("medium", "source_says_high")


def test_floors_are_data_of_the_version():
    calm = weighed(floors=FIRST_WEIGHTS["floors"] | {"money_moved": ""})
    assert judge(Features("shopping", already_transferred=Decimal(1)), calm).risk == "medium"
    banks = weighed(fund_channels=["funds", "bank"])
    assert judge(Features("shopping", official_channels=frozenset({"bank"})), banks).risk == "high"


def test_a_version_from_before_the_floors_is_judged_with_the_first_ones():
    old = {key: value for key, value in FIRST_WEIGHTS.items() if key not in ("floors", "fund_channels")}
    assert judge(Features("shopping", official_channels=FUNDS), old).risk == "high"


@pytest.mark.parametrize(
    ("a", "b", "higher"),
    [("low", "low", "low"), ("low", "high", "high"), ("high", "low", "high"), ("medium", "low", "medium")],
)
def test_it_takes_the_higher_of_two_levels(a, b, higher):
    assert levels.higher(a, b) == higher


def test_it_has_a_way_for_every_level():
    assert levels.WAY_OF == {"low": "message", "medium": "hotline", "high": "visit"}


def test_it_has_no_faults_at_first():
    assert faults(FIRST_WEIGHTS) == []
    assert set(FIRST_WEIGHTS["high_loss_types"]) <= set(scam_types.NAMES)


@pytest.mark.parametrize("weights", [None, [], "60", {}, {"points": {}}, {**FIRST_WEIGHTS, "more": 1}])
def test_it_needs_exactly_the_known_keys(weights):
    assert faults(weights) == ["keys"]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"points": None}, "points: keys"),
        ({"points": {"repeat": 1}}, "points: keys"),
        ({"points": FIRST_WEIGHTS["points"] | {"more": 1}}, "points: keys"),
        ({"points": FIRST_WEIGHTS["points"] | {"aged": 101}}, "points: numbers from 0 to 100"),
        ({"points": FIRST_WEIGHTS["points"] | {"aged": -1}}, "points: numbers from 0 to 100"),
        ({"points": FIRST_WEIGHTS["points"] | {"aged": True}}, "points: numbers from 0 to 100"),
        ({"points": FIRST_WEIGHTS["points"] | {"aged": 1.5}}, "points: numbers from 0 to 100"),
        ({"points": FIRST_WEIGHTS["points"] | {"aged": "8"}}, "points: numbers from 0 to 100"),
        ({"thresholds": None}, "thresholds: keys"),
        ({"thresholds": {"high": 60}}, "thresholds: keys"),
        ({"thresholds": {"medium": 60, "high": 60}}, "thresholds: order"),
        ({"thresholds": {"medium": 0, "high": 60}}, "thresholds: order"),
        ({"thresholds": {"medium": "25", "high": 60}}, "thresholds: order"),
        ({"large_amount_yuan": -1}, "large_amount_yuan"),
        ({"aged_years": None}, "aged_years"),
        ({"repeats_counted": 2.5}, "repeats_counted"),
        ({"high_loss_types": "loan"}, "high_loss_types"),
        ({"high_loss_types": [1]}, "high_loss_types"),
        ({"hot_divisions": [""]}, "hot_divisions"),
        ({"hot_divisions": None}, "hot_divisions"),
        ({"fund_channels": "funds"}, "fund_channels"),
        ({"floors": {}}, "floors: keys"),
        ({"floors": None}, "floors: keys"),
        ({"floors": FIRST_WEIGHTS["floors"] | {"money_moved": "low"}}, "floors: levels"),
    ],
)
def test_it_names_a_fault_of_the_weights(change, fault):
    assert faults(weighed(**change)) == [fault]


def test_it_names_every_fault():
    broken = weighed(points={}, thresholds={"medium": 2, "high": 1}, aged_years="x", hot_divisions={})
    assert faults(broken) == ["points: keys", "thresholds: order", "aged_years", "hot_divisions"]
