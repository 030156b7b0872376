"""What `watch` should have done and has not: every clock it serves, and whether it is alive. Reads only."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, TypedDict
from uuid import UUID

from django.db.models import Exists, Model, OuterRef, QuerySet

from dissuasion.models import Act, Assignment, Case, CaseEvent, Delivery, Pulse
from dissuasion.rules import states
from dissuasion.telling import kinds

LISTED = 10
WATCH = "watch"


@dataclass(frozen=True)
class Clock:
    """A column of due moments. `to_case` is the lookup from a row to its case ("" for a case, None for none)."""

    name: str
    model: type[Model]
    column: str
    to_case: str | None

    def due(self, before: dt.datetime) -> QuerySet[Any]:
        """Return the rows that were due before `before`, the oldest first. The column needs an index."""
        return self.model._default_manager.filter(**{f"{self.column}__lt": before}).order_by(self.column, "pk")


# All that `watch` serves: a new clock is a row here.
CLOCKS = (
    Clock("dispatch", Case, "dispatch_due_at", ""),
    Clock("message", Case, "message_due_at", ""),
    Clock("deadline", Assignment, "due_at", "case__"),
    Clock("safety", Assignment, "safety_due_at", "case__"),
    Clock("push", Assignment, "push_due_at", "case__"),
    Clock("delivery", Delivery, "due_at", "case__"),
    Clock("retry", Act, "retry_at", None),
)


@dataclass(frozen=True)
class Late:
    """What is late on one clock: how many, by how many seconds the oldest, and the first ten with their moments."""

    clock: str
    count: int
    seconds: float
    things: tuple[tuple[UUID, dt.datetime], ...]


class LatenessInShort(TypedDict, total=False):
    """What is wrong: how many are late by clock, and which loops are silent."""

    late: dict[str, int]
    silent: list[str]


def late(*, at: dt.datetime, tolerance_s: float) -> list[Late]:
    """Return what is more than `tolerance_s` seconds late at `at`, by clock; one or two queries for each clock."""
    looked = [_late(clock, at=at, tolerance_s=tolerance_s) for clock in CLOCKS]
    return [found for found in looked if found is not None]


def _late(clock: Clock, *, at: dt.datetime, tolerance_s: float) -> Late | None:
    due = clock.due(at - dt.timedelta(seconds=tolerance_s))
    rows = list(due.values_list("pk", clock.column)[: LISTED + 1])
    if not rows:
        return None
    count = len(rows) if len(rows) <= LISTED else due.count()
    return Late(clock.name, count, (at - rows[0][1]).total_seconds(), tuple(rows[:LISTED]))


def unflagged(clock: Clock, *, before: dt.datetime, at_most: int) -> list[tuple[UUID, dt.datetime]]:
    """Return active cases whose clock passed before `before` and whose desk was not told, with the due moment."""
    if clock.to_case is None:
        return []
    said = CaseEvent.objects.filter(
        case=OuterRef(f"{clock.to_case}pk"), kind=kinds.Late.kind, happened_at=OuterRef(clock.column),
        **{kinds.Late.column("clock"): clock.name},
    )  # fmt: skip
    held_up = clock.due(before).filter(~Exists(said), **{f"{clock.to_case}status__in": states.ACTIVE_CASE})
    return list(held_up.values_list(f"{clock.to_case}pk", clock.column)[:at_most])


def still_due(clock: Clock, case_id: UUID, *, due_at: dt.datetime) -> bool:
    """Return whether this clock of this case is still due at exactly `due_at`."""
    if clock.to_case is None:
        return False
    return clock.model._default_manager.filter(**{f"{clock.to_case}pk": case_id, clock.column: due_at}).exists()


def silent(*, at: dt.datetime, after_s: float) -> list[str]:
    """Return the loops without a sign of life within `after_s` seconds of `at`; one that never gave any is not known.

    A pulse that far in the future is silent too: it was written before a clock was put back.
    """
    ages: dict[str, float] = {}
    for name, beat_at in Pulse.objects.values_list("name", "at"):
        age = abs((at - beat_at).total_seconds())
        ages[name] = min(age, ages.get(name, age))
    return sorted(name for name, age in ages.items() if age > after_s)


def summary(*, at: dt.datetime, after_s: float) -> LatenessInShort:
    """Return what is wrong, in codes and counts: `late` by clock and `silent` loops. Empty when all is well."""
    counts = {found.clock: found.count for found in late(at=at, tolerance_s=after_s)}
    loops = silent(at=at, after_s=after_s)
    if counts and not loops and not Pulse.objects.exists():
        loops = [WATCH]  # it never ran here
    wrong: LatenessInShort = {}
    if counts:
        wrong["late"] = counts
    if loops:
        wrong["silent"] = loops
    return wrong
