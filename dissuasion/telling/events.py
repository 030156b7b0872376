"""How the history is told: one appended row a step, in the same transaction as the step."""

import datetime as dt
from typing import Any

from accounts.models import Person
from dissuasion.models import Assignment, Case, CaseEvent
from dissuasion.telling.kinds import KINDS, EventData


def event(
    case: Case,
    data: EventData | CaseEvent.Kind,
    *,
    at: dt.datetime,
    happened_at: dt.datetime | None = None,
    by: Person | None = None,
    assignment: Assignment | None = None,
    **fields: Any,
) -> CaseEvent:
    """Return the unsaved event: `at` by the server's clock, `happened_at` when it was done, `at` where nothing is said.

    For a while a kind with its fields is taken as well; a field that the kind does not declare raises TypeError.
    """
    declared = KINDS[data](**fields) if isinstance(data, CaseEvent.Kind) else data
    return CaseEvent(
        case=case, unit_id=case.unit_id, kind=declared.kind, at=at, happened_at=happened_at or at, by=by,
        assignment=assignment, data=declared.to_dict(),
    )  # fmt: skip


def record(case: Case, data: EventData | CaseEvent.Kind, **details: Any) -> CaseEvent:
    """Append one event to the history of `case` and return it (the arguments are those of `event`)."""
    made = event(case, data, **details)
    made.save(force_insert=True)
    return made
