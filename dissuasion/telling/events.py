"""How the history is told: one appended row a step, in the same transaction as the step."""

import datetime as dt
from typing import Any

from accounts.models import Person
from dissuasion.models import Assignment, Case, CaseEvent


def event(
    case: Case,
    kind: CaseEvent.Kind,
    *,
    at: dt.datetime,
    happened_at: dt.datetime | None = None,
    by: Person | None = None,
    assignment: Assignment | None = None,
    **data: Any,
) -> CaseEvent:
    """Return the unsaved event: `at` by the server's clock, `happened_at` when it was done. `data` holds codes only."""
    return CaseEvent(
        case=case, unit_id=case.unit_id, kind=kind, at=at, happened_at=happened_at or at, by=by,
        assignment=assignment, data=data,
    )  # fmt: skip


def record(case: Case, kind: CaseEvent.Kind, **details: Any) -> CaseEvent:
    """Append one event to the history of `case` and return it (the arguments are those of `event`)."""
    made = event(case, kind, **details)
    made.save(force_insert=True)
    return made
