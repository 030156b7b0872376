"""The cases of a period, each read event by event: its level, since when a visit was due, whether it was made."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from accounts.models import Unit
from dissuasion.models import CaseEvent
from dissuasion.reports.figures_document import FaceToFacePart
from dissuasion.reports.period import Period, events_of
from dissuasion.rules.levels import ORDER, Risk
from dissuasion.telling import kinds

Event = CaseEvent.Kind
LEVEL = (Event.JUDGED, Event.RISK_SET)
READ = (
    Event.HEARD,
    *LEVEL,
    Event.REMINDER,
    Event.ASSIGNED,
    Event.VISITED,
    Event.CORRECTED,
    Event.CLOSED,
    Event.REOPENED,
)


@dataclass
class CaseTimeline:
    """One case. `level` is the highest that it reached within the period; `due` says whether it rose to high there.

    `due_at` is when the visit that is due now fell due. Visits are followed past the end of the period.
    """

    period: Period
    level: str = ""
    heard_at: dt.datetime | None = None
    due_at: dt.datetime | None = None
    # Since when a reminder visit is wanted: nobody was waited for before that.
    reminder_at: dt.datetime | None = None
    # Of the first assignment of a lead: since when it was waited for, and when it was made.
    waited_from: dt.datetime | None = None
    assigned_at: dt.datetime | None = None
    closed_at: dt.datetime | None = None
    due: bool = False
    # Each visit that counts, by its act: whether the resident was met, as last corrected.
    visits: dict[str, bool] = field(default_factory=dict)

    def read(self, data: kinds.EventData, at: dt.datetime) -> None:
        """Apply the next event."""
        match data:
            case kinds.Heard():
                self.heard_at = at  # from when we were told, not from when it happened
            case kinds.Judged() | kinds.RiskSet():
                self._judge(data.risk, data.before, at)
            case kinds.Reminder():
                self.reminder_at = at
            case kinds.Assigned(part="lead" | "") if self.assigned_at is None:
                self.waited_from = self.due_at or self.reminder_at or self.heard_at
                self.assigned_at = at
            case kinds.Visited(decides=True) if self.due and self.due_at is not None:
                self.visits[data.act or str(len(self.visits))] = data.met
            case kinds.Corrected(decides=True) if data.corrects in self.visits:
                del self.visits[data.corrects]
                self.visits[data.act] = data.met
            case kinds.Closed():
                self.closed_at = at
            case kinds.Reopened():
                self.closed_at = None

    def _judge(self, risk: str, before: str | None, at: dt.datetime) -> None:
        if risk != Risk.HIGH:
            self.due_at = None
        elif before != Risk.HIGH:
            self.due_at = at
            self.due = self.due or at in self.period
        rises = not before or _order(risk) > _order(before)
        is_highest = not self.level or _order(risk) > _order(self.level)
        if rises and is_highest and at in self.period:
            self.level = risk

    @property
    def met(self) -> bool:
        """Whether the resident was met in any of the visits."""
        return any(self.visits.values())

    @property
    def outcome(self) -> str:
        """The outcome of the visit that fell due in the period: visited, lowered before, closed without, or in hand."""
        if self.visits:
            return "visited"
        if self.due_at is None:
            return "lowered"
        return "in_hand" if self.closed_at is None else "closed"


def _order(risk: str) -> int:
    return ORDER[Risk(risk)]


def stories(unit: Unit, period: Period) -> list[CaseTimeline]:
    """Return the cases of a unit and all below it that were opened, judged or given another level in the period."""
    touched = events_of(unit, period).filter(kind__in=(Event.HEARD, *LEVEL)).values("case")
    rows = CaseEvent.objects.filter(case__in=touched, kind__in=READ).order_by("pk")
    found: dict[Any, CaseTimeline] = defaultdict(lambda: CaseTimeline(period))
    for case_id, kind, at, data in rows.values_list("case_id", "kind", "at", "data").iterator():
        found[case_id].read(kinds.read_data(kind, data), at)
    return list(found.values())


def levels(told: Iterable[CaseTimeline]) -> dict[str, int]:
    """Count the cases that were judged or raised in the period, each under the highest level that it reached there."""
    reached = [story.level for story in told]
    return {risk: reached.count(risk) for risk in reversed(Risk)}


def face_to_face(told: Iterable[CaseTimeline]) -> FaceToFacePart:
    """Count the cases that rose to high risk in the period, by the outcome of the visit until now.

    The level is that of the moment: a visit that was made before the rise does not count, one that was made before
    the level was lowered does. A case closed without a visit counts as one not met. Cases in hand, not visited yet,
    and those that were lowered before anybody went stand apart and are not in the rate; `due` leaves the lowered out.
    """
    due = [story for story in told if story.due]
    ways = [story.outcome for story in due]
    visited, closed, in_hand, lowered = (ways.count(way) for way in ("visited", "closed", "in_hand", "lowered"))
    met = [story.met for story in due].count(True)
    decided = visited + closed
    return {
        "due": decided + in_hand,
        "visited": visited,
        "met": met,
        "closed_unvisited": closed,
        "in_hand": in_hand,
        "lowered": lowered,
        "rate": round(met / decided, 4) if decided else None,
    }
