"""An officer on scene is asked whether all is right; silence and a call for help go to the desk (现场安全)."""

import datetime as dt
from uuid import UUID

from dissuasion.actions.case import attention
from dissuasion.actions.dispatch import hold
from dissuasion.actions.field import history
from dissuasion.models import Act, Assignment, Case, CaseEvent
from dissuasion.rules import states
from dissuasion.rules.deadlines import SAFETY_S
from dissuasion.telling import events, kinds, versions

Attention = Case.Attention
ASK_AFTER = dt.timedelta(seconds=SAFETY_S)
# After a late act the rest of the phone's queue follows: it gets this long to arrive before anybody is told.
QUEUE = dt.timedelta(seconds=60)


def start_clock(assignment: Assignment, *, happened_at: dt.datetime, at: dt.datetime) -> None:
    """Let the safety clock pass 20 minutes after `happened_at`; an older answer never shortens a newer one's clock."""
    due_at = max(happened_at + ASK_AFTER, at + QUEUE)
    held = Assignment.objects.filter(pk=assignment.pk, status=states.Assignment.ON_SCENE)
    known = held.values_list("safety_due_at", flat=True).first()
    if known is None or known < due_at:
        held.update(safety_due_at=due_at)


def all_right(act: Act, case: Case, assignment: Assignment, *, at: dt.datetime) -> None:
    """Take an officer's word that all is right: restart the clock and clear the desk's question about their silence."""
    start_clock(assignment, happened_at=act.happened_at, at=at)
    history.record(act, case, assignment, kinds.AllRight(part=assignment.part), at=at)
    if case.attention == Attention.OFFICER_SAFETY:
        _stand_down(case)
    versions.touch(hold.team(case) | {act.person_id})


def ask_help(act: Act, case: Case, assignment: Assignment, *, at: dt.datetime) -> None:
    """Tell the desk at once that an officer asks for help; their words stay sealed in the act."""
    asked = kinds.Help(part=assignment.part, instead_of=_put_first(case), act=str(act.pk))
    history.record(act, case, assignment, asked, at=at)


@versions.one_change()
def act_on_silence(assignment_id: UUID, case_id: UUID, *, at: dt.datetime) -> None:
    """Tell the desk, once, that an officer on scene has not said that all is right."""
    case = hold.lock_if_free(case_id)
    if case is None:
        return  # an act or another watcher is at it: the next tick looks again
    assignment = Assignment.objects.select_related("person").get(pk=assignment_id)
    if assignment.safety_due_at is None or assignment.safety_due_at > at:
        return  # answered, ended, or another watcher was faster
    Assignment.objects.filter(pk=assignment_id).update(safety_due_at=None)
    due_at = assignment.safety_due_at.isoformat()
    silent = kinds.Safety(part=assignment.part, instead_of=_put_first(case), due_at=due_at)
    events.record(case, silent, at=at, assignment=assignment)


def _put_first(case: Case) -> str:
    """Ask the desk about an officer's safety before anything else; return the question before, for the event."""
    before = attention.replace(case, Attention.OFFICER_SAFETY)
    versions.touch(hold.team(case))
    return "" if before == Attention.OFFICER_SAFETY else before


def _stand_down(case: Case) -> None:
    """Restore the desk's earlier question, unless somebody asked for help or another officer is still silent."""
    silent, before, help_asked = set(), "", False
    for event in CaseEvent.objects.filter(case=case).order_by("pk"):
        match kinds.read(event):
            case kinds.Safety(instead_of=asked):
                before = before or asked
                silent.add(event.assignment_id)
            case kinds.Help(instead_of=asked):
                before, help_asked = before or asked, True
                silent.add(event.assignment_id)
            case kinds.AllRight():
                silent.discard(event.assignment_id)
            case kinds.Decided() | kinds.Assigned():  # a person at the desk has looked since
                silent, before, help_asked = set(), "", False
    if not silent and not help_asked:
        attention.replace(case, before)
