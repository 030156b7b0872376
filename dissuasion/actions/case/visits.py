"""The way of the visit: a waiting case is given to the best person, or the desk is told why nobody can go."""

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts import roles
from dissuasion.actions.case import attention
from dissuasion.actions.dispatch import assignments, choice, hold
from dissuasion.actions.dispatch.choice import Chosen
from dissuasion.actions.messages import notices
from dissuasion.models import Assignment, Case, Delivery
from dissuasion.queries import matching
from dissuasion.rules import states
from dissuasion.rules.levels import Risk
from dissuasion.rules.reasons import Reason
from dissuasion.telling import events, kinds, versions
from dissuasion.telling.stamp import Stamp

# How soon dispatch is tried again when nobody could go: at high risk, and otherwise.
LOOK_AGAIN, LOOK_AGAIN_CALMLY = dt.timedelta(seconds=20), dt.timedelta(minutes=5)


def dispatch_case(case_id: UUID, *, at: dt.datetime, waits_s: float | None = None) -> Assignment | None:
    """Give a case that waits for a visit to the best person; return the assignment, or None when none was made.

    When nobody can go, the desk is told of the shortfall with its reasons, and dispatch is tried again shortly. It
    waits for locks at most `waits_s` seconds, then raises OperationalError.
    """
    with versions.one_change(waits_s=waits_s):
        return _dispatch(case_id, at=at)


def _dispatch(case_id: UUID, *, at: dt.datetime) -> Assignment | None:
    ground = Case.objects.select_related("resident__household", "unit")
    case = ground.select_for_update(of=("self",), skip_locked=True).filter(pk=case_id).first()
    if case is None or case.dispatch_due_at is None or case.dispatch_due_at > at:
        return None  # locked: that transaction may be dispatching it; if not, it is still due at the next tick
    asked = list(Assignment.objects.filter(case=case).order_by("assigned_at"))
    held = any(assignment.is_open and assignment.part == Assignment.Part.LEAD for assignment in asked)
    is_wanted = _waits_for_a_visit(case) or _is_followed_up(case, at=at)
    if held or not is_wanted:
        case.dispatch_due_at = None
        case.save(update_fields=["dispatch_due_at"])
        return None
    second = next((one for one in asked if one.is_open and one.part == Assignment.Part.SECOND), None)
    if second is not None:
        _save_as_led(case)
        return assignments.promote(second, case, at=at)
    found = matching.suggest(case, asked=asked, now=at)
    best = choice.best_to_send(found)
    if best is None:
        recalled: list[Reason] = [{"code": "recalled", "params": {"count": len(found.best)}}] if found.best else []
        _note_shortfall(case, found.shortfall or recalled, at=at)
        return None
    asked_again = choice.has_reason(best, "asked_before")
    beside = {assignment.person_id for assignment in asked if assignment.is_open}
    made = lead(case, Chosen(best.person, best.reasons), Stamp(at), beside=beside)
    if asked_again:  # nobody else is left: the machine goes on asking, and the desk must know that it does
        attention.ask(case, Case.Attention.UNANSWERED)
    return made


def lead(case: Case, chosen: Chosen, stamp: Stamp, *, beside: set[UUID] | None = None) -> Assignment:
    """Give the lead of a case held by `hold.lock`; return the assignment. The desk's question is answered by that.

    A question that only a person can answer stays, unless a chief (`stamp.by`) gave the lead.
    """
    made = assignments.give(case, chosen, stamp, beside=beside)
    if stamp.by is not None or attention.may_be_replaced(case):
        case.attention = Case.Attention.NONE
    _save_as_led(case)
    return made


def _save_as_led(case: Case) -> None:
    """Save that nobody is being looked for, together with `attention`: one write for each dispatch."""
    case.shortfall, case.dispatch_due_at = [], None
    case.save(update_fields=["attention", "shortfall", "dispatch_due_at"])


def follow(case: Case, stamp: Stamp, *, risk_before: str | None, send: bool) -> None:
    """Let the visit follow the level of a case held by `hold.lock`; `send` when the machine may send somebody."""
    if case.status != states.Case.OPEN:
        return
    if case.attention == Case.Attention.SHORTFALL and not case.wants_visit:
        case.attention = Case.Attention.NONE
        _save_as_led(case)
    if not send:
        return
    held = hold.holder(case)
    raised = case.risk == Risk.HIGH and risk_before not in (None, Risk.HIGH)
    if held is not None and raised and assignments.lapse_if_slower(held, case, at=stamp.at, by=stamp.by):
        held = None
    if held is None:
        if case.wants_visit:
            pass_on(case, at=stamp.at)
    elif not roles.may_lead(held.person.role, case.risk):
        attention.ask(case, Case.Attention.NEEDS_OFFICER)


def pass_on(case: Case, *, at: dt.datetime) -> None:
    """Make a case due for dispatch and dispatch it after the commit; if that fails, `watch` tries again."""
    case.dispatch_due_at = at
    case.save(update_fields=["dispatch_due_at"])
    transaction.on_commit(lambda: dispatch_case(case.pk, at=at), robust=True)


def _waits_for_a_visit(case: Case) -> bool:
    return case.status == states.Case.OPEN and case.wants_visit


def _is_followed_up(case: Case, *, at: dt.datetime) -> bool:
    """Return whether the follow-up day of a monitored case has come."""
    day = case.follow_up_on
    return case.status == states.Case.MONITORING and day is not None and day <= timezone.localdate(at)


def _note_shortfall(case: Case, reasons: list[Reason], *, at: dt.datetime) -> None:
    urgent = case.visit_risk == Risk.HIGH
    if urgent and not case.shortfall:  # once for each shortfall: the board shows how it goes on
        notices.tell_chief(case, purpose=Delivery.Purpose.SHORTFALL, at=at)
        notices.tell_county(case, purpose=Delivery.Purpose.SHORTFALL, at=at)
    if case.attention != Case.Attention.SHORTFALL or case.shortfall != reasons:
        events.record(case, kinds.Shortfall(reasons=[reason["code"] for reason in reasons]), at=at)
    case.shortfall = reasons
    case.dispatch_due_at = at + (LOOK_AGAIN if urgent else LOOK_AGAIN_CALMLY)
    case.save(update_fields=["shortfall", "dispatch_due_at"])
    attention.ask(case, Case.Attention.SHORTFALL)
