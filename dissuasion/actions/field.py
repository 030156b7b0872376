"""Takes acts from phones: each is kept once under its UUID, applied by compare-and-set, and answered by a receipt.

A fact from the field is never refused: at most it is flagged, or held until somebody can say what it belongs to.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError

from accounts import people
from accounts.models import Person
from config.lib.geo import distance_m
from config.lib.problems import field_errors
from dissuasion import access, events, grading, notify, payloads, states, words
from dissuasion.actions import dispatch
from dissuasion.actions.visit import record_visit
from dissuasion.models import Act, Assignment, Case, CaseEvent, CheckIn

Event, Verdict, Status = CaseEvent.Kind, Act.Verdict, states.Assignment
APART = dt.timedelta(minutes=5)  # clocks or arrival further apart than this are flagged (promises.md C)
# No phone's clock stands outside these years; a forged time beyond them must not break the arithmetic on it.
EARLIEST, LATEST = dt.datetime(1960, 1, 1, tzinfo=dt.UTC), dt.datetime(2200, 1, 1, tzinfo=dt.UTC)
ENDED = {Status.RECALLED: "after_recall", Status.LAPSED: "after_lapse", Status.DECLINED: "after_decline",
         Status.CLEARED: "after_clear"}  # fmt: skip
# These flags mean that two people's truths meet: the desk and everybody on the case must know.
NEEDS_DESK = frozenset({*ENDED.values(), "after_close", "second_record"}) - {"after_decline"}


@dataclass(frozen=True)
class ActIn:
    """An act as the phone sent it; `happened_at` by the phone's clock, `clock_offset_ms` added gives the server's."""

    uuid: UUID
    kind: str
    assignment: UUID | None
    happened_at: dt.datetime
    clock_offset_ms: int
    device: str
    seq: int
    payload: Any

    def body(self) -> dict[str, Any]:
        """Return the act as it is kept and compared."""
        return {
            "kind": self.kind,
            "assignment": str(self.assignment) if self.assignment else None,
            "happened_at": self.happened_at.isoformat(),
            "clock_offset_ms": self.clock_offset_ms,
            "device": self.device,
            "seq": self.seq,
            "payload": self.payload,
        }


class Refused(Exception):
    """A request (never a fact) that can't be granted any more, with its code."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code, self.detail = code, detail


def take(person: Person, act: ActIn, *, at: dt.datetime) -> dict[str, Any]:
    """Keep and apply one act of `person`; return its receipt. The same act again gets the first receipt."""
    body = act.body()
    canonical = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    digest = hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()
    try:
        with transaction.atomic():
            return _take_new(person, act, body=body, digest=digest, at=at)
    except IntegrityError:
        kept = Act.objects.filter(pk=act.uuid).first()
        if kept is None:
            raise
    return _repeated(kept, person, digest)


def _repeated(kept: Act, person: Person, digest: str) -> dict[str, Any]:
    if kept.person_id != person.pk or kept.body_hash != digest:
        text = _("This UUID was used before for something else.")
        return {
            "uuid": str(kept.pk),
            "verdict": "refused",
            "code": "uuid_reused",
            "status": 409,
            "detail": text,
        }
    verdict = "already_applied" if kept.verdict == Verdict.APPLIED else kept.verdict
    return kept.receipt | {"verdict": verdict, "repeated": True}


def _take_new(person: Person, act: ActIn, *, body: dict[str, Any], digest: str, at: dt.datetime) -> dict[str, Any]:
    happened_at, flags = _when(act, at)
    kept = Act(
        uuid=act.uuid, person=person, kind=act.kind, happened_at=happened_at, received_at=at,
        clock_offset_ms=act.clock_offset_ms, device=act.device, seq=act.seq, body=body, body_hash=digest,
        verdict=Verdict.APPLIED,
    )  # fmt: skip
    # First of all the UUID is taken: a twin of this act waits here and then reads the first receipt.
    kept.save(force_insert=True)
    extra: dict[str, Any] = {}
    assignment = access.assignment_of(person, act.assignment) if act.assignment else None
    if assignment is None:
        kept.verdict, extra = Verdict.HELD, {"code": "assignment_unknown"}
    else:
        kept.assignment = assignment
        extra = _apply(kept, assignment, act.payload, flags, at=at)
    kept.flags = flags
    kept.receipt = _receipt(kept, flags, at) | extra
    kept.save(update_fields=["assignment", "verdict", "flags", "receipt"])
    return kept.receipt


def _when(act: ActIn, at: dt.datetime) -> tuple[dt.datetime, list[str]]:
    """Return when the act happened by the server's clock, and the flags of the two clocks."""
    flags = []
    offset = dt.timedelta(milliseconds=act.clock_offset_ms)
    happened_at = min(max(act.happened_at, EARLIEST), LATEST) + offset
    if abs(offset) > APART:
        flags.append("clock_off")
    if happened_at > at + APART:
        flags.append("clock_ahead")
    elif at - happened_at > APART:
        flags.append("late")
    return min(happened_at, at), flags


def _receipt(kept: Act, flags: list[str], at: dt.datetime) -> dict[str, Any]:
    return {
        "uuid": str(kept.pk),
        "verdict": kept.verdict,
        "flags": [{"code": flag, "text": words.sentence(flag)} for flag in flags],
        "received_at": at.isoformat(),
    }


def _apply(kept: Act, assignment: Assignment, payload: Any, flags: list[str], *, at: dt.datetime) -> dict[str, Any]:
    """Apply an act to its assignment; set its verdict, add its flags, return what else the receipt says."""
    case = dispatch.lock(assignment.case_id)
    assignment.refresh_from_db(fields=["status", "shown_at", "due_at", "part"])
    assignment.case = case
    try:
        read = payloads.read(kept.kind, payload)
    except ValidationError as error:
        kept.verdict = Verdict.HELD
        _tell_desk(kept, case, ["payload_unreadable"], at=at)
        return {"code": "payload_unreadable", "errors": _places(error)}
    try:
        extra = HANDLERS[kept.kind](kept, case, assignment, read, flags, at)
    except Refused as refusal:
        kept.verdict = Verdict.REFUSED
        return {"code": refusal.code, "detail": refusal.detail}
    if flags:
        kept.verdict = Verdict.FLAGGED
        _tell_desk(kept, case, [flag for flag in flags if flag in NEEDS_DESK], at=at)
    return extra or {}


def _places(error: ValidationError) -> list[dict[str, Any]]:
    """Return the faults of a payload; a reason may quote a NUL, which PostgreSQL's JSON does not keep."""
    return [fault | {"reason": fault["reason"].replace("\x00", "?")} for fault in field_errors(error.detail)]


def _tell_desk(kept: Act, case: Case, flags: list[str], *, at: dt.datetime) -> None:
    if not flags:
        return
    events.record(
        case, Event.FLAGGED, at=at, happened_at=kept.happened_at, by=kept.person, assignment=kept.assignment,
        flags=flags, act=str(kept.pk), act_kind=kept.kind,
    )  # fmt: skip
    if case.attention in ("", Case.Attention.SHORTFALL):
        case.attention = Case.Attention.FLAGGED
        case.save(update_fields=["attention"])
    notify.touch(dispatch.team(case) | {kept.person_id})


def _advance(
    kept: Act,
    assignment: Assignment,
    to: states.Assignment,
    flags: list[str],
    at: dt.datetime,
    **columns: Any,
) -> bool:
    """Move the assignment forward by compare-and-set and tell the team; flag an act that no longer can."""
    moved = Assignment.objects.filter(pk=assignment.pk, status__in=states.sources_of(to)).update(status=to, **columns)
    if not moved:
        _flag_unmoved(assignment, to, flags)
    else:
        assignment.status = to
        _answered(assignment)
        notify.touch(dispatch.team(assignment.case))
    return bool(moved)


def _answered(assignment: Assignment) -> None:
    """The person whom the chief chose has answered after all: the desk need not look any more."""
    case = assignment.case
    if assignment.part == Assignment.Part.LEAD and case.attention == Case.Attention.UNANSWERED:
        case.attention = Case.Attention.NONE
        case.save(update_fields=["attention"])


def _flag_unmoved(assignment: Assignment, to: states.Assignment, flags: list[str]) -> None:
    if assignment.status in ENDED:
        closed = assignment.case.status == states.Case.CLOSED
        flags.append("after_close" if closed else ENDED[Status(assignment.status)])
    elif states.is_past(assignment.status, to):
        flags.append("out_of_order")


def _record(kept: Act, case: Case, kind: CaseEvent.Kind, at: dt.datetime, **data: Any) -> None:
    part = kept.assignment.part if kept.assignment else ""
    events.record(
        case,
        kind,
        at=at,
        happened_at=kept.happened_at,
        by=kept.person,
        assignment=kept.assignment,
        part=part,
        **data,
    )


def _shown(kept: Act, case: Case, assignment: Assignment, read: Any, flags: list[str], at: dt.datetime) -> None:
    first = Assignment.objects.filter(pk=assignment.pk, shown_at=None).update(shown_at=kept.happened_at)
    if first:
        _record(kept, case, Event.SHOWN, at)


def _acknowledge(
    kept: Act, case: Case, assignment: Assignment, read: Any, flags: list[str], at: dt.datetime
) -> dict[str, Any] | None:
    columns = {"acknowledged_at": kept.happened_at, "due_at": _next_clock(assignment, Status.ACKNOWLEDGED)}
    if _advance(kept, assignment, Status.ACKNOWLEDGED, flags, at, **columns):
        _record(kept, case, Event.ACKNOWLEDGED, at)
        return None
    held = dispatch.holder(case)
    return {"holder": held.person.name} if held and held.person_id != kept.person_id else None


def _decline(kept: Act, case: Case, assignment: Assignment, read: Any, flags: list[str], at: dt.datetime) -> None:
    if not dispatch.end(
        assignment,
        Status.DECLINED,
        at=at,
        by=kept.person,
        reason=read["reason"],
        happened_at=kept.happened_at,
    ):
        raise Refused("too_late", _("You hold this case already, or it has gone to somebody else. Tell your desk."))
    if assignment.part == Assignment.Part.LEAD and case.status == states.Case.OPEN and case.due_way == "visit":
        dispatch.pass_on(case, at=at)


def _depart(kept: Act, case: Case, assignment: Assignment, read: Any, flags: list[str], at: dt.datetime) -> None:
    _note_position(kept, read.get("position"))
    columns = {"departed_at": kept.happened_at, "due_at": _next_clock(assignment, Status.EN_ROUTE)}
    if _advance(kept, assignment, Status.EN_ROUTE, flags, at, **columns):
        _record(kept, case, Event.DEPARTED, at)


def _arrive(
    kept: Act, case: Case, assignment: Assignment, read: Any, flags: list[str], at: dt.datetime
) -> dict[str, Any]:
    position = read.get("position") or {}
    here = (position["lat"], position["lon"]) if position else None
    metres = distance_m(here, case.place) if here and case.place else None
    graded = grading.grade(
        distance_m=metres, accuracy_m=position.get("accuracy_m"), age_s=position.get("age_s"),
        address_known=case.place is not None,
    )  # fmt: skip
    CheckIn.objects.create(
        act=kept, assignment=assignment, at=kept.happened_at, distance_m=metres, grade=graded.letter,
        reasons=list(graded.reasons), manual_reason=read.get("manual_reason", ""), **position,
    )  # fmt: skip
    _note_position(kept, position)
    columns = {"arrived_at": kept.happened_at, "due_at": _next_clock(assignment, Status.ON_SCENE)}
    if _advance(kept, assignment, Status.ON_SCENE, flags, at, **columns):
        _record(kept, case, Event.ARRIVED, at, grade=graded.letter)
    reasons = words.spelled([{"code": code} for code in graded.reasons])
    return {
        "grade": graded.letter,
        "distance_m": None if metres is None else round(metres, 1),
        "reasons": reasons,
    }


def _visit(kept: Act, case: Case, assignment: Assignment, read: Any, flags: list[str], at: dt.datetime) -> None:
    still_open = assignment.is_open
    if not still_open:
        _flag_unmoved(assignment, Status.CLEARED, flags)
    flags += record_visit(kept, case, assignment, payload=read, still_open=still_open, at=at)


def _note(kept: Act, case: Case, assignment: Assignment, read: Any, flags: list[str], at: dt.datetime) -> None:
    # The words stay sealed in the act: the history holds codes only.
    _record(kept, case, Event.NOTED, at, act=str(kept.pk))


def _next_clock(assignment: Assignment, reached: states.Assignment) -> dt.datetime | None:
    """Return the next deadline of a lead once a step is reached; a companion has none."""
    if assignment.part != Assignment.Part.LEAD:
        return None
    return assignment.record_by if reached == Status.ON_SCENE else assignment.arrive_by


def _note_position(kept: Act, position: dict[str, Any] | None) -> None:
    if position:
        place = {key: position[key] for key in ("lat", "lon", "accuracy_m")}
        taken_at = kept.happened_at - dt.timedelta(seconds=position["age_s"])
        people.seen_at_place(kept.person, at=kept.received_at, position_at=taken_at, **place)


HANDLERS: dict[str, Callable[..., dict[str, Any] | None]] = {
    "receipt": _shown,
    "acknowledge": _acknowledge,
    "decline": _decline,
    "depart": _depart,
    "arrive": _arrive,
    "visit": _visit,
    "note": _note,
}
