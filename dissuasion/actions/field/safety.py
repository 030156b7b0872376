"""An officer on scene is asked whether all is right; silence and a call for help go to the desk (现场安全)."""

import datetime as dt
from typing import Any
from uuid import UUID

from dissuasion.actions.case import attention
from dissuasion.actions.dispatch import hold
from dissuasion.models import Act, Assignment, Case, CaseEvent
from dissuasion.rules import states
from dissuasion.rules.deadlines import SAFETY_S
from dissuasion.telling import events, versions

Event, Attention = CaseEvent.Kind, Case.Attention
ASK_AFTER = dt.timedelta(seconds=SAFETY_S)
# What comes late from a phone without a network brings the rest of its queue: it is heard out before anybody is told.
QUEUE = dt.timedelta(seconds=60)


def start_clock(assignment: Assignment, *, happened_at: dt.datetime, at: dt.datetime) -> None:
    """Ask again 20 minutes after `happened_at`; an older answer never shortens the clock of a newer one."""
    due_at = max(happened_at + ASK_AFTER, at + QUEUE)
    held = Assignment.objects.filter(pk=assignment.pk, status=states.Assignment.ON_SCENE)
    known = held.values_list("safety_due_at", flat=True).first()
    if known is None or known < due_at:
        held.update(safety_due_at=due_at)


def all_right(act: Act, case: Case, assignment: Assignment, *, at: dt.datetime) -> None:
    """Take an officer's word that all is right: the clock starts anew, and what their silence asked is answered."""
    start_clock(assignment, happened_at=act.happened_at, at=at)
    details = {"at": at, "happened_at": act.happened_at, "by": act.person, "assignment": assignment}
    events.record(case, Event.ALL_RIGHT, part=assignment.part, **details)
    if case.attention == Attention.OFFICER_SAFETY:
        _stand_down(case)
    versions.touch(hold.team(case) | {act.person_id})


def ask_help(act: Act, case: Case, assignment: Assignment, *, at: dt.datetime) -> None:
    """Tell the desk at once that an officer asks for help; their words stay sealed in the act."""
    details = {"at": at, "happened_at": act.happened_at, "by": act.person}
    _tell(case, Event.HELP, assignment, act=str(act.pk), **details)


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
    _tell(case, Event.SAFETY, assignment, at=at, due_at=assignment.safety_due_at.isoformat())


def _tell(case: Case, kind: CaseEvent.Kind, assignment: Assignment, **details: Any) -> None:
    """Put an officer's safety before everything else that the desk was asked; what that was stays in the event."""
    before = attention.put(case, Attention.OFFICER_SAFETY)
    before = "" if before == Attention.OFFICER_SAFETY else before
    events.record(case, kind, assignment=assignment, part=assignment.part, instead_of=before, **details)
    versions.touch(hold.team(case))


def _stand_down(case: Case) -> None:
    """Give the desk its earlier question back, unless somebody asked for help or another officer is silent still."""
    silent, before, help_asked = set(), "", False
    for kind, who, data in CaseEvent.objects.filter(case=case).order_by("pk").values_list("kind", "assignment", "data"):
        match kind:
            case Event.SAFETY | Event.HELP:
                before = before or data.get("instead_of", "")
                silent.add(who)
                help_asked = help_asked or kind == Event.HELP
            case Event.ALL_RIGHT:
                silent.discard(who)
            case Event.DECIDED | Event.ASSIGNED:  # a person has looked since
                silent, before, help_asked = set(), "", False
    if not silent and not help_asked:
        attention.put(case, before)
