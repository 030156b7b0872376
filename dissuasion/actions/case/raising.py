"""Raises a case for what was heard since it was judged: the reason stays, and it goes the way of its new level."""

import datetime as dt

from accounts import roles
from accounts.models import Person
from dissuasion.actions.case import attention, hotline_queue, visits, warnings
from dissuasion.actions.dispatch import assignments, hold
from dissuasion.models import Case, CaseEvent
from dissuasion.rules import states, triage
from dissuasion.telling import events, versions

Event = CaseEvent.Kind
# The disposition of a case that a message has settled: what follows from a new fact, it says no more.
MESSAGE_SENT = "message_sent"


def raise_to(
    case: Case,
    level: triage.Risk,
    *,
    reason: str,
    at: dt.datetime,
    by: Person | None = None,
    happened_at: dt.datetime | None = None,
) -> bool:
    """Raise a case (held by `dispatch.lock`) to a level; return whether it was lower. One that is not open is again.

    Raised to high and led by nobody: an officer is sent after the commit, unless the desk has recalled it. Whoever
    was asked at a lower level and has not answered is let go first. Whoever is on the way and may not lead that level
    goes on, and the desk is asked for an officer: never a second team.
    """
    if triage.ORDER[level] <= triage.ORDER[triage.Risk(case.risk)] and case.status == states.Case.OPEN:
        return False
    details = {"at": at, "happened_at": happened_at, "by": by}
    before, case.risk = case.risk, triage.higher(case.risk, level)
    if case.risk != before:
        case.shortfall = []  # who was told of it was told of a calmer case
    case.due_way = triage.DUE_WAY[triage.Risk(case.risk)]
    case.reasons = [{"code": reason, "points": 0, "params": {}}, *(r for r in case.reasons if r["code"] != reason)]
    if case.status != states.Case.OPEN:
        case.status, case.closed_at, case.follow_up_on, case.monitored_from = states.Case.OPEN, None, None, None
        case.disposition = "" if case.disposition == MESSAGE_SENT else case.disposition
        assignments.cancel_follow_up(case, at=at, by=by)
        events.record(case, Event.REOPENED, cause=reason, **details)
    case.save()
    if case.risk != before:
        events.record(
            case, Event.JUDGED, risk=case.risk, before=before, points=case.points, reasons=[reason], **details
        )
    warnings.take_back([case], at=at)
    hotline_queue.follow([case], at=at)
    versions.touch(hold.team(case))
    _send(case, at=at, by=by, raised=case.risk != before)
    return True


def _send(case: Case, *, at: dt.datetime, by: Person | None, raised: bool) -> None:
    held = hold.holder(case)
    if held is not None and raised and case.risk == "high" and assignments.let_go_unanswered(held, case, at=at, by=by):
        held = None
    if held is not None and not roles.may_lead(held.person.role, case.risk):
        attention.ask_desk(case, Case.Attention.NEEDS_OFFICER)
    elif held is None and case.due_way == "visit" and case.attention != Case.Attention.RECALLED:
        visits.pass_on(case, at=at)
