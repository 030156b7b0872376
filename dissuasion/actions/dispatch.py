"""Gives cases to people (派单): the machine's choice for high risk, a chief's choice always."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import roles
from accounts.models import Person
from config.lib.problems import Problem
from dissuasion import deadlines, events, ladder, matching, notify, states
from dissuasion.actions import delivery
from dissuasion.models import Assignment, Case, CaseEvent, Delivery, Policy
from dissuasion.ranking import Candidate

Event = CaseEvent.Kind
Status = states.Assignment
# How soon the machine looks again when nobody could go.
LOOK_AGAIN, LOOK_AGAIN_CALMLY = dt.timedelta(seconds=20), dt.timedelta(minutes=5)


def lock(case_id: UUID) -> Case:
    """Return the case, held until the transaction ends: whoever writes a case or its assignments holds it first."""
    return Case.objects.select_for_update().get(pk=case_id)


def lock_if_free(case_id: UUID) -> Case | None:
    """Return the case, held, or None while somebody else holds it: a watcher has others to look after meanwhile."""
    return Case.objects.select_for_update(skip_locked=True).filter(pk=case_id).first()


def holder(case: Case) -> Assignment | None:
    """Return the open lead assignment of a case."""
    held = Assignment.objects.filter(case=case, part="lead", status__in=states.OPEN_ASSIGNMENT)
    return held.select_related("person").first()


# Whatever ends an assignment stops its clocks.
NOTHING_DUE: dict[str, None] = {"due_at": None, "safety_due_at": None, "push_due_at": None}


def as_it_ends(case: Case) -> dict[str, Any]:
    """Return the columns that every end of an assignment sets: no clock runs on, and the case is kept as it stood."""
    return {"risk_at_end": case.risk, "scam_type_at_end": case.scam_type, **NOTHING_DUE}


# Those who ring until one of them takes the case, and how it ends for the others.
ASKED = (Assignment.Part.LEAD, Assignment.Part.SECOND)
TAKEN, CASE_CHANGED = "taken", "case_changed"
# What a clock asks of the desk gives way to what a person must decide: that is never overwritten.
ASKED_BY_CLOCK = (
    "", Case.Attention.SHORTFALL, Case.Attention.UNANSWERED, Case.Attention.OVERDUE, Case.Attention.NO_MESSAGES,
)  # fmt: skip


def ask_desk(case: Case, attention: Case.Attention) -> None:
    """Put a case before its desk; a question that only a person can answer stays in front."""
    if case.attention in ASKED_BY_CLOCK and case.attention != attention:
        case.attention = attention
        case.save(update_fields=["attention"])


@notify.one_change()
def dispatch_case(case_id: UUID, *, at: dt.datetime) -> Assignment | None:
    """Give a waiting high-risk case to the best person; return the assignment, or None when there is none to make.

    Nobody can go: the shortfall and its reasons stand on the desk, and the machine looks again shortly.
    """
    ground = Case.objects.select_related("resident__household", "unit")
    case = ground.select_for_update(of=("self",), skip_locked=True).filter(pk=case_id).first()
    if case is None or case.dispatch_due_at is None or case.dispatch_due_at > at:
        return None  # held: whoever is at it may be dispatching it, and else it is still due at the next tick
    asked = list(Assignment.objects.filter(case=case).order_by("assigned_at"))
    held = any(assignment.is_open and assignment.part == Assignment.Part.LEAD for assignment in asked)
    if not (_waits_for_a_visit(case) or _is_followed_up(case, at=at)) or held:
        case.dispatch_due_at = None
        case.save(update_fields=["dispatch_due_at"])
        return None
    second = next((one for one in asked if one.is_open and one.part == Assignment.Part.SECOND), None)
    if second is not None:
        return _promote(second, case, at=at)
    found = matching.suggest(case, asked=asked, now=at)
    best = _willing(found)
    if best is None:
        recalled = [{"code": "recalled", "params": {"count": len(found.best)}}] if found.best else []
        _note_shortfall(case, found.shortfall or recalled, at=at)
        return None
    asked_again = _has(best, "asked_before")
    beside = {assignment.person_id for assignment in asked if assignment.is_open}
    made = give(case, person=best.person, by=None, at=at, reasons=best.reasons, beside=beside)
    if asked_again:  # nobody else is left: the machine goes on asking, and the desk must know that it does
        ask_desk(case, Case.Attention.UNANSWERED)
    return made


def _waits_for_a_visit(case: Case) -> bool:
    return case.status == states.Case.OPEN and case.wants_visit


def _is_followed_up(case: Case, *, at: dt.datetime) -> bool:
    """Whether the day has come on which a monitored case is looked at again."""
    day = case.follow_up_on
    return case.status == states.Case.MONITORING and day is not None and day <= timezone.localdate(at)


def next_in_line(case: Case, *, at: dt.datetime) -> Candidate | None:
    """Return the best person who is not asked already."""
    return _willing(matching.suggest(case, now=at))


def _willing(found: matching.Suggestions) -> Candidate | None:
    """Return the best whom the machine may send: whom the desk took off the case only the desk sends again."""
    return next((candidate for candidate in found.best if not _has(candidate, "recalled")), None)


def _promote(second: Assignment, case: Case, *, at: dt.datetime) -> Assignment:
    """Let whoever was asked as well lead from now on, with a ladder that begins now."""
    policy = Policy.current("ladder").content
    fresh = ladder.freeze(policy, risk=case.visit_risk, leads=True, by_desk=False)
    second.part = Assignment.Part.LEAD
    seconds = int((at - second.assigned_at).total_seconds())
    second.ladder = ladder.promoted(second.ladder[second.rung :], fresh, seconds=seconds)
    second.rung = 0
    second.due_at = next_rung_at(second)
    second.save(update_fields=["part", "ladder", "rung", "due_at"])
    case.shortfall, case.dispatch_due_at = [], None
    case.save(update_fields=["shortfall", "dispatch_due_at"])
    events.record(case, Event.RUNG, at=at, assignment=second, part=second.part, do="leads", who=[str(second.person_id)])
    notify.touch(team(case))
    return second


def next_rung_at(assignment: Assignment) -> dt.datetime | None:
    """Return when the next rung of an unanswered assignment is due, at its end the door; None for a companion."""
    place = ladder.next_rung(assignment.ladder, assignment.rung, shown=assignment.shown_at is not None)
    if place is None:
        return assignment.arrive_by if assignment.part == Assignment.Part.LEAD else None
    return assignment.assigned_at + dt.timedelta(seconds=assignment.ladder[place]["after"])


def is_urgent(assignment: Assignment, case: Case) -> bool:
    """Whether somebody must ring while somebody is on the way: a first visit of high risk, to whom has a telephone."""
    return case.risk == "high" and assignment.purpose == Assignment.Purpose.VISIT and bool(case.resident.phone)


def _has(candidate: Candidate, code: str) -> bool:
    return any(reason["code"] == code for reason in candidate.reasons)


def _note_shortfall(case: Case, reasons: list[dict[str, Any]], *, at: dt.datetime) -> None:
    urgent = case.visit_risk == "high"
    if urgent and not case.shortfall:  # once a while: the board shows how it goes on
        delivery.tell_chief(case, purpose=Delivery.Purpose.SHORTFALL, at=at)
        delivery.tell_county(case, purpose=Delivery.Purpose.SHORTFALL, at=at)
    if case.attention != Case.Attention.SHORTFALL or case.shortfall != reasons:
        events.record(case, Event.SHORTFALL, at=at, reasons=[reason["code"] for reason in reasons])
    case.shortfall, case.dispatch_due_at = reasons, at + (LOOK_AGAIN if urgent else LOOK_AGAIN_CALMLY)
    case.save(update_fields=["shortfall", "dispatch_due_at"])
    ask_desk(case, Case.Attention.SHORTFALL)


def give(
    case: Case,
    *,
    person: Person,
    by: Person | None,
    at: dt.datetime,
    reasons: list[dict[str, Any]],
    part: str = Assignment.Part.LEAD,
    beside: set[UUID] | None = None,
) -> Assignment:
    """Return the new assignment of a case held by `lock`; its deadlines are frozen now. `by` is the chief, if any.

    `beside` are the people who hold another part of it, where the caller knows them. Whoever calls has seen, behind
    the lock, that the part is free; the database's own constraints stand behind that.
    """
    frozen = deadlines.freeze(Policy.current("deadlines").content, risk=case.visit_risk, at=at)
    leads = part == Assignment.Part.LEAD
    ladder_now = Policy.current("ladder").content
    rungs = ladder.freeze(ladder_now, risk=case.visit_risk, leads=leads, by_desk=by is not None)
    monitored = case.status == states.Case.MONITORING
    purpose = Assignment.Purpose.FOLLOW_UP if monitored else Assignment.Purpose.VISIT
    assignment = Assignment(
        case=case, person=person, part=part, purpose=purpose, assigned_by=by, reasons=reasons, assigned_at=at,
        ladder=rungs, **frozen.as_fields(),
    )  # fmt: skip
    assignment.due_at = next_rung_at(assignment)
    assignment.save(force_insert=True)
    if part == Assignment.Part.LEAD:
        if by is not None or case.attention in ASKED_BY_CLOCK:
            case.attention = Case.Attention.NONE
        case.shortfall, case.dispatch_due_at = [], None
        case.save(update_fields=["attention", "shortfall", "dispatch_due_at"])
    codes = [reason["code"] for reason in reasons]
    events.record(case, Event.ASSIGNED, at=at, by=by, assignment=assignment, part=part, reasons=codes)
    notify.touch((team(case) if beside is None else beside) | {person.pk})
    return assignment


def team(case: Case) -> set[UUID]:
    """Return the ids of everybody who now holds a part of the case."""
    held = Assignment.objects.filter(case=case, status__in=states.OPEN_ASSIGNMENT)
    return set(held.values_list("person_id", flat=True))


def check_may_lead(person: Person, case: Case) -> None:
    """Raise Problem when this person may not lead this visit: a high-risk one needs a police officer."""
    if not roles.may_lead(person.role, case.risk):
        text = _("A high-risk visit needs a police officer; %(name)s may accompany.") % {"name": person.name}
        raise Problem("may_not_lead", text, errors=[{"field": "person", "code": "may_not_lead", "reason": text}])


def end(
    assignment: Assignment, status: states.Assignment, *, at: dt.datetime, by: Person | None, reason: str = "",
    happened_at: dt.datetime | None = None,
) -> bool:  # fmt: skip
    """Move an assignment to a way out by compare-and-set; return whether it was still possible. Records and tells."""
    moved = Assignment.objects.filter(pk=assignment.pk, status__in=states.sources_of(status)).update(
        status=status, ended_at=at, end_reason=reason[:40], **as_it_ends(assignment.case)
    )
    if not moved:
        return False
    assignment.status, assignment.ended_at, assignment.due_at = status, at, None
    delivery.drop(assignment.pk, reason="ended", at=at)
    kind = Event(status.value)
    if status == Status.LAPSED and reason in (TAKEN, CASE_CHANGED):
        kind = Event.STOOD_DOWN  # nobody was silent who was only slower
    events.record(
        assignment.case, kind, at=at, happened_at=happened_at, by=by, assignment=assignment, reason=reason,
        part=assignment.part,
    )  # fmt: skip
    notify.touch(team(assignment.case) | {assignment.person_id})
    return True


def cancel_follow_up(case: Case, *, at: dt.datetime, by: Person | None = None) -> bool:
    """Let go whoever should look again at a case that is dangerous once more, held by `lock`; return whether it was so.

    Whoever has answered already keeps it as an ordinary visit, and is told with everything else that changes.
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


def let_go_unanswered(held: Assignment, case: Case, *, at: dt.datetime, by: Person | None = None) -> bool:
    """Let go whoever has not answered a case, held by `lock`, that is high risk now, on the ladder of a lower level.

    Returns whether it was so. Nobody leads it yet, and that ladder is too slow. What a desk chose stays.
    """
    if held.status != Status.ASSIGNED or held.assigned_by_id is not None:
        return False
    fresh = ladder.freeze(Policy.current("ladder").content, risk=case.visit_risk, leads=True, by_desk=False)
    if ladder.ends_after(held.ladder) <= ladder.ends_after(fresh):
        return False
    held.case = case
    return end(held, Status.LAPSED, at=at, by=by, reason=CASE_CHANGED)


def take(taker: Assignment, *, at: dt.datetime) -> None:
    """Let the first of those who were asked have the case, held by `lock`; the others are let go and told who has it.

    Every later rung stops with it.
    """
    rivals = Assignment.objects.filter(case=taker.case, status=Status.ASSIGNED, part__in=ASKED).exclude(pk=taker.pk)
    for rival in rivals.select_related("person"):
        rival.case = taker.case
        end(rival, Status.LAPSED, at=at, by=None, reason=TAKEN)
    if taker.part == Assignment.Part.SECOND:
        taker.part = Assignment.Part.LEAD
        taker.save(update_fields=["part"])
    delivery.drop(taker.pk, reason="answered", at=at)


def pass_on(case: Case, *, at: dt.datetime) -> None:
    """Ask the machine for the next person, as soon as this transaction is committed, or leave it to `watch`."""
    case.dispatch_due_at = at
    case.save(update_fields=["dispatch_due_at"])
    transaction.on_commit(lambda: dispatch_case(case.pk, at=at), robust=True)
