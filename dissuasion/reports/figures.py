"""The figures of a unit and a period, read from the history: counts, intervals, outcomes, amounts."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Sum

from accounts.models import Unit
from dissuasion.access import below
from dissuasion.deadlines import FIRST_POLICY
from dissuasion.models import CaseEvent, Policy, TriageEntry, Visit, VisitAmount

Event = CaseEvent.Kind
# Each interval: its name, from which step to which. Targets stand in the deadlines' policy.
INTERVALS = (
    ("assign", Event.HEARD, Event.ASSIGNED),
    ("show", Event.ASSIGNED, Event.SHOWN),
    ("acknowledge", Event.ASSIGNED, Event.ACKNOWLEDGED),
    ("arrive", Event.ASSIGNED, Event.ARRIVED),
    ("record", Event.ARRIVED, Event.VISITED),
)
FIXED_TARGETS = {"assign": 1, "show": 15}  # seconds: handed over within one, seen before the first rung opens


@dataclass(frozen=True)
class Period:
    """From one moment to another, the end not included."""

    start: dt.datetime
    end: dt.datetime


def figures(unit: Unit, period: Period) -> dict[str, Any]:
    """Return the figures of a unit and all below it: counts, intervals in seconds, amounts in yuan and grams."""
    return {
        "unit": {"id": unit.pk, "name": unit.name, "kind": unit.kind},
        "from": period.start,
        "to": period.end,
        "counts": _counts(unit, period),
        "intervals": _intervals(unit, period),
        "face_to_face": _face_to_face(unit, period),
        "dispositions": _dispositions(unit, period),
        "amounts": _amounts(unit, period),
    }


def _events(unit: Unit, period: Period) -> Any:
    return CaseEvent.objects.filter(below(unit), at__gte=period.start, at__lt=period.end).order_by()


def _counts(unit: Unit, period: Period) -> dict[str, int]:
    kinds = dict(_events(unit, period).values_list("kind").annotate(n=Count("pk")))
    judged = _events(unit, period).filter(kind=Event.JUDGED, data__before=None)
    risks = dict(judged.values_list("data__risk").annotate(n=Count("pk")))
    triage = TriageEntry.objects.filter(below(unit), made_at__gte=period.start, made_at__lt=period.end).count()
    return {
        # An alert that waits in triage is heard by no case yet.
        "alerts": kinds.get(Event.HEARD, 0) + kinds.get(Event.JOINED, 0) + _unsettled(unit, period),
        "cases": kinds.get(Event.HEARD, 0),
        **{risk: risks.get(risk, 0) for risk in ("high", "medium", "low")},
        "repeats": kinds.get(Event.JOINED, 0),
        "triage": triage,
        "assignments": kinds.get(Event.ASSIGNED, 0),
        "lapsed": kinds.get(Event.LAPSED, 0),
        "declined": kinds.get(Event.DECLINED, 0),
        "shortfalls": kinds.get(Event.SHORTFALL, 0),
        "flagged": kinds.get(Event.FLAGGED, 0),
        "closed": kinds.get(Event.CLOSED, 0),
    }


def _unsettled(unit: Unit, period: Period) -> int:
    made = TriageEntry.objects.filter(below(unit), made_at__gte=period.start, made_at__lt=period.end)
    return made.exclude(status=TriageEntry.Status.SETTLED).count()


def _intervals(unit: Unit, period: Period) -> dict[str, dict[str, Any]]:
    """Measure leads only; each case gives its first assignment an interval, each assignment the others."""
    steps = {step for _name, start, end in INTERVALS for step in (start, end)}
    rows = _events(unit, period).filter(kind__in=steps).order_by("pk")
    heard: dict[Any, dt.datetime] = {}
    marks: dict[Any, dict[str, dt.datetime]] = defaultdict(dict)
    assigned_first: dict[Any, float] = {}
    for case_id, assignment_id, kind, happened_at, at, data in rows.values_list(
        "case_id", "assignment_id", "kind", "happened_at", "at", "data"
    ).iterator():
        if kind == Event.HEARD:
            heard[case_id] = at  # from when we were told, not from when it happened
        elif data.get("part", "lead") == "lead":
            marks[assignment_id].setdefault(kind, happened_at)
            if kind == Event.ASSIGNED and case_id in heard and case_id not in assigned_first:
                assigned_first[case_id] = (happened_at - heard[case_id]).total_seconds()
    found: dict[str, list[float]] = {"assign": list(assigned_first.values())}
    for name, start, end in INTERVALS[1:]:
        pairs = ((steps.get(start), steps.get(end)) for steps in marks.values())
        found[name] = [max(0.0, (b - a).total_seconds()) for a, b in pairs if a and b]
    targets = _targets()
    return {name: _spread(values, targets[name]) for name, values in found.items()}


def _targets() -> dict[str, int]:
    newest = Policy.objects.filter(kind="deadlines").order_by("-version").first()
    clock = (newest.content if newest else FIRST_POLICY)["high"]
    return FIXED_TARGETS | {name: clock[name] for name in ("acknowledge", "arrive", "record")}


def _spread(values: Iterable[float], target: int) -> dict[str, Any]:
    ordered = sorted(values)
    count = len(ordered)
    within = sum(value <= target for value in ordered)
    return {
        "n": count,
        "p50_s": _percentile(ordered, 0.5),
        "p90_s": _percentile(ordered, 0.9),
        "target_s": target,
        "within_target": round(within / count, 4) if count else None,
    }


def _percentile(ordered: list[float], share: float) -> float | None:
    """Return the smallest value that at least `share` of the values do not exceed (nearest rank)."""
    if not ordered:
        return None
    rank = max(0, -(-len(ordered) * share // 1) - 1)
    return round(ordered[int(rank)], 3)


def _visits(unit: Unit, period: Period) -> Any:
    return Visit.objects.filter(
        below(unit, "case__unit"), decides=True, happened_at__gte=period.start, happened_at__lt=period.end
    )


def _face_to_face(unit: Unit, period: Period) -> dict[str, Any]:
    """Count the high-risk cases that were visited, and those whose resident was met."""
    high = _visits(unit, period).filter(case__risk="high")
    visited = high.values("case").distinct().count()
    met = high.filter(met=True).values("case").distinct().count()
    return {"visited": visited, "met": met, "rate": round(met / visited, 4) if visited else None}


def _dispositions(unit: Unit, period: Period) -> dict[str, int]:
    return dict(_visits(unit, period).order_by().values_list("disposition").annotate(n=Count("pk")))


def _amounts(unit: Unit, period: Period) -> list[dict[str, Any]]:
    """Sum what was kept safe and lost, apart by kind and by evidence: sums of different proof are never mixed."""
    amounts = VisitAmount.objects.filter(visit__in=_visits(unit, period)).order_by()
    summed = amounts.values("meaning", "kind", "evidence").annotate(sum=Sum("quantity"), n=Count("pk"))
    rows = summed.order_by("meaning", "kind", "evidence")
    units = {"money": ("yuan", "0.01"), "gold": ("gram", "0.001"), "other": ("yuan", "0.01")}
    told = []
    for row in rows:
        unit_of_sum, places = units[row["kind"]]
        told.append(row | {"sum": str(Decimal(row["sum"]).quantize(Decimal(places))), "unit": unit_of_sum})
    return told
