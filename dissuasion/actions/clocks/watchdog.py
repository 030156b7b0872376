"""Puts late cases before their desks; it works while no watcher does."""

import datetime as dt
import logging
from uuid import UUID

from dissuasion.actions.case import attention
from dissuasion.actions.dispatch import hold
from dissuasion.models import Case, CaseEvent
from dissuasion.queries import lateness
from dissuasion.rules import states
from dissuasion.telling import events, kinds, versions

logger = logging.getLogger(__name__)
AT_ONCE = 500  # cases of each clock at a time: about two seconds
TRIES = 3  # failures after which the rest waits for the next run: each may have waited for a lock


def flag_late(*, at: dt.datetime, after_s: float) -> int:
    """Put every case whose next step is more than `after_s` seconds late before its desk; return how many were new.

    A case that fails is logged; after `TRIES` failures the rest is left for the next run.
    """
    flagged = failed = 0
    for clock in lateness.CLOCKS:
        before = at - dt.timedelta(seconds=after_s)
        for case_id, due_at in lateness.unflagged(clock, before=before, at_most=AT_ONCE):
            try:
                flagged += _flag(case_id, clock, due_at=due_at, at=at)
            except Exception:
                logger.exception("Case %s is late (%s) and its desk could not be told.", case_id, clock.name)
                failed += 1
                if failed == TRIES:
                    return flagged
    return flagged


@versions.one_change()
def _flag(case_id: UUID, clock: lateness.Clock, *, due_at: dt.datetime, at: dt.datetime) -> bool:
    """Record that a case is late, once for each due moment, and ask the desk; return whether it was new."""
    case = hold.lock(case_id)
    # Under the lock: the watcher may have come back, or another watchdog was faster.
    if case.status not in states.ACTIVE_CASE or not lateness.still_due(clock, case_id, due_at=due_at):
        return False
    told = CaseEvent.objects.filter(case=case, kind=kinds.Late.kind, happened_at=due_at)
    if told.filter(**{kinds.Late.column("clock"): clock.name}).exists():
        return False
    seconds = round((at - due_at).total_seconds())
    # The event is dated to the moment at which somebody should have acted.
    events.record(case, kinds.Late(clock=clock.name, seconds=seconds), at=at, happened_at=due_at)
    attention.ask(case, Case.Attention.OVERDUE)
    versions.touch(hold.team(case))
    return True
