"""A day of the pretend city has the published shares, judged by the rules in force: 260 of 19,000 met face to face."""

import json
import random
from collections import Counter, defaultdict
from decimal import Decimal
from pathlib import Path

import pytest
from django.utils import timezone

from dissuasion.demo.city import alerts
from dissuasion.demo.city.alerts import HIGH_PER_DAY, PER_DAY, AlertDeck, Home, synthetic_alert
from dissuasion.demo.crew.profile import random_for
from dissuasion.demo.seeding.teams import CITY_HOUSEHOLDS
from dissuasion.rules import triage
from dissuasion.rules.levels import ORDER, Risk
from tests.bench import intake
from tests.faults import plan

VOLUMES = json.loads((Path(alerts.__file__).parents[2] / "data" / "volumes.json").read_text(encoding="utf-8"))[
    "zhoukou"
]
DAYS_TO_AUTUMN = 300


def day(seed: str) -> list[dict]:
    homes = [Home(f"1{n:010d}", "范集镇", "411681112200") for n in range(CITY_HOUSEHOLDS)]
    deck = AlertDeck(homes, random_for(seed))
    return [synthetic_alert(deck, number=n, run="r", now=timezone.now())[0] for n in range(PER_DAY)]


def level_of(rows: list[dict], resident: dict) -> Risk:
    """Return how the rules judge what came about one resident."""
    channels = frozenset(row["channel"] for row in rows)
    features = triage.Features(
        rows[-1]["scam_type"], max((row.get("risk", "low") for row in rows), key=lambda risk: ORDER[Risk(risk)]),
        channels=channels, official_channels=channels, repeats=len(rows) - 1,
        amount_at_risk=max(Decimal(row.get("amount_at_risk", "0")) for row in rows), **resident,
    )  # fmt: skip
    return triage.judge(features, triage.FIRST_WEIGHTS).risk


@pytest.fixture(scope="module")
def levels() -> Counter:
    """How many alerts of a day belong to people at each level, at the day's end."""
    lot, by_home = random.Random("people"), defaultdict(list)
    for row in day("day"):
        by_home[row["resident"]["phone"]].append(row)
    found: Counter = Counter()
    for rows in by_home.values():
        resident = {
            "age": lot.randrange(18, 92),
            "lives_alone": lot.random() < 0.1,
            "earlier_victim": lot.random() < 0.03,
        }
        found[level_of(rows, resident)] += len(rows)
    return found


def test_the_published_figures_are_these():
    year = VOLUMES["year_2023_to_autumn"]
    assert (PER_DAY, year["warnings_of_people_at_high_risk"] // DAYS_TO_AUTUMN) == (
        VOLUMES["alerts_per_day"],
        HIGH_PER_DAY,
    )
    assert (year["intercepted"], year["face_to_face_rate"]) == (21_000, 1.0)


def test_a_day_has_some_260_people_to_meet_face_to_face(levels):
    assert sum(levels.values()) == PER_DAY
    assert levels[Risk.HIGH] == pytest.approx(HIGH_PER_DAY, rel=0.25)
    assert 0.08 < levels[Risk.MEDIUM] / PER_DAY < 0.2


def test_no_alert_is_sent_twice_under_one_name():
    bodies = day("names")
    assert len({body["external_id"] for body in bodies}) == len(bodies)


def test_the_bench_and_the_faults_have_the_same_share():
    assert pytest.approx(HIGH_PER_DAY, rel=0.05) == PER_DAY / intake.HIGH_EVERY
    load = plan.long(alerts=20_000, faults=24, seconds=600).load
    batches = load.in_batches // load.batch_rows
    high = load.singles + batches * -(-load.batch_rows // load.high_every)
    assert high / load.alerts == pytest.approx(HIGH_PER_DAY / PER_DAY, rel=0.2)
