"""What a chief's decision does to a case: it is given, left to the desk, closed, or goes on."""

from accounts.models import Person
from dissuasion.actions.case import hotline_queue, moves, visits, ways
from dissuasion.actions.dispatch import hold
from dissuasion.actions.dispatch.choice import Chosen
from dissuasion.models import Assignment, Case
from dissuasion.rules import states
from dissuasion.rules.reasons import Reason
from dissuasion.telling import events, kinds
from dissuasion.telling.stamp import Stamp

BY_DESK: list[Reason] = [{"code": "chosen"}]


def give(case: Case, person: Person, stamp: Stamp) -> Assignment:
    """Give the lead of a case, held by `hold.lock` and led by nobody, to `person`; return the assignment."""
    monitored = case.status == states.Case.MONITORING
    if monitored:
        moves.reopen(case, stamp, cause="desk")
    made = visits.lead(case, Chosen(person, BY_DESK), stamp)
    if monitored:
        ways.follow(case, stamp)
    return made


def let_go(case: Case) -> None:
    """Leave a case, held by `hold.lock` and without a lead, to the desk: the machine sends nobody."""
    moves.put(case, attention=Case.Attention.RECALLED, dispatch_due_at=None, reminder_at=None)
    case.save(update_fields=["attention", "dispatch_due_at", "reminder_at"])


def close(case: Case, stamp: Stamp, *, reason: str) -> None:
    """Close a case, held by `hold.lock`, of which nobody holds a part."""
    moves.close(case, stamp, kinds.Closed(cause="desk", words=reason))
    ways.follow(case, stamp)


def go_on(case: Case, stamp: Stamp, *, reason: str) -> None:
    """Note that a case, held by `hold.lock`, goes on as it is.

    A case that needs a visit and has no lead is dispatched again, unless a day is set: else nothing would follow.
    """
    moves.put(case, **moves.NOTHING_ASKED)
    case.save(update_fields=list(moves.NOTHING_ASKED))
    events.record(case, kinds.Decided(words=reason), **stamp.to_dict())
    # Level and status are unchanged: no message is planned, and the machine asks the desk nothing.
    hotline_queue.follow([case], at=stamp.at)
    waits = case.status == states.Case.OPEN and case.wants_visit and case.follow_up_on is None
    if waits and hold.holder(case) is None:
        visits.pass_on(case, at=stamp.at)
