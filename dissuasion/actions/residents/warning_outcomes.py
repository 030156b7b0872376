"""What follows a message to a resident: it arrived and the case is closed, or it did not and a person takes over."""

import datetime as dt
from uuid import UUID

from dissuasion.actions.case import conclusion, warnings
from dissuasion.actions.case.level import raise_to
from dissuasion.actions.dispatch import hold
from dissuasion.models import Assignment, Case, Delivery
from dissuasion.rules import states
from dissuasion.rules.dispositions import MESSAGE_SENT
from dissuasion.rules.levels import Risk, Way
from dissuasion.rules.residents.budgets import ARRIVED_AFTER
from dissuasion.telling import versions
from dissuasion.telling.stamp import Stamp

State = states.Delivery
ARRIVED = (State.DELIVERED, State.SHOWN)
# The path from a try of a message to its earlier tries.
EARLIER_TRIES = "repeats__repeats__repeats"


@versions.one_change()
def look(case_id: UUID, *, at: dt.datetime) -> None:
    """Act on the outcome of a low case's message when its clock has passed: close the case, raise it, or look later."""
    case = hold.lock_if_free(case_id)
    if case is None or case.message_due_at is None or case.message_due_at > at:
        return  # somebody else is at it, or was faster
    case.message_due_at = None
    last = Delivery.objects.filter(case=case, purpose=Delivery.Purpose.WARNING).select_related(EARLIER_TRIES)
    _follow(case, last.order_by("-planned_at", "-tries", "-pk").first(), at=at)
    case.save(update_fields=["message_due_at"])


def _follow(case: Case, last: Delivery | None, *, at: dt.datetime) -> None:
    settled = case.status == states.Case.CLOSED and case.disposition == MESSAGE_SENT
    if case.due_way != Way.MESSAGE:
        return
    if case.status != states.Case.OPEN and not settled:
        return
    if last is not None and _arrived(last, at=at):
        _close(case, last, at=at)
    elif last is None or last.state == State.DROPPED:
        warnings.follow(case, at=at)
    elif last.state in (State.PLANNED, State.SENDING):
        case.message_due_at = max(last.due_at or at, at) + ARRIVED_AFTER
    elif last.state == State.SENT:
        case.message_due_at = (last.sent_at or at) + ARRIVED_AFTER
    elif not _has_another(case):
        raise_to(case, Risk.MEDIUM, Stamp(at), reason="message_failed")


def _arrived(last: Delivery, *, at: dt.datetime) -> bool:
    """Return whether any try has arrived, or the last was sent long enough ago without a report that it failed."""
    tried: Delivery | None = last
    while tried is not None:
        if tried.state in ARRIVED:
            return True
        tried = tried.repeats
    return last.state == State.SENT and last.sent_at is not None and last.sent_at + ARRIVED_AFTER <= at


def _close(case: Case, last: Delivery, *, at: dt.datetime) -> None:
    """Close a case, unless somebody holds it, the desk must decide about it, or it is closed already."""
    held = Assignment.objects.filter(case=case, status__in=states.OPEN_ASSIGNMENT).exists()
    if held or case.attention or case.status == states.Case.CLOSED:
        return
    conclusion.close(case, Stamp(at), disposition=MESSAGE_SENT, delivery=str(last.pk))


def _has_another(case: Case) -> bool:
    """Return whether the resident of a closed case has another active one by now, which goes its own way."""
    others = Case.objects.filter(resident=case.resident_id, status__in=states.ACTIVE_CASE).exclude(pk=case.pk)
    return case.status == states.Case.CLOSED and others.exists()
