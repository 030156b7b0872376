"""Ranks who should go: estimated minutes to the door, with each reason. Pure."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from accounts import roles
from config.lib.geo import bearing, rough_distance_m
from dissuasion.rules.reasons import Reason

FRESH_FOR = dt.timedelta(minutes=10)
SILENT_AFTER = dt.timedelta(minutes=15)
LAST_SHIFT = dt.timedelta(hours=8)  # an older position does not say where they are now
# Minutes. A village road is driven at about 30 km/h; a case in hand takes a while to leave; the rest are preferences.
PER_KM, UNKNOWN_TRAVEL, STALE, PER_CASE, ON_HIGH = 2.0, 12.0, 4.0, 8.0, 25.0
OTHER_STATION, NEVER_SEEN, SILENT_PHONE, ASKED_BEFORE = 15.0, 10.0, 20.0, 60.0
COVERS = {"household": -8.0, "area": -7.0, "village": -6.0, "township": -3.0}
DIALECT = -2.0
# A reminder at the door is the grid member's: officers stay free for what is urgent.
REMINDS = -30.0


@dataclass(frozen=True)
class Facts:
    """What is known of one person who might go. Positions are WGS-84 (latitude, longitude)."""

    person: Any
    role: str
    unit_name: str
    own_station: bool
    on_duty: bool
    covers: str = ""  # household, area, village, township or nothing
    open_cases: int = 0
    high_cases: int = 0
    position: tuple[float, float] | None = None
    position_at: dt.datetime | None = None
    seen_at: dt.datetime | None = None
    dialects: tuple[str, ...] = ()
    before: str = ""  # how an earlier assignment of this case ended: lapsed, declined, recalled
    holds_it: bool = False
    reminds: bool = False  # looks after this ground, and the visit needs no officer


@dataclass(frozen=True)
class Candidate:
    """A person with the estimated minutes to the door and the reasons, the weightiest first."""

    person: Any
    minutes: float
    reasons: list[Reason] = field(default_factory=list)


def may_go(facts: Facts, risk: str) -> str:
    """Return why a person can't lead this visit (a reason code), or nothing when they can."""
    if not facts.on_duty:
        return "off_duty"
    if facts.before == "declined":
        return "declined"
    if facts.role not in roles.SENT_BY_MACHINE or not roles.may_lead(facts.role, risk):
        return "may_not_lead"
    return ""


def rate(facts: Facts, *, place: tuple[float, float] | None, dialect: str, now: dt.datetime) -> Candidate:
    """Return the candidate that these facts make for a visit at `place`."""
    minutes = 0.0
    reasons: list[Reason] = []

    def add(code: str, cost: float = 0.0, **params: Any) -> None:
        nonlocal minutes
        minutes += cost
        reasons.append({"code": code, "params": params} if params else {"code": code})

    if facts.covers:
        add(f"covers_{facts.covers}", COVERS[facts.covers])
    if facts.reminds:
        add("reminds", REMINDS)
    if facts.own_station:
        add("own_station")
    else:
        add("other_station", 0.0 if facts.covers else OTHER_STATION, unit=facts.unit_name)
    add("on_duty")
    minutes += _travel_minutes(facts, place, now, add)
    if facts.open_cases == 0:
        add("free")
    else:
        add("load", PER_CASE * facts.open_cases, count=facts.open_cases)
    if facts.high_cases:
        add("on_high", ON_HIGH * facts.high_cases)
    if dialect and dialect in facts.dialects:
        add("speaks_dialect", DIALECT, dialect=dialect)
    if facts.seen_at is None:
        add("never_seen", NEVER_SEEN)
    elif now - facts.seen_at > SILENT_AFTER:
        add("silent", SILENT_PHONE, seconds=_seconds(now - facts.seen_at))
    if facts.before == "lapsed":
        add("asked_before", ASKED_BEFORE)
    if facts.before == "recalled":
        add("recalled")  # the desk may send them again; the machine does not
    return Candidate(facts.person, minutes, reasons)


def _travel_minutes(facts: Facts, place: tuple[float, float] | None, now: dt.datetime, add: Any) -> float:
    """Add the reason for the distance; return the estimated minutes to the door."""
    if facts.position is None or facts.position_at is None:
        add("position_unknown")
        return UNKNOWN_TRAVEL
    old = now - facts.position_at
    if old > LAST_SHIFT:
        add("position_unknown")
        return UNKNOWN_TRAVEL
    if place is None:
        return UNKNOWN_TRAVEL
    km = rough_distance_m(facts.position, place) / 1000
    add("near", km=f"{km:.1f}", bearing=bearing(place, facts.position), seconds=_seconds(old))
    if old <= FRESH_FOR:
        return PER_KM * km
    add("position_stale", seconds=_seconds(old))
    return PER_KM * km + STALE


def _seconds(span: dt.timedelta) -> int:
    return max(0, round(span.total_seconds()))


def rank(candidates: list[Candidate]) -> list[Candidate]:
    """Return the candidates, the one who would be at the door first in front; ties keep a steady order."""
    return sorted(candidates, key=lambda candidate: (candidate.minutes, str(candidate.person)))
