"""Tries held acts again (待定记录): `watch` does for a while, a person may at any time."""

import datetime as dt
from uuid import UUID

from accounts.models import Person
from dissuasion.actions.field import acts
from dissuasion.models import Act
from dissuasion.telling import versions


@versions.one_change()
def take_up(act_id: UUID, *, at: dt.datetime, by: Person | None = None) -> bool:
    """Try a held act once more; return whether it is no longer held. `by` is the person who looked at it; without one
    it must be due, and an act from somebody who may not act any more stays held.
    """
    kept = Act.objects.select_for_update(of=("self",)).select_related("person").get(pk=act_id)
    due = kept.retry_at is not None and kept.retry_at <= at
    if kept.verdict != Act.Verdict.HELD or (by is None and not due):
        return False  # somebody was faster
    arrival = acts.Arrival.AGAIN if by is None else acts.Arrival.TRUSTED
    acts.settle(kept, flags=list(kept.flags), at=at, arrival=arrival)
    return kept.verdict != Act.Verdict.HELD
