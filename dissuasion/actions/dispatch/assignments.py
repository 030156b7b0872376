"""Gives, promotes and ends assignments; the steps in between are in actions/field."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from accounts import roles
from accounts.models import Person
from config.lib.http.problems import Problem
from dissuasion.actions.dispatch import hold
from dissuasion.actions.dispatch.choice import Chosen
from dissuasion.actions.messages import notices
from dissuasion.models import Assignment, Case, Policy
from dissuasion.rules import deadlines, ladder, states
from dissuasion.telling import events, kinds, versions
from dissuasion.telling.stamp import Stamp

Status = states.Assignment
# Whatever ends an assignment stops its clocks.
NOTHING_DUE: dict[str, None] = {"due_at": None, "safety_due_at": None, "push_due_at": None}
# The parts that are asked until one of them takes the case, and the codes with which assignments end.
ASKED = (Assignment.Part.LEAD, Assignment.Part.SECOND)
TAKEN, CASE_CHANGED, BY_DESK = "taken", "case_changed", "desk"
# The kind of event that records each way out.
WAYS_OUT: dict[states.Assignment, type[kinds.WayOut]] = {
    Status.CLEARED: kinds.Cleared,
    Status.DECLINED: kinds.Declined,
    Status.LAPSED: kinds.Lapsed,
    Status.RECALLED: kinds.Recalled,
}


def give(case: Case, chosen: Chosen, stamp: Stamp, *, beside: set[UUID] | None = None) -> Assignment:
    """Return the new assignment of a case held by `hold.lock`; its deadlines are frozen now. `stamp.by` is the chief.

    `beside` are the ids of people who hold another part, where the caller knows them. The caller has seen under the
    lock that the part is free; the database's constraints check it again.
    """
    assignment = _frozen(case, chosen, stamp)
    assignment.save(force_insert=True)
    codes = [reason["code"] for reason in chosen.reasons]
    given = kinds.Assigned(part=chosen.part, reasons=codes)
    events.record(case, given, at=stamp.at, by=stamp.by, assignment=assignment)
    versions.touch((hold.team(case) if beside is None else beside) | {chosen.person.pk})
    return assignment


def _frozen(case: Case, chosen: Chosen, stamp: Stamp) -> Assignment:
    """Return an unsaved assignment with the deadlines and the ladder of this moment."""
    frozen = deadlines.freeze(Policy.current("deadlines").content, risk=case.visit_risk, at=stamp.at)
    leads, by_desk = chosen.part == Assignment.Part.LEAD, stamp.by is not None
    rungs = ladder.freeze(Policy.current("ladder").content, risk=case.visit_risk, leads=leads, by_desk=by_desk)
    monitored = case.status == states.Case.MONITORING
    purpose = Assignment.Purpose.FOLLOW_UP if monitored else Assignment.Purpose.VISIT
    assignment = Assignment(
        case=case, person=chosen.person, part=chosen.part, purpose=purpose, assigned_by=stamp.by,
        reasons=chosen.reasons, assigned_at=stamp.at, ladder=rungs, **frozen.to_dict(),
    )  # fmt: skip
    assignment.due_at = next_rung_at(assignment)
    return assignment


def promote(second: Assignment, case: Case, *, at: dt.datetime) -> Assignment:
    """Make the second officer the lead, with a ladder that begins now; return the assignment."""
    policy = Policy.current("ladder").content
    fresh = ladder.freeze(policy, risk=case.visit_risk, leads=True, by_desk=False)
    second.part = Assignment.Part.LEAD
    seconds = int((at - second.assigned_at).total_seconds())
    second.ladder = ladder.ladder_of_new_lead(second.ladder[second.rung :], fresh, seconds=seconds)
    second.rung = 0
    second.due_at = next_rung_at(second)
    second.save(update_fields=["part", "ladder", "rung", "due_at"])
    leads = kinds.Rung(part=second.part, do="leads", who=[str(second.person_id)])
    events.record(case, leads, at=at, assignment=second)
    versions.touch(hold.team(case))
    return second


def end(
    assignment: Assignment, status: states.Assignment, *, at: dt.datetime, by: Person | None, reason: str = "",
    happened_at: dt.datetime | None = None,
) -> bool:  # fmt: skip
    """Move an assignment to a way out by compare-and-set; return whether that was still possible.

    `reason` is a code. Every end goes through here or `recall`: clocks stop, planned messages are dropped, the history
    and the phones of the team are told.
    """
    told = _way_out(status, reason)(reason=reason or None, part=assignment.part)
    return _end(assignment, status, told, Stamp(at, by, happened_at))


def recall(assignment: Assignment, stamp: Stamp, *, words: str) -> bool:
    """Take an assignment back for a reason that the desk gives in its own words; otherwise as `end`."""
    told = kinds.Recalled(reason=BY_DESK, part=assignment.part, words=words)
    return _end(assignment, Status.RECALLED, told, stamp)


def _end(assignment: Assignment, status: states.Assignment, told: kinds.WayOut, stamp: Stamp) -> bool:
    moved = Assignment.objects.filter(pk=assignment.pk, status__in=states.sources_of(status)).update(
        status=status, ended_at=stamp.at, end_reason=told.reason or "", **end_columns(assignment.case)
    )
    if not moved:
        return False
    assignment.status, assignment.ended_at, assignment.due_at = status, stamp.at, None
    notices.drop(assignment.pk, reason="ended", at=stamp.at)
    events.record(assignment.case, told, assignment=assignment, **stamp.to_dict())
    versions.touch(hold.team(assignment.case) | {assignment.person_id})
    return True


def _way_out(status: states.Assignment, reason: str) -> type[kinds.WayOut]:
    if status == Status.LAPSED and reason in (TAKEN, CASE_CHANGED):
        return kinds.StoodDown  # they were not silent, only slower
    return WAYS_OUT[status]


def take(taker: Assignment, *, at: dt.datetime) -> None:
    """Give the case, held by `hold.lock`, to the first who answers; the others lapse and are told who has it.

    No further rung is taken.
    """
    rivals = Assignment.objects.filter(case=taker.case, status=Status.ASSIGNED, part__in=ASKED).exclude(pk=taker.pk)
    for rival in rivals.select_related("person"):
        rival.case = taker.case
        end(rival, Status.LAPSED, at=at, by=None, reason=TAKEN)
    if taker.part == Assignment.Part.SECOND:
        taker.part = Assignment.Part.LEAD
        taker.save(update_fields=["part"])
    notices.drop(taker.pk, reason="answered", at=at)


def cancel_follow_up(case: Case, *, at: dt.datetime, by: Person | None = None) -> bool:
    """Recall unanswered follow-ups of a case (held by `hold.lock`) that is dangerous again; return whether any were.

    One that was answered becomes an ordinary visit; its person is told with the other changes.
    """
    looks = Assignment.objects.filter(case=case, purpose=Assignment.Purpose.FOLLOW_UP)
    looks.filter(status__in=states.OPEN_ASSIGNMENT).exclude(status=Status.ASSIGNED).update(
        purpose=Assignment.Purpose.VISIT
    )
    unanswered = list(looks.filter(status=Status.ASSIGNED).select_related("person"))
    for look in unanswered:
        look.case = case
        end(look, Status.RECALLED, at=at, by=by, reason=CASE_CHANGED)
    return bool(unanswered)


def lapse_if_slower(held: Assignment, case: Case, *, at: dt.datetime, by: Person | None = None) -> bool:
    """Let an unanswered assignment lapse when its ladder is slower than that of the case's level now.

    Returns whether it did. The case is held by `hold.lock`. What a desk chose stays.
    """
    if held.status != Status.ASSIGNED or held.assigned_by_id is not None:
        return False
    fresh = ladder.freeze(Policy.current("ladder").content, risk=case.visit_risk, leads=True, by_desk=False)
    if ladder.ends_after(held.ladder) <= ladder.ends_after(fresh):
        return False
    held.case = case
    return end(held, Status.LAPSED, at=at, by=by, reason=CASE_CHANGED)


def end_columns(case: Case) -> dict[str, Any]:
    """Return the columns that every end of an assignment sets: no clock, and the case's level and scam type by then."""
    return {"risk_at_end": case.risk, "scam_type_at_end": case.scam_type, **NOTHING_DUE}


def next_rung_at(assignment: Assignment) -> dt.datetime | None:
    """Return when the next rung of an unanswered assignment is due; after the last, a lead's `arrive_by`, else None."""
    place = ladder.next_rung(assignment.ladder, assignment.rung, shown=assignment.shown_at is not None)
    if place is None:
        return assignment.arrive_by if assignment.part == Assignment.Part.LEAD else None
    return assignment.assigned_at + dt.timedelta(seconds=assignment.ladder[place]["after"])


def check_may_lead(person: Person, case: Case) -> None:
    """Raise Problem when this person may not lead this visit: a high-risk one needs a police officer."""
    if not roles.may_lead(person.role, case.risk):
        text = _("A high-risk visit needs a police officer; %(name)s may accompany.") % {"name": person.name}
        raise Problem("may_not_lead", text, errors=[{"field": "person", "code": "may_not_lead", "reason": text}])
