"""How a case goes on after a result: it is closed, monitored until a day, or returned to the desk."""

import datetime as dt

from django.utils import timezone

from accounts.models import Person
from dissuasion.actions.case import level, moves, ways
from dissuasion.actions.dispatch import assignments, hold
from dissuasion.models import Assignment, Case, Visit
from dissuasion.rules import states
from dissuasion.rules.dispositions import LeadsTo, disposition, next_follow_up
from dissuasion.telling import events, kinds, versions
from dissuasion.telling.stamp import Stamp


def conclude(case: Case, visit: Visit, *, by: Person, at: dt.datetime, since: dt.date | None = None) -> None:
    """Let the result of `visit` decide `case` (held by `hold.lock`); whoever still holds a part is cleared.

    `since` is the day from which follow-ups count; by default the case's own.
    """
    _decide(case, visit, Stamp(at, by, visit.happened_at), since=since or case.monitored_from)


def undo_result(case: Case, stamp: Stamp) -> dt.date | None:
    """Undo what a record led to, because another record decides now; return the day from which follow-ups count."""
    since = case.monitored_from
    if case.status != states.Case.OPEN:
        moves.reopen(case, stamp, cause="correction")
    return since


def close(case: Case, stamp: Stamp, *, disposition: str, delivery: str | None = None) -> None:
    """Close a case, held by `hold.lock`, under a disposition; `delivery` is the message that settled it."""
    case.disposition = disposition
    moves.close(case, stamp, kinds.Closed(disposition=disposition, delivery=delivery))
    ways.follow(case, stamp)


def monitor(case: Case, stamp: Stamp, *, disposition: str, day: dt.date) -> None:
    """Monitor a case, held by `hold.lock`, until a day, under a disposition."""
    case.disposition = disposition
    moves.monitor(case, stamp, day=day, since=case.monitored_from)
    ways.follow(case, stamp)


def _decide(case: Case, visit: Visit, stamp: Stamp, *, since: dt.date | None) -> None:
    result = disposition(visit.disposition)
    if case.status == states.Case.CLOSED:  # a fact from the field is never refused, whatever has closed the case
        moves.reopen(case, stamp, cause="record")
    case.disposition = result.code
    match result.leads_to:
        case LeadsTo.CLOSE:
            moves.close(case, stamp, kinds.Closed(disposition=result.code))
        case LeadsTo.FOLLOW_UP:
            _set_follow_up(case, visit, stamp, since=since)
        case LeadsTo.DESK:
            _return_to_desk(case, visit, stamp)
    # The desk decides what follows a visit: the machine sends nobody.
    ways.follow(case, stamp, ended_by="visited", send=False)
    held = Assignment.objects.filter(case=case, status__in=states.OPEN_ASSIGNMENT).select_related("case")
    for assignment in held:
        assignments.end(assignment, states.Assignment.CLEARED, at=stamp.at, by=stamp.by, reason="lead_recorded")
    versions.touch(hold.team(case) | {visit.person_id})


def _set_follow_up(case: Case, visit: Visit, stamp: Stamp, *, since: dt.date | None) -> None:
    """Monitor until the day that the officer named, else by the calendar; after its last day close the case."""
    visited = timezone.localdate(visit.happened_at)
    result = disposition(visit.disposition)
    day = visit.follow_up_on or next_follow_up(result, visited=visited, since=since or visited)
    if day is None:
        moves.close(case, stamp, kinds.Closed(disposition=result.code, cause="followed_up"))
    else:
        moves.monitor(case, stamp, day=day, since=since)


def _return_to_desk(case: Case, visit: Visit, stamp: Stamp) -> None:
    """Return a case to the desk and raise it to high: the danger goes on, or the resident was not met."""
    events.record(case, kinds.Returned(disposition=case.disposition), **stamp.to_dict())
    if case.status == states.Case.MONITORING:
        moves.reopen(case, stamp, cause="disposition")
    moves.put(case, attention=Case.Attention.RETURNED, dispatch_due_at=None, follow_up_on=visit.follow_up_on)
    case.save(update_fields=["attention", "disposition", "dispatch_due_at", "follow_up_on"])
    level.raise_for_result(case, stamp)
