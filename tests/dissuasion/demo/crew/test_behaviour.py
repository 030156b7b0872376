"""What pretend people do is plain data: the same seed tells the same story, and the recorded ones tell their own."""

import json
from collections import Counter
from pathlib import Path

import pytest
from django.utils import timezone

from dissuasion.demo.city.alerts import recorded_alert
from dissuasion.demo.crew.errand import visit
from dissuasion.demo.crew.pace import Pace
from dissuasion.demo.crew.plan import Record, plan
from dissuasion.demo.crew.profile import STEADY, Profile
from dissuasion.demo.crew.stories import STAGES, plan_for_story, story_of
from dissuasion.demo.seeding.recorded import recorded_cases
from tests.cast import HOME

SCRIPTS = Path("dissuasion/data/scripts")
CASES = recorded_cases()
NOBODY_THERE = {"phone": "1", "id_number": "2", "division_code": "3"}


def assignment(number: int = 1, **case) -> dict:
    known = {"id": f"c-{number}", "amount_at_risk": "200000", "already_transferred": "10000", "scam_type": "loan"}
    return {"id": f"a-{number}", "case": known | case, "place": {"lat": HOME[0], "lon": HOME[1]}}


def script(scam_type: str, audience: str = "resident") -> dict:
    return json.loads((SCRIPTS / f"{scam_type}.{audience}.zh-hans.json").read_text()) | {"sha256": "f" * 64}


def test_the_same_seed_makes_the_same_plan():
    plans = [plan(STEADY, assignment(), start=HOME, seed="s") for _ in range(2)]
    assert plans[0] == plans[1]
    assert plan(STEADY, assignment(), start=HOME, seed="other") != plans[0]


def test_shares_come_out_as_the_profile_says():
    profile = Profile("half", declines=0.3, ignores=0.2)
    answers = Counter(plan(profile, assignment(n), start=HOME, seed="s").answer for n in range(600))
    assert 140 < answers["decline"] < 220
    assert 80 < answers["ignore"] < 160


def test_the_check_in_is_near_the_door():
    fixes = [plan(STEADY, assignment(n), start=HOME, seed="s").position for n in range(200)]
    assert 0 < sum(fix is None for fix in fixes) < 20
    assert all(abs(fix["lat"] - HOME[0]) < 0.0002 for fix in fixes if fix)


def test_who_was_not_met_has_no_steps_and_who_was_kept_from_paying_has_amounts():
    missed = visit(Record("not_met", tried=("knocked",)), script("loan"), minutes=5)
    assert (missed["met"], "script" in missed) == (False, False)
    saved = visit(Record(amounts=(("protected", "bank", 5000),)), script("loan"), minutes=5)
    assert saved["amounts"] == [{"meaning": "protected", "evidence": "bank", "kind": "money", "quantity": "5000"}]
    assert saved["script"] == "f" * 64


@pytest.mark.parametrize("case", CASES, ids=[case["key"] for case in CASES])
def test_a_recorded_case_ends_as_it_was_reported(case):
    story = story_of(case)
    last = plan_for_story(plan(STEADY, assignment(), start=HOME, seed="s"), story, 9)
    assert last.answer == "acknowledge"
    assert last.record.disposition == case["outcome"]
    assert ("protected", last.record.amounts[0][1], case["saved"]) == last.record.amounts[0]
    assert story.stages[-1].evidence in ("bank", "seen")


@pytest.mark.parametrize("case", CASES, ids=[case["key"] for case in CASES])
def test_its_objections_are_answered_by_the_script(case):
    for stage in STAGES[case["key"]]:
        words = script(case["scam_type"], stage.audience)
        payload = visit(Record(stage.disposition, stage.audience, stage.objections), words, minutes=stage.talk_min)
        met = {step["objection"] for step in payload["steps"] if "objection" in step}
        assert met == set(stage.objections)
        assert sum(step["seconds"] for step in payload["steps"]) == pytest.approx(stage.talk_min * 60, abs=8)


def test_yutian_denies_first_and_is_persuaded_with_the_family():
    first, second = STAGES["yutian-police"]
    assert (first.disposition, second.disposition, second.audience) == ("refused", "dissuaded", "family")
    assert {"buying_house_for_child", "police_said_keep_secret"} <= set(first.objections)
    assert first.talk_min + second.talk_min > 30
    assert STAGES["shenqiu-loan"][1].talk_min > 60


def test_a_recorded_alert_is_sent_as_now_and_says_when_it_was():
    case, now = CASES[3], timezone.now()
    body = recorded_alert(case, NOBODY_THERE, run="r", now=now)
    assert body["occurred_at"] < now.isoformat()
    assert "2023-04-25 17:48" in body["note"]
    assert (body["channel"], body["amount_at_risk"]) == ("funds", "900000")


def test_a_high_risk_instruction_is_sent_as_one():
    bodies = [recorded_alert(case, NOBODY_THERE, run="r", now=timezone.now()) for case in CASES]
    told = {case["key"] for case in CASES if case["upstream"] == "高危预警指令"}
    assert {body["external_id"][:-2] for body in bodies if body.get("instruction") == "high"} == told != set()


def test_pace_makes_the_road_short_and_leaves_hands_alone():
    assert Pace().story_seconds(10) == 5.0
    assert Pace().hand_seconds(2) == 2.0
    assert Pace(speed=4).story_seconds(10) == 1.25
