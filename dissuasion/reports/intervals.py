"""How long each step took, and how many were not taken in time: the leads of a period, followed to their end."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from accounts.models import Unit
from dissuasion.models import Assignment, CaseEvent, Policy
from dissuasion.reports.figures_document import IntervalPart
from dissuasion.reports.period import Period, events_of
from dissuasion.reports.stories import CaseTimeline
from dissuasion.rules.deadlines import FIRST_POLICY

Event = CaseEvent.Kind
# Each interval of an assignment: its name, from which step to which.
INTERVALS = (
    ("show", Event.ASSIGNED, Event.SHOWN),
    ("acknowledge", Event.ASSIGNED, Event.ACKNOWLEDGED),
    ("arrive", Event.ASSIGNED, Event.ARRIVED),
    ("record", Event.ARRIVED, Event.VISITED),
)
MARKS = (Event.ASSIGNED, Event.SHOWN, Event.ACKNOWLEDGED, Event.DEPARTED, Event.ARRIVED, Event.VISITED)
FROZEN = ("acknowledge", "arrive", "record")  # the deadlines that stand on the assignment
FIXED_TARGETS = {"assign": 1, "show": 15}  # seconds: assigned within one, shown before the first rung is due


@dataclass
class Measured:
    """One interval, measured many times: the seconds, and how many were in time, missed, or end before they begin."""

    values: list[float] = field(default_factory=list)
    within: int = 0
    missed: int = 0
    clock: int = 0

    def add(self, start: dt.datetime, end: dt.datetime | None, *, by: dt.datetime, missing: bool) -> None:
        """Add one; `missing` says whether one without an end is a miss."""
        if end is None:
            if missing:
                self.missed += 1
        elif end < start:
            self.clock += 1
        else:
            self.values.append((end - start).total_seconds())
            if end <= by:
                self.within += 1

    def told(self, target: int) -> IntervalPart:
        """Return the interval as the figures show it; `target` in seconds."""
        ordered = sorted(self.values)
        count = len(self.values) + self.missed
        return {
            "n": len(ordered),
            "missed": self.missed,
            "clock": self.clock,
            "p50_s": percentile(ordered, 0.5),
            "p90_s": percentile(ordered, 0.9),
            "target_s": target,
            "within_target": round(self.within / count, 4) if count else None,
        }


@dataclass
class Lead:
    """One assignment of a lead: when each step was taken first, its deadlines, and until when it could be taken."""

    deadlines: dict[str, dt.datetime]
    until: dt.datetime
    marks: dict[str, dt.datetime] = field(default_factory=dict)

    def measure(self, name: str, start: str, end: str, into: Measured) -> None:
        """Add one of its intervals to `into`. A skipped step is no miss when a later one was taken in time."""
        begun = self.marks.get(start)
        if begun is None:
            return
        by = self.deadlines.get(name) or begun + dt.timedelta(seconds=FIXED_TARGETS[name])
        later = [self.marks.get(step) for step in (*MARKS[MARKS.index(Event(end)) + 1 :], Event.DECLINED)]
        passed_over = any(step is not None and begun <= step <= by for step in later)
        into.add(begun, self.marks.get(end), by=by, missing=by <= self.until and not passed_over)


def intervals(unit: Unit, period: Period, told: Iterable[CaseTimeline]) -> dict[str, IntervalPart]:
    """Measure the cases whose wait for somebody began in the period, and the leads given in it, until now.

    `assign` runs from when a visit fell due to the first assignment; where a chief gave a case that was not of high
    risk, from when it was heard of. (An alert that waited in triage is heard of when it was settled.) `missed` are
    those whose deadline passed without the step, `clock` those whose end lies before their start: unusable, left out.
    `within_target` is the share, among all measured or missed, that kept the deadline frozen on its own assignment.
    `target_s` is the high-risk clock of the policy in force now: other levels and older policies have other deadlines.
    """
    now = timezone.now()
    found = {name: Measured() for name in ("assign", *(name for name, _start, _end in INTERVALS))}
    for story in told:
        start = story.due_at if story.assigned_at is None else story.waited_from
        if start is not None and start in period:
            by = start + dt.timedelta(seconds=FIXED_TARGETS["assign"])
            found["assign"].add(start, story.assigned_at, by=by, missing=by <= (story.closed_at or now))
    for lead in _leads(unit, period, now):
        for name, begin, end in INTERVALS:
            lead.measure(name, begin, end, found[name])
    targets = _targets()
    return {name: measured.told(targets[name]) for name, measured in found.items()}


def _leads(unit: Unit, period: Period, now: dt.datetime) -> Iterable[Lead]:
    given = (
        events_of(unit, period).filter(kind=Event.ASSIGNED, assignment__part=Assignment.Part.LEAD).values("assignment")
    )
    rows = CaseEvent.objects.filter(assignment__in=given, kind__in=(*MARKS, Event.DECLINED)).order_by("pk")
    columns = ["assignment__ended_at", *(f"assignment__{name}_by" for name in FROZEN)]
    leads: dict[Any, Lead] = {}
    for key, kind, happened_at, ended_at, *deadlines in rows.values_list(
        "assignment_id", "kind", "happened_at", *columns
    ).iterator():
        if key not in leads:
            leads[key] = Lead(dict(zip(FROZEN, deadlines, strict=True)), ended_at or now)
        leads[key].marks.setdefault(kind, happened_at)
    return leads.values()


def _targets() -> dict[str, int]:
    newest = Policy.objects.filter(kind="deadlines").order_by("-version").first()
    clock: dict[str, Any] = newest.content["high"] if newest else dict(FIRST_POLICY["high"])
    return FIXED_TARGETS | {name: clock[name] for name in FROZEN}


def percentile(ordered: list[float], share: float) -> float | None:
    """Return the smallest value that at least `share` of the values do not exceed (nearest rank)."""
    if not ordered:
        return None
    rank = max(0, -(-len(ordered) * share // 1) - 1)
    return round(ordered[int(rank)], 3)
