"""Takes the rungs of an assignment that nobody answers (升级督办): another way to reach them, then somebody else."""

import datetime as dt
from collections.abc import Callable

from accounts import phones
from accounts.models import Person
from dissuasion.actions.case import attention, visits
from dissuasion.actions.dispatch import assignments, choice
from dissuasion.actions.dispatch.choice import Chosen
from dissuasion.actions.messages import notices
from dissuasion.models import Assignment, Case, Delivery
from dissuasion.rules import ladder as rules
from dissuasion.rules import states
from dissuasion.telling import events, kinds
from dissuasion.telling.stamp import Stamp
from dissuasion.transports import wakeup

Purpose = Delivery.Purpose


def goes_on(assignment: Assignment) -> bool:
    """Whether a rung is left."""
    return _next(assignment) is not None


def climb(assignment: Assignment, case: Case, *, at: dt.datetime) -> bool:
    """Take every rung that is due at `at` of an unanswered assignment whose case is held; set its next moment.

    Returns whether any was taken; at the end of a ladder there is none left.
    """
    before = assignment.rung
    place = _next(assignment)
    while place is not None:
        rung = assignment.ladder[place]
        due_at = assignment.assigned_at + dt.timedelta(seconds=rung["after"])
        if due_at > at and not _spent(assignment, place, at=at):
            break
        assignment.rung = place + 1
        who = RUNGS[rung["do"]](assignment, case, at)
        late_ms = max(0, int((at - due_at).total_seconds() * 1000))
        if rung["do"] == "second":  # asked late, they have their time all the same
            assignment.ladder = rules.delayed(assignment.ladder, "next", seconds=late_ms // 1000)
        reached = [str(person.pk) for person in who]
        taken = kinds.Rung(part=assignment.part, do=rung["do"], after=rung["after"], who=reached, late_ms=late_ms)
        events.record(case, taken, at=at, assignment=assignment)
        if assignment.status != states.Assignment.ASSIGNED:
            assignment.save(update_fields=["ladder", "rung"])
            return True  # the ladder ended with that rung
        place = _next(assignment)
    assignment.due_at = assignments.next_rung_at(assignment)
    assignment.save(update_fields=["ladder", "rung", "due_at"])
    return assignment.rung > before


def _next(assignment: Assignment) -> int | None:
    return rules.next_rung(assignment.ladder, assignment.rung, shown=assignment.shown_at is not None)


def _spent(assignment: Assignment, place: int, *, at: dt.datetime) -> bool:
    """A push that no phone of theirs has proven lately is not waited for: the next way to reach them goes at once."""
    if place == 0 or assignment.ladder[place - 1]["do"] != "push":
        return False
    if assignment.ladder[place]["do"] not in rules.REACH:
        return False
    return not phones.push_proven(assignment.person_id, at=at)


def _push(assignment: Assignment, case: Case, at: dt.datetime) -> list[Person]:
    # By itself: whoever sends pushes does not hold the case, and what it has noted since must stand.
    Assignment.objects.filter(pk=assignment.pk).update(push_due_at=at)
    wakeup.watchers()
    return [assignment.person]


def _message(channel: str) -> Callable[[Assignment, Case, dt.datetime], list[Person]]:
    def write(assignment: Assignment, case: Case, at: dt.datetime) -> list[Person]:
        notices.tell(case, assignment.person, channel=channel, purpose=Purpose.VISIT, at=at, assignment=assignment)
        return [assignment.person]

    return write


def ask_second(assignment: Assignment, case: Case, at: dt.datetime) -> list[Person]:
    """Ask one more person beside those who are asked; return whom, nobody when there is nobody left."""
    best = choice.next_in_line(case, at=at)
    if best is None:
        attention.ask(case, Case.Attention.UNANSWERED)
        return []
    assignments.give(case, Chosen(best.person, best.reasons, Assignment.Part.SECOND), Stamp(at))
    return [best.person]


def _chief(assignment: Assignment, case: Case, at: dt.datetime) -> list[Person]:
    attention.ask(case, Case.Attention.UNANSWERED)
    return notices.tell_chief(case, purpose=Purpose.UNANSWERED, at=at, assignment=assignment)


def _county(assignment: Assignment, case: Case, at: dt.datetime) -> list[Person]:
    attention.ask(case, Case.Attention.UNANSWERED)
    return notices.tell_county(case, purpose=Purpose.UNANSWERED, at=at, assignment=assignment)


def _ask_next(assignment: Assignment, case: Case, at: dt.datetime) -> list[Person]:
    """Let everybody who was asked go, and ask anew: whoever was asked before comes last."""
    asked = Assignment.objects.filter(case=case, status=states.Assignment.ASSIGNED, part=Assignment.Part.SECOND)
    for second in asked.select_related("person"):
        second.case = case
        assignments.end(second, states.Assignment.LAPSED, at=at, by=None, reason="not_acknowledged")
    assignments.end(assignment, states.Assignment.LAPSED, at=at, by=None, reason="not_acknowledged")
    visits.pass_on(case, at=at)
    return []


RUNGS: dict[str, Callable[[Assignment, Case, dt.datetime], list[Person]]] = {
    "push": _push,
    "text": _message("text"),
    "voice": _message("voice"),
    "messenger": _message("messenger"),
    "second": ask_second,
    "chief": _chief,
    "county": _county,
    "next": _ask_next,
}
