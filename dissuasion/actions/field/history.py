"""How an act from the field is told in the history of its case."""

import datetime as dt

from dissuasion.models import Act, Assignment, Case
from dissuasion.telling import events
from dissuasion.telling.kinds import EventData


def record(act: Act, case: Case, assignment: Assignment | None, data: EventData, *, at: dt.datetime) -> None:
    """Append what `act` did: it happened when the act did, by its author."""
    events.record(case, data, at=at, happened_at=act.happened_at, by=act.person, assignment=assignment)
