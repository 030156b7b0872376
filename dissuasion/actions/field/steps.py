"""What each act from the field does to its assignment: compare-and-set forward, history, flags (现场各步)."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts import people
from config.lib.geo import distance_m
from dissuasion.actions.case import attention, ladder, visits
from dissuasion.actions.dispatch import assignments, hold
from dissuasion.actions.field import corrections, evidence, history, safety
from dissuasion.actions.field.receipts import StepAnswer
from dissuasion.actions.field.visits import record_visit
from dissuasion.actions.messages import notices
from dissuasion.models import Act, Assignment, Case, CheckIn, Delivery, Visit
from dissuasion.rules import clocks, grading, states, words
from dissuasion.telling import kinds, versions

Status = states.Assignment
ENDED = {
    Status.RECALLED: "after_recall",
    Status.LAPSED: "after_lapse",
    Status.DECLINED: "after_decline",
    Status.CLEARED: "after_clear",
}


class Refused(Exception):
    """A request (never a fact) that can no longer be granted, with its code."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code, self.detail = code, detail


class Unplaced(Exception):
    """A fact that can't be placed yet: it is held under this code."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass
class Step:
    """One act that is applied to an assignment whose case is held; `flags` collects what people must know of it."""

    act: Act
    case: Case
    assignment: Assignment
    read: dict[str, Any]
    at: dt.datetime
    flags: list[str] = field(default_factory=list)

    @property
    def part(self) -> str:
        """Which part of the case the person has: lead, second, companion."""
        return self.assignment.part

    def record(self, data: kinds.EventData) -> None:
        """Append the step to the history."""
        history.record(self.act, self.case, self.assignment, data, at=self.at)

    def advance(self, to: states.Assignment, **columns: Any) -> bool:
        """Move the assignment forward by compare-and-set and tell the team; flag an act that no longer can."""
        assignment = self.assignment
        self.answer_by_acting()
        movable = Assignment.objects.filter(pk=assignment.pk, status__in=states.sources_of(to))
        if not movable.update(status=to, due_at=self.next_clock(to), push_due_at=None, **columns):
            self.flag_unmoved(to)
            return "out_of_order" in self.flags and self._fill(columns)
        assignment.status = to
        for column, value in columns.items():
            setattr(assignment, column, value)
        self.clear_desk_question(assignment)
        versions.touch(hold.team(self.case))
        return True

    def clear_desk_question(self, lead: Assignment) -> None:
        """Clear the desk's question that nobody answered or somebody is late, once the lead has acted; it stays while
        another deadline of theirs has passed."""
        asked = (Case.Attention.UNANSWERED, Case.Attention.OVERDUE)
        if lead.part != Assignment.Part.LEAD or lead.status == Status.ASSIGNED or self.case.attention not in asked:
            return
        lead.case = self.case
        now = clocks.running(lead)
        if self.case.attention == Case.Attention.OVERDUE and now is not None and now.by <= self.at:
            return
        attention.answer(self.case)

    def answer_by_acting(self) -> None:
        """Give the case to a person who acts on an unanswered assignment: any step counts as an answer."""
        if self.assignment.status == Status.ASSIGNED and self.assignment.part in assignments.ASKED:
            self.assignment.case = self.case
            assignments.take(self.assignment, at=self.at)

    def _fill(self, columns: dict[str, Any]) -> bool:
        """Save the time of a step that came in after a later one; return whether it was not known yet."""
        empty = {f"{name}__isnull": True for name in columns}
        filled = Assignment.objects.filter(pk=self.assignment.pk, **empty).update(**columns)
        return filled > 0

    def flag_unmoved(self, to: states.Assignment) -> None:
        """Flag why an assignment could not move: it has ended, or is further already."""
        if to != Status.CLEARED and states.is_past(self.assignment.status, to):
            self.flags.append("out_of_order")
        elif self.assignment.status in ENDED:
            closed = self.case.status == states.Case.CLOSED
            self.flags.append("after_close" if closed else ENDED[Status(self.assignment.status)])

    def next_clock(self, reached: states.Assignment) -> dt.datetime | None:
        """Return the next deadline of a lead once a step is reached; a companion has none."""
        if self.assignment.part != Assignment.Part.LEAD:
            return None
        self.assignment.case = self.case
        return clocks.next_look(self.assignment, status=reached, at=self.at)

    def want_photos(self, photos: list[dict[str, Any]] | None) -> StepAnswer:
        """Note which photos follow; return what the receipt says of them."""
        if not photos:
            return {}
        listed, flags = evidence.list_files(self.act, photos, at=self.at)
        self.flags += flags
        return {"photos": listed}

    def note_position(self, position: dict[str, Any] | None) -> None:
        """Keep where the person's phone was, for the next dispatch."""
        if position:
            place = {key: position[key] for key in ("lat", "lon", "accuracy_m")}
            taken_at = self.act.happened_at - dt.timedelta(seconds=position["age_s"])
            people.save_position(self.act.person, at=self.act.received_at, position_at=taken_at, **place)


def taken_over(step: Step) -> StepAnswer:
    """Return who else has the case now, and since when: not before this person's own part of it ended."""
    held = hold.holder(step.case)
    if held is None or held.person_id == step.act.person_id:
        return {}
    since = max(held.assigned_at, step.assignment.ended_at or held.assigned_at)
    return {"holder": held.person.name, "holder_since": since.isoformat()}


def shown(step: Step) -> None:
    """Record that the phone has shown the card; only the first receipt counts."""
    unseen = Assignment.objects.filter(pk=step.assignment.pk, shown_at=None)
    if not unseen.update(shown_at=step.act.happened_at, push_due_at=None):
        return
    step.assignment.shown_at = step.act.happened_at
    # Messages to a superior that nobody answers still go: shown is not answered.
    notices.drop(step.assignment.pk, reason="shown", at=step.at, purpose=Delivery.Purpose.VISIT)
    if step.assignment.status == Status.ASSIGNED:
        # No other channel to this person is tried; the rungs that bring in somebody else go on.
        Assignment.objects.filter(pk=step.assignment.pk).update(due_at=assignments.next_rung_at(step.assignment))
    step.record(kinds.Shown(part=step.part))


def acknowledge(step: Step) -> None:
    """Take the assignment."""
    if step.advance(Status.ACKNOWLEDGED, acknowledged_at=step.act.happened_at):
        step.record(kinds.Acknowledged(part=step.part))


def decline(step: Step) -> None:
    """Decline the assignment with a reason: the only request among the acts, refused once it was taken or has ended."""
    details = {"by": step.act.person, "reason": step.read["reason"], "happened_at": step.act.happened_at}
    if not assignments.end(step.assignment, Status.DECLINED, at=step.at, **details):
        raise Refused("too_late", _("You hold this case already, or it has gone to somebody else. Tell the desk."))
    waits = step.case.status == states.Case.OPEN and step.case.wants_visit
    if step.assignment.part == Assignment.Part.LEAD and waits:
        visits.pass_on(step.case, at=step.at)
    elif step.assignment.part == Assignment.Part.SECOND and waits:
        ladder.ask_second(step.assignment, step.case, step.at)


def depart(step: Step) -> None:
    """Set out."""
    step.note_position(step.read.get("position"))
    if step.advance(Status.EN_ROUTE, departed_at=step.act.happened_at):
        step.record(kinds.Departed(part=step.part))


def contact(step: Step) -> None:
    """Record whether the resident answered the telephone; the first contact counts for the whole team."""
    if not step.assignment.is_open:
        step.flag_unmoved(Status.CLEARED)
    reached = step.read["reached"]
    step.record(kinds.Contacted(part=step.part, reached=reached))
    if not reached:
        return
    mine = Q(pk=step.assignment.pk)
    if step.assignment.is_open:
        mine |= Q(case=step.case, status__in=states.OPEN_ASSIGNMENT)
    first = Assignment.objects.filter(mine, contacted_at=None).update(contacted_at=step.act.happened_at)
    if not first:
        return
    lead = hold.holder(step.case)
    if lead is not None:
        step.clear_desk_question(lead)
    versions.touch(hold.team(step.case))


def arrive(step: Step) -> StepAnswer:
    """Check in: measure the geodesic distance to the address in metres and grade it; no grade blocks anything."""
    position = step.read.get("position") or {}
    place = step.case.place
    metres = None
    if position and place:
        metres = distance_m((position["lat"], position["lon"]), place)
    fix = {"accuracy_m": position.get("accuracy_m"), "age_s": position.get("age_s")}
    graded = grading.grade(distance_m=metres, address_known=place is not None, **fix)
    CheckIn.objects.create(
        act=step.act, assignment=step.assignment, at=step.act.happened_at, distance_m=metres, grade=graded.letter,
        reasons=list(graded.reasons), manual_reason=step.read.get("manual_reason", ""),
        companion=step.read.get("companion", False), **position,
    )  # fmt: skip
    step.note_position(position)
    if step.advance(Status.ON_SCENE, arrived_at=step.act.happened_at):
        step.record(kinds.Arrived(part=step.part, grade=graded.letter))
        safety.start_clock(step.assignment, happened_at=step.act.happened_at, at=step.at)
    reasons = words.with_text([{"code": code} for code in graded.reasons])
    metres = None if metres is None else round(metres, 1)
    return {
        "grade": graded.letter, "distance_m": metres, "reasons": reasons, **step.want_photos(step.read.get("photos")),
    }  # fmt: skip


def visit(step: Step) -> StepAnswer:
    """Record the visit; what it leads to is decided in actions/case."""
    still_open = step.assignment.is_open
    if still_open:
        step.answer_by_acting()
    else:
        step.flag_unmoved(Status.CLEARED)
    step.flags += record_visit(
        step.act, step.case, step.assignment, payload=step.read, still_open=still_open, at=step.at
    )
    return step.want_photos(step.read.get("photos"))


def correct(step: Step) -> StepAnswer:
    """Correct a record of one's own, with the reason, also long after it was cleared; raise Unplaced for no record."""
    mine = Visit.objects.filter(pk=step.read["corrects"], person=step.act.person, assignment=step.assignment)
    old = mine.select_related("assignment").first()
    if old is None:
        raise Unplaced("record_unknown")
    old.assignment.case = step.case
    step.flags += corrections.correct(step.act, step.case, old, payload=step.read, at=step.at)
    return step.want_photos(step.read["record"].get("photos"))


def all_right(step: Step) -> None:
    """Say that all is right on scene."""
    safety.all_right(step.act, step.case, step.assignment, at=step.at)


def ask_help(step: Step) -> None:
    """Ask for help."""
    safety.ask_help(step.act, step.case, step.assignment, at=step.at)


def resolve(step: Step) -> None:
    """Record the officer's answer about an act that needed one, for the desk."""
    step.record(kinds.Resolved(part=step.part, act=str(step.read["act"]), choice=step.read["choice"]))


def note(step: Step) -> None:
    """Record that there is a note: its words stay sealed in the act, the history holds codes only."""
    step.record(kinds.Noted(part=step.part, act=str(step.act.pk)))


def undone(step: Step) -> None:
    """Do nothing: this act fills the sequence number of one that was taken back before it was sent."""


STEPS: dict[str, Callable[[Step], StepAnswer | None]] = {
    "receipt": shown,
    "acknowledge": acknowledge,
    "decline": decline,
    "depart": depart,
    "contact": contact,
    "arrive": arrive,
    "visit": visit,
    "note": note,
    "correction": correct,
    "all_right": all_right,
    "help": ask_help,
    "resolve": resolve,
    "undone": undone,
}
