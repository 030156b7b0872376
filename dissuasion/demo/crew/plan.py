"""Plans what a person will do with one assignment: drawn once from their profile, repeatable by its seed. Pure."""

import math
import random
from dataclasses import dataclass
from typing import Any

from config.lib.geo import rough_distance_m
from dissuasion.demo.crew.profile import Point, Profile, random_for

METRES_PER_DEGREE = 111_200
# Results of visits, in percent; the published share of losses after a warning is 3.8 %.
RESULTS = {
    "dissuaded": 80, "wavering": 5, "no_fraud": 4, "refused": 4, "money_gone": 2, "not_met": 4, "wrong_address": 1,
}  # fmt: skip
NOT_MET = ("not_met", "wrong_address")
DECLINES = ("on_another_case", "too_far", "knows_the_person", "unwell")
REACHED = 0.4
# How well the saved amount is proven.
EVIDENCE = {"bank": 30, "seen": 50, "said": 20}


@dataclass(frozen=True)
class Record:
    """What will be recorded of a visit; amounts are (meaning, evidence, yuan)."""

    disposition: str = "dissuaded"
    audience: str = "resident"
    objections: tuple[str, ...] = ()
    amounts: tuple[tuple[str, str, int], ...] = ()
    tried: tuple[str, ...] = ()
    note: str = ""

    @property
    def met(self) -> bool:
        """Whether the resident was met face to face."""
        return self.disposition not in NOT_MET


@dataclass(frozen=True)
class Plan:
    """What somebody will do with one assignment; `answer` is acknowledge, decline or ignore."""

    answer: str
    decline_reason: str
    receipt_s: float
    acknowledge_s: float
    turnout_min: float
    travel_min: float
    talk_min: float
    record_s: float
    position: dict[str, float] | None
    record: Record
    # Said on the way, such as what came of a telephone call.
    note: str = ""
    # Whether the phone paints the card at all, and whether they go on when the assignment has left.
    shown: bool = True
    goes_on: bool = False
    # Whether the resident answers the telephone: the fraudster keeps the line busy more often than not.
    reached: bool = False


def plan(profile: Profile, assignment: dict[str, Any], *, start: Point, seed: str) -> Plan:
    """Return what a person of this profile, now at `start`, does with an assignment of the worklist document."""
    rng = random_for(seed, profile.name, assignment["id"])
    answer = _answer(profile, rng.random())
    place = _place(assignment) or start
    kilometres = rough_distance_m(start, place) / 1000
    return Plan(
        answer=answer,
        decline_reason=rng.choice(DECLINES),
        receipt_s=rng.uniform(*profile.receipt_s),
        acknowledge_s=rng.uniform(*profile.acknowledge_s),
        turnout_min=rng.uniform(*profile.turnout_min),
        travel_min=min(profile.longest_travel_min, 1 + kilometres / profile.kmh * 60),
        talk_min=rng.uniform(*profile.talk_min),
        record_s=rng.uniform(*profile.record_s),
        position=_position(profile, place, rng),
        record=_record(assignment, rng),
        shown=rng.random() >= profile.unshown,
        goes_on=rng.random() < profile.goes_on,
        reached=rng.random() < REACHED,
    )  # fmt: skip


def _answer(profile: Profile, drawn: float) -> str:
    """Return what a number between 0 and 1 means for this profile."""
    if drawn < profile.declines:
        return "decline"
    if drawn < profile.declines + profile.ignores:
        return "ignore"
    return "acknowledge"


def _place(assignment: dict[str, Any]) -> Point | None:
    lat, lon = assignment["place"]["lat"], assignment["place"]["lon"]
    return None if lat is None or lon is None else (float(lat), float(lon))


def _position(profile: Profile, place: Point, rng: random.Random) -> dict[str, float] | None:
    """Return the position that the phone has at the door, or none without a fix."""
    turn = rng.uniform(0, 2 * math.pi)
    metres = rng.uniform(*profile.off_m)
    accuracy = rng.uniform(*profile.accuracy_m)
    age = rng.uniform(0, 4)
    if rng.random() < profile.no_fix:
        return None
    return {
        "lat": round(place[0] + metres * math.cos(turn) / METRES_PER_DEGREE, 6),
        "lon": round(place[1] + metres * math.sin(turn) / METRES_PER_DEGREE / math.cos(math.radians(place[0])), 6),
        "accuracy_m": round(accuracy, 1),
        "age_s": round(age, 1),
    }


def _record(assignment: dict[str, Any], rng: random.Random) -> Record:
    at_risk = int(float(assignment["case"]["amount_at_risk"]))
    gone = int(float(assignment["case"]["already_transferred"]))
    disposition = rng.choices(list(RESULTS), weights=list(RESULTS.values()))[0]
    evidence = rng.choices(list(EVIDENCE), weights=list(EVIDENCE.values()))[0]
    lost = (("lost", "seen", gone),) if gone and disposition not in NOT_MET else ()
    match disposition:
        case "dissuaded":
            saved = (("protected", evidence, at_risk),) if at_risk else ()
            return Record(disposition, amounts=saved + lost)
        case "money_gone":
            return Record(disposition, amounts=(("lost", "seen", at_risk or 5000), *lost))
        case "not_met":
            return Record(disposition, tried=("knocked", "phoned", "asked_neighbours"))
        case "refused":
            return Record(disposition, objections=("refuses_to_cooperate",), amounts=lost)
    return Record(disposition, amounts=lost)
