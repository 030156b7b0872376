"""Takes acts from phones: each is kept once under its UUID, applied by compare-and-set, and answered by a receipt.

A fact from the field is never refused: at most it is flagged, or held until somebody can say what it belongs to.
"""

import datetime as dt
import hashlib
import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError

from accounts.models import Person
from config.lib.problems import field_errors
from dissuasion import access, events, notify, payloads, words
from dissuasion.actions import dispatch
from dissuasion.actions.steps import ENDED, STEPS, Refused, Step
from dissuasion.models import Act, Assignment, Case, CaseEvent

Event, Verdict = CaseEvent.Kind, Act.Verdict
APART = dt.timedelta(minutes=5)  # clocks or arrival further apart than this are flagged (promises.md C)
# No phone's clock stands outside these years; a forged time beyond them must not break the arithmetic on it.
EARLIEST, LATEST = dt.datetime(1960, 1, 1, tzinfo=dt.UTC), dt.datetime(2200, 1, 1, tzinfo=dt.UTC)
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


def take(person: Person, act: ActIn, *, at: dt.datetime) -> dict[str, Any]:
    """Keep and apply one act of `person`; return its receipt. The same act again gets the first receipt."""
    body = act.body()
    canonical = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    digest = hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()
    try:
        with notify.one_change():
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
    case = assignment.case
    try:
        read = payloads.read(kept.kind, payload)
    except ValidationError as error:
        kept.verdict = Verdict.HELD
        _tell_desk(kept, case, ["payload_unreadable"], at=at)
        return {"code": "payload_unreadable", "errors": _places(error)}
    try:
        extra = STEPS[kept.kind](Step(kept, case, assignment, read, at, flags))
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
