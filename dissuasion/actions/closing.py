"""What follows from a result: the case is closed, monitored until a day, or back on the desk."""

import datetime as dt

from django.utils import timezone

from accounts.models import Person
from dissuasion import events, notify, states, triage
from dissuasion.actions import dispatch
from dissuasion.dispositions import LeadsTo, disposition
from dissuasion.models import Assignment, Case, CaseEvent, Visit

Event = CaseEvent.Kind


def conclude(case: Case, visit: Visit, *, by: Person, at: dt.datetime) -> None:
    """Let the result of `visit` decide `case` (held by `dispatch.lock`); whoever still holds a part is cleared."""
    result = disposition(visit.disposition)
    case.disposition = result.code
    match result.leads_to:
        case LeadsTo.CLOSE:
            _close(case, by=by, at=at, happened_at=visit.happened_at)
        case LeadsTo.FOLLOW_UP:
            _monitor(case, visit, days=result.follow_up_days or 1, by=by, at=at)
        case LeadsTo.DESK:
            _return(case, visit, by=by, at=at)
    case.save()
    held = Assignment.objects.filter(case=case, status__in=states.OPEN_ASSIGNMENT).select_related("case")
    for assignment in held:
        dispatch.end(assignment, states.Assignment.CLEARED, at=at, by=by, reason="lead_recorded")
    notify.touch(dispatch.team(case) | {visit.person_id})


def _close(case: Case, *, by: Person, at: dt.datetime, happened_at: dt.datetime) -> None:
    case.status, case.closed_at, case.attention = states.Case.CLOSED, at, Case.Attention.NONE
    case.follow_up_on = case.dispatch_due_at = None
    events.record(case, Event.CLOSED, at=at, happened_at=happened_at, by=by, disposition=case.disposition)


def _monitor(case: Case, visit: Visit, *, days: int, by: Person, at: dt.datetime) -> None:
    day = visit.follow_up_on or timezone.localdate(visit.happened_at) + dt.timedelta(days=days)
    case.status, case.follow_up_on, case.attention = states.Case.MONITORING, day, Case.Attention.NONE
    case.dispatch_due_at = None
    events.record(
        case, Event.MONITORED, at=at, happened_at=visit.happened_at, by=by, disposition=case.disposition,
        follow_up_on=day.isoformat(),
    )  # fmt: skip


def _return(case: Case, visit: Visit, *, by: Person, at: dt.datetime) -> None:
    """Back to the desk. Not reached, not convinced, denied at the door: the level rises (product.md)."""
    case.attention, case.dispatch_due_at = Case.Attention.RETURNED, None
    case.follow_up_on = visit.follow_up_on
    details = {"at": at, "happened_at": visit.happened_at, "by": by}
    events.record(case, Event.RETURNED, disposition=case.disposition, **details)
    if case.risk != triage.Risk.HIGH:
        before, case.risk, case.due_way = case.risk, triage.Risk.HIGH, triage.DUE_WAY[triage.Risk.HIGH]
        events.record(case, Event.JUDGED, risk=case.risk, before=before, reasons=[case.disposition], **details)
