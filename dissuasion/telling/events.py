"""Writes the history: one appended row for each step, in the same transaction as the step."""

import datetime as dt

from accounts.models import Person
from dissuasion.models import Assignment, Case, CaseEvent
from dissuasion.telling.kinds import EventData


def event(
    case: Case,
    data: EventData,
    *,
    at: dt.datetime,
    happened_at: dt.datetime | None = None,
    by: Person | None = None,
    assignment: Assignment | None = None,
) -> CaseEvent:
    """Return the unsaved event: `at` by the server's clock, `happened_at` when it was done (by default `at`).

    What `data` may hold is declared in `kinds`, one class for each kind.
    """
    return CaseEvent(
        case=case, unit_id=case.unit_id, kind=data.kind, at=at, happened_at=happened_at or at, by=by,
        assignment=assignment, data=data.to_dict(), words=data.sealed_words,
    )  # fmt: skip


def record(
    case: Case,
    data: EventData,
    *,
    at: dt.datetime,
    happened_at: dt.datetime | None = None,
    by: Person | None = None,
    assignment: Assignment | None = None,
) -> CaseEvent:
    """Append one event to the history of `case` and return it; the arguments are those of `event`."""
    made = event(case, data, at=at, happened_at=happened_at, by=by, assignment=assignment)
    made.save(force_insert=True)
    return made
