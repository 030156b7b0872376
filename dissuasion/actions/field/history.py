"""Writes an act from the field into the history of its case."""

import datetime as dt

from dissuasion.models import Act, Assignment, Case
from dissuasion.telling import events
from dissuasion.telling.kinds import EventData


def record(act: Act, case: Case, assignment: Assignment | None, data: EventData, *, at: dt.datetime) -> None:
    """Append `data` to the history, with the author of `act` and the moment at which it happened."""
    events.record(case, data, at=at, happened_at=act.happened_at, by=act.person, assignment=assignment)
