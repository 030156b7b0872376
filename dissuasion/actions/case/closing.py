"""What follows from a result: the case is closed, monitored until a day, or back on the desk."""

import datetime as dt

from django.utils import timezone

from accounts.models import Person
from dissuasion.actions.case import hotline_queue
from dissuasion.actions.dispatch import assignments, hold
from dissuasion.models import Assignment, Case, CaseEvent, Visit
from dissuasion.rules import states, triage
from dissuasion.rules.dispositions import Disposition, LeadsTo, disposition, next_follow_up
from dissuasion.telling import events, versions

Event = CaseEvent.Kind
# Follow-ups of a day are given out when the day's shift has begun.
FOLLOW_UPS_FROM = dt.time(8, 30)


def conclude(case: Case, visit: Visit, *, by: Person, at: dt.datetime) -> None:
    """Let the result of `visit` decide `case` (held by `dispatch.lock`); whoever still holds a part is cleared."""
    result = disposition(visit.disposition)
    case.disposition = result.code
    match result.leads_to:
        case LeadsTo.CLOSE:
            close(case, by=by, at=at, happened_at=visit.happened_at)
        case LeadsTo.FOLLOW_UP:
            _look_again(case, visit, result, by=by, at=at)
        case LeadsTo.DESK:
            _return(case, visit, by=by, at=at)
    case.save()
    hotline_queue.follow([case], at=at, reason="visited")
    held = Assignment.objects.filter(case=case, status__in=states.OPEN_ASSIGNMENT).select_related("case")
    for assignment in held:
        assignments.end(assignment, states.Assignment.CLEARED, at=at, by=by, reason="lead_recorded")
    versions.touch(hold.team(case) | {visit.person_id})


def close(case: Case, *, by: Person, at: dt.datetime, happened_at: dt.datetime, **data: str) -> None:
    """Close a case held by `dispatch.lock`; the caller saves it."""
    case.status, case.closed_at, case.attention = states.Case.CLOSED, at, Case.Attention.NONE
    case.follow_up_on = case.dispatch_due_at = case.monitored_from = None
    events.record(case, Event.CLOSED, at=at, happened_at=happened_at, by=by, disposition=case.disposition, **data)


def _look_again(case: Case, visit: Visit, result: Disposition, *, by: Person, at: dt.datetime) -> None:
    """Look again on the day that the officer named, else by the calendar; after its last day the case is closed."""
    visited = timezone.localdate(visit.happened_at)
    day = visit.follow_up_on or next_follow_up(result, visited=visited, since=case.monitored_from or visited)
    if day is None:
        close(case, by=by, at=at, happened_at=visit.happened_at, cause="followed_up")
    else:
        monitor(case, day=day, by=by, at=at, happened_at=visit.happened_at)


def monitor(case: Case, *, day: dt.date, by: Person, at: dt.datetime, happened_at: dt.datetime) -> None:
    """Monitor a case held by `dispatch.lock` until a day; the caller saves it."""
    case.monitored_from = case.monitored_from or timezone.localdate(happened_at)
    case.status, case.follow_up_on, case.attention = states.Case.MONITORING, day, Case.Attention.NONE
    case.dispatch_due_at = timezone.make_aware(dt.datetime.combine(day, FOLLOW_UPS_FROM))
    events.record(
        case, Event.MONITORED, at=at, happened_at=happened_at, by=by, disposition=case.disposition,
        follow_up_on=day.isoformat(),
    )  # fmt: skip


def _return(case: Case, visit: Visit, *, by: Person, at: dt.datetime) -> None:
    """Back to the desk. Not reached, not convinced, denied at the door: the level rises (product.md)."""
    case.attention, case.dispatch_due_at = Case.Attention.RETURNED, None
    case.follow_up_on = visit.follow_up_on
    details = {"at": at, "happened_at": visit.happened_at, "by": by}
    events.record(case, Event.RETURNED, disposition=case.disposition, **details)
    if case.status == states.Case.MONITORING:
        case.status, case.monitored_from = states.Case.OPEN, None
        events.record(case, Event.REOPENED, cause="disposition", **details)
    if case.risk != triage.Risk.HIGH:
        before, case.risk, case.due_way = case.risk, triage.Risk.HIGH, triage.DUE_WAY[triage.Risk.HIGH]
        events.record(case, Event.JUDGED, risk=case.risk, before=before, reasons=[case.disposition], **details)
