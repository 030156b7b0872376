"""Who can go to this door now: three suggestions with their reasons, or the shortfall with its reasons."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, Q, QuerySet

from accounts.models import Person, Presence, Unit
from accounts.roles import MAY_VISIT, SENT_BY_MACHINE, Role
from dissuasion.models import Assignment, Case
from dissuasion.queries.workload import on_duty_until, open_cases
from dissuasion.rules import ranking
from dissuasion.rules.levels import Risk
from dissuasion.rules.ranking import Candidate, Facts
from dissuasion.rules.reasons import Reason
from households import ground
from households.models import Coverage

SUGGESTIONS = 3
LEFT_OUT = 12


@dataclass(frozen=True)
class Suggestions:
    """`best` may lead; `companions` may go along; `left_out` pairs a person with the reason why they can't lead.

    `shortfall` holds the reasons when nobody may lead, and is empty otherwise.
    """

    best: list[Candidate]
    companions: list[Candidate]
    left_out: list[tuple[Person, str]]
    shortfall: list[Reason] = field(default_factory=list)


def suggest(case: Case, *, now: dt.datetime, asked: Sequence[Assignment] | None = None) -> Suggestions:
    """Return who should go to `case`: from its station and its coverage first, else from the rest of the county.

    `asked` are the case's assignments in their order, where the caller has read them.
    """
    covers = _coverage(case)
    if asked is None:
        asked = list(Assignment.objects.filter(case=case).order_by("assigned_at"))
    near = _suggest_among(case, Q(unit=case.unit_id) | Q(pk__in=list(covers)), covers, asked, now)
    if near.best or case.unit.parent_id is None:
        return near
    county = Unit.objects.get(pk=case.unit.parent_id)
    wide = _suggest_among(case, Q(unit__path__startswith=county.path), covers, asked, now)
    return Suggestions(wide.best, near.companions or wide.companions, near.left_out, wide.shortfall and near.shortfall)


def _coverage(case: Case) -> dict[Any, str]:
    """Return who is responsible for the case's ground, and for which piece: the smallest counts."""
    home = case.resident.household
    at_home = home.division_id == case.division_id
    codes = ground.codes_above(case.division_id)
    wanted = Q(division__in=codes[:2])
    if at_home:
        wanted |= Q(household=home)
        if home.area_id is not None:
            wanted |= Q(area=home.area_id)
    found: dict[Any, str] = {}
    for row in Coverage.objects.filter(wanted):
        kind = _coverage_level(row)
        if row.person_id not in found or ranking.COVERS[kind] < ranking.COVERS[found[row.person_id]]:
            found[row.person_id] = kind
    return found


def _coverage_level(row: Coverage) -> str:
    """Return which piece of ground somebody is responsible for: household, area, village or township."""
    if row.household_id:
        return "household"
    if row.area_id:
        return "area"
    return "village" if len(row.division_id or "") == 12 else "township"


def _people(among: Q, now: dt.datetime) -> QuerySet[Person]:
    """Return the field staff among these, each with the end of the running shift and the load, in one query."""
    return (
        Person.objects.filter(among, is_active=True, role__in=MAY_VISIT)
        .select_related("presence")
        .annotate(
            on_duty_until=on_duty_until(now), open_cases=open_cases(), high_cases=open_cases(case__risk=Risk.HIGH)
        )
        .order_by(F("on_duty_until").asc(nulls_last=True), "username")
    )


def _suggest_among(
    case: Case, among: Q, covers: dict[Any, str], asked: Sequence[Assignment], now: dt.datetime
) -> Suggestions:
    # The last assignment of each person counts, an open one before any other: a clock set back mixes their order.
    earlier = {assignment.person_id: assignment for assignment in sorted(asked, key=lambda one: one.is_open)}
    dialect = case.resident.dialect
    best: list[Candidate] = []
    companions: list[Candidate] = []
    left_out: list[tuple[Person, str]] = []
    for person in _people(among, now):
        facts = _facts(person, case, covers, earlier.get(person.pk))
        if facts.holds_it:
            left_out.append((person, "goes_along"))
            continue
        why_not = ranking.may_go(facts, case.visit_risk)
        if not why_not:
            best.append(ranking.rate(facts, place=case.place, dialect=dialect, now=now))
        elif why_not == "may_not_lead" and person.role in SENT_BY_MACHINE:
            companions.append(ranking.rate(facts, place=case.place, dialect=dialect, now=now))
        else:
            left_out.append((person, why_not))
    shortfall = [] if best else _shortfall(left_out, companions)
    left_out += [(candidate.person, "may_not_lead") for candidate in companions]
    return Suggestions(
        ranking.rank(best)[:SUGGESTIONS],
        ranking.rank(companions)[:SUGGESTIONS],
        left_out[:LEFT_OUT],
        shortfall,
    )


def _facts(person: Any, case: Case, covers: dict[Any, str], earlier: Assignment | None) -> Facts:
    presence = getattr(person, "presence", None) or Presence()
    return Facts(
        person=person,
        role=person.role,
        unit_name="" if person.unit_id == case.unit_id or person.unit is None else person.unit.name,
        own_station=person.unit_id == case.unit_id,
        on_duty=person.on_duty_until is not None,
        covers=covers.get(person.pk, ""),
        open_cases=person.open_cases,
        high_cases=person.high_cases,
        position=presence.place,
        position_at=presence.position_at,
        seen_at=presence.seen_at,
        dialects=tuple(person.dialects),
        before=earlier.status if earlier and not earlier.is_open else "",
        holds_it=bool(earlier and earlier.is_open),
        reminds=case.risk != Risk.HIGH and person.role == Role.GRID_MEMBER and person.pk in covers,
    )


def _shortfall(left_out: list[tuple[Person, str]], companions: list[Candidate]) -> list[Reason]:
    """Say why nobody may lead: who was looked at, and what was in the way, most frequent first."""
    counts: dict[str, int] = {}
    for _person, code in left_out:
        counts[code] = counts.get(code, 0) + 1
    if companions:
        counts["may_not_lead"] = len(companions)
    if not counts:
        return [{"code": "nobody_here"}]
    ordered = sorted(counts.items(), key=lambda item: -item[1])
    return [{"code": code, "params": {"count": count}} for code, count in ordered]
