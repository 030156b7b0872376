"""The figures of a unit and a period, read from the history: counts, intervals, outcomes, amounts."""

from decimal import Decimal
from typing import Any, cast

from django.db.models import Count, Sum

from accounts.models import Unit
from dissuasion.access import below
from dissuasion.models import CaseEvent, TriageEntry, Visit, VisitAmount
from dissuasion.reports.figures_document import AmountPart, FiguresDocument
from dissuasion.reports.intervals import intervals
from dissuasion.reports.period import Period, events_of
from dissuasion.reports.stories import CaseTimeline, face_to_face, levels, stories

__all__ = ["Period", "figures"]
Event = CaseEvent.Kind


def figures(unit: Unit, period: Period) -> FiguresDocument:
    """Return the figures of a unit and all below it: counts, intervals in seconds, amounts in yuan and grams."""
    told = stories(unit, period)
    return {
        "unit": {"id": unit.pk, "name": unit.name, "kind": unit.kind},
        "from": period.start,
        "to": period.end,
        "counts": _counts(unit, period, told),
        "intervals": intervals(unit, period, told),
        "face_to_face": face_to_face(told),
        "dispositions": _dispositions(unit, period),
        "amounts": _amounts(unit, period),
    }


def _counts(unit: Unit, period: Period, told: list[CaseTimeline]) -> dict[str, int]:
    kinds = dict(events_of(unit, period).values_list("kind").annotate(n=Count("pk")))
    triage = TriageEntry.objects.filter(below(unit), made_at__gte=period.start, made_at__lt=period.end).count()
    return {
        # An alert that waits in triage has no event: it belongs to no case yet.
        "alerts": kinds.get(Event.HEARD, 0) + kinds.get(Event.JOINED, 0) + _unsettled(unit, period),
        "cases": kinds.get(Event.HEARD, 0),
        **levels(told),
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


def _visits(unit: Unit, period: Period) -> Any:
    return Visit.objects.filter(
        below(unit, "case__unit"), decides=True, happened_at__gte=period.start, happened_at__lt=period.end
    )


def _dispositions(unit: Unit, period: Period) -> dict[str, int]:
    return dict(_visits(unit, period).order_by().values_list("disposition").annotate(n=Count("pk")))


def _amounts(unit: Unit, period: Period) -> list[AmountPart]:
    """Sum protected and lost amounts, separately by kind and grade of evidence: different grades are never mixed."""
    amounts = VisitAmount.objects.filter(visit__in=_visits(unit, period)).order_by()
    summed = amounts.values("meaning", "kind", "evidence").annotate(sum=Sum("quantity"), n=Count("pk"))
    rows = summed.order_by("meaning", "kind", "evidence")
    units = {"money": ("yuan", "0.01"), "gold": ("gram", "0.001"), "other": ("yuan", "0.01")}
    told: list[AmountPart] = []
    for row in rows:
        unit_of_sum, places = units[row["kind"]]
        total = str(Decimal(row["sum"]).quantize(Decimal(places)))
        told.append({**cast("AmountPart", row), "sum": total, "unit": unit_of_sum})
    return told
