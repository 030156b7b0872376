"""What falls due (the clock's side of dispatch): cases nobody was given, assignments nobody answered."""

import datetime as dt
import logging
from uuid import UUID

from django.utils import timezone

from dissuasion import events, notify, states
from dissuasion.actions import dispatch
from dissuasion.models import Assignment, Case, CaseEvent

logger = logging.getLogger(__name__)
Event = CaseEvent.Kind
AT_ONCE = 100  # rows of each kind a tick


def tick(*, at: dt.datetime) -> int:
    """Do what is due at `at`; return how many things were. One that fails is logged and does not hold up the rest."""
    cases = Case.objects.filter(dispatch_due_at__lte=at).order_by("dispatch_due_at")
    waiting = list(cases.values_list("pk", flat=True)[:AT_ONCE])
    due = Assignment.objects.filter(due_at__lte=at).order_by("due_at")
    late = list(due.values_list("pk", "case_id")[:AT_ONCE])
    for case_id in waiting:
        try:
            dispatch.dispatch_case(case_id, at=_now(at))
        except Exception:
            logger.exception("Case %s could not be dispatched; it is tried again shortly.", case_id)
            Case.objects.filter(pk=case_id, dispatch_due_at__isnull=False).update(
                dispatch_due_at=_now(at) + dispatch.LOOK_AGAIN
            )
    for assignment_id, case_id in late:
        try:
            act_on_deadline(assignment_id, case_id, at=_now(at))
        except Exception:
            logger.exception("The deadline of %s could not be acted on; it is tried again shortly.", assignment_id)
            Assignment.objects.filter(pk=assignment_id, due_at__isnull=False).update(
                due_at=_now(at) + dispatch.LOOK_AGAIN
            )
    return len(waiting) + len(late)


def _now(at: dt.datetime) -> dt.datetime:
    """A long tick goes on with the time that it is: deadlines count from when somebody was chosen."""
    return max(at, timezone.now())


@notify.one_change()
def act_on_deadline(assignment_id: UUID, case_id: UUID, *, at: dt.datetime) -> None:
    """Act on a passed deadline: an unanswered assignment goes to the next person, any other is noted for the desk."""
    case = dispatch.lock(case_id)
    assignment = Assignment.objects.select_related("person").get(pk=assignment_id)
    if assignment.due_at is None or assignment.due_at > at:
        return  # another watcher was faster
    assignment.case = case
    if assignment.status == states.Assignment.ASSIGNED and assignment.assigned_by_id is None:
        if dispatch.end(assignment, states.Assignment.LAPSED, at=at, by=None, reason="not_acknowledged"):
            dispatch.pass_on(case, at=at)
        return
    _note_overdue(assignment, case, at=at)


def _note_overdue(assignment: Assignment, case: Case, *, at: dt.datetime) -> None:
    """A chief's choice is never undone, and nobody on the way is called back: the desk is told instead."""
    clocks = {
        "acknowledge": assignment.acknowledge_by,
        "arrive": assignment.arrive_by,
        "record": assignment.record_by,
    }
    done = {
        "acknowledge": assignment.status != states.Assignment.ASSIGNED,
        "arrive": assignment.arrived_at is not None,
        "record": False,
    }
    passed = [name for name, by in clocks.items() if by <= at and not done[name]]
    coming = [by for name, by in clocks.items() if by > at and not done[name]]
    assignment.due_at = min(coming, default=None)
    assignment.save(update_fields=["due_at"])
    if not passed:
        return
    events.record(case, Event.OVERDUE, at=at, assignment=assignment, clock=passed[-1], part=assignment.part)
    unanswered = "acknowledge" in passed
    dispatch.ask_desk(case, Case.Attention.UNANSWERED if unanswered else Case.Attention.OVERDUE)
    notify.touch(dispatch.team(case))
