"""Takes the rungs of an unanswered assignment (升级督办): other channels to the same person, then other people."""

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
    """Return whether a rung is left."""
    return _next(assignment) is not None


def climb(assignment: Assignment, case: Case, *, at: dt.datetime) -> bool:
    """Take every rung of an unanswered assignment that is due at `at`, its case being held; set its next moment.

    Returns whether any rung was taken.
    """
    before = assignment.rung
    place = _next(assignment)
    while place is not None:
        rung = assignment.ladder[place]
        due_at = assignment.assigned_at + dt.timedelta(seconds=rung["after"])
        if due_at > at and not _goes_at_once(assignment, place, at=at):
            break
        assignment.rung = place + 1
        who = RUNGS[rung["do"]](assignment, case, at)
        late_ms = max(0, int((at - due_at).total_seconds() * 1000))
        if rung["do"] == "second":  # asked late, the second officer still gets the whole time
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


def _goes_at_once(assignment: Assignment, place: int, *, at: dt.datetime) -> bool:
    """Return whether the rung at `place` goes at once: no phone of this person has proven lately that pushes arrive."""
    if place == 0 or assignment.ladder[place - 1]["do"] != "push":
        return False
    if assignment.ladder[place]["do"] not in rules.REACH:
        return False
    return not phones.push_proven(assignment.person_id, at=at)


def _push(assignment: Assignment, case: Case, at: dt.datetime) -> list[Person]:
    # This column alone: the sender of pushes does not hold the case, and what it has written since must stand.
    Assignment.objects.filter(pk=assignment.pk).update(push_due_at=at)
    wakeup.watchers()
    return [assignment.person]


def _message(channel: str) -> Callable[[Assignment, Case, dt.datetime], list[Person]]:
    def write(assignment: Assignment, case: Case, at: dt.datetime) -> list[Person]:
        notices.tell(case, assignment.person, channel=channel, purpose=Purpose.VISIT, at=at, assignment=assignment)
        return [assignment.person]

    return write


def ask_second(assignment: Assignment, case: Case, at: dt.datetime) -> list[Person]:
    """Ask one more person besides those who are asked; return them, an empty list when nobody is left."""
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
    """Let the assignments of all who were asked lapse, and dispatch again: whoever was asked before comes last."""
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
