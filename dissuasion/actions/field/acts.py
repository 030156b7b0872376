"""Takes acts from phones: each is kept once under its UUID, applied by compare-and-set, and answered by a receipt.

A fact from the field is never refused: at most it is flagged, or held until somebody can say what it belongs to.
"""

import datetime as dt
import hashlib
import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypedDict, cast
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError

from accounts.models import Person
from config.lib.http.problems import FieldFault, field_errors
from dissuasion import access
from dissuasion.actions.case import attention
from dissuasion.actions.dispatch import hold
from dissuasion.actions.field import evidence, history, payloads, retries
from dissuasion.actions.field.receipts import Receipt, StepAnswer
from dissuasion.actions.field.steps import ENDED, STEPS, Refused, Step, Unplaced, taken_over
from dissuasion.models import Act, Assignment, Case
from dissuasion.rules import words
from dissuasion.telling import kinds, versions

Verdict = Act.Verdict
APART = dt.timedelta(minutes=5)  # clocks or arrival further apart than this are flagged (promises.md C)
# A time outside these years is set to the nearest of them: a forged one must not break the arithmetic.
EARLIEST, LATEST = dt.datetime(1960, 1, 1, tzinfo=dt.UTC), dt.datetime(2200, 1, 1, tzinfo=dt.UTC)
# Flags that the desk and everybody on the case must know of; most mean that two people contradict each other.
NEEDS_DESK = frozenset({
    "after_clear", "after_close", "after_lapse", "after_recall", "decided_meanwhile", "handed_over", "photo_differs",
    "position_unreadable", "second_record", "taken_up",
})  # fmt: skip
# Of these the desk is only told: there is nothing to decide.
TOLD_ONLY = frozenset({"handed_over", "taken_up", "photo_differs", "position_unreadable"})
# Flags of what came when its author's part had ended: the receipt says who has the case now.
CAME_LATE = frozenset({*ENDED.values(), "after_close", "second_record"})
# Kinds that may belong to no case: an act that was taken back, and the answer about an act that was not kept.
OF_NO_CASE = ("resolve", "undone")
# The field in which an act names the earlier act that it is about.
SPEAKS_OF = {"correction": "corrects", "resolve": "act"}


class Arrival(StrEnum):
    """How an act comes to be settled."""

    NEW = "new"
    DOUBTED = "doubted"  # new, but its phone may no longer be its author's
    AGAIN = "again"  # held before: the desk knows of it
    TRUSTED = "trusted"  # held before, and a person has looked at it: its author need not be active any more


class ActRecord(TypedDict):
    """An act as it is kept and compared."""

    kind: str
    assignment: str | None
    happened_at: str
    clock_offset_ms: int
    device: str
    seq: int
    payload: Any


# Codes under which an act is kept but not applied, until it can be placed.
HELD_CODES = (*retries.RETRIES, "payload_unreadable", "quarantined")


@dataclass(frozen=True)
class ActIn:
    """An act as the phone sent it; `happened_at` is by the phone's clock, plus `clock_offset_ms` by the server's."""

    uuid: UUID
    kind: str
    assignment: UUID | None
    happened_at: dt.datetime
    clock_offset_ms: int
    device: str
    seq: int
    payload: Any

    def to_dict(self) -> ActRecord:
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


def take(
    person: Person, act: ActIn, *, at: dt.datetime, carrier: Person | None = None, arrival: Arrival = Arrival.NEW,
    waits_s: float | None = None,
) -> Receipt:  # fmt: skip
    """Keep and apply one act of `person`; return its receipt. The same act again gets the first receipt.

    `carrier` is who brought it when the author's own phone could not send it; a doubted `arrival` is held.
    It waits for locks at most `waits_s` seconds, then raises OperationalError.
    """
    kept = _kept(person, act, at=at, carrier=carrier)
    try:
        with versions.one_change(waits_s=waits_s):
            return _take_new(kept, at=at, arrival=arrival)
    except IntegrityError:
        first = Act.objects.filter(pk=act.uuid).first()
        if first is None:
            raise
    return _repeated(first, person, kept.body_hash)


def _kept(person: Person, act: ActIn, *, at: dt.datetime, carrier: Person | None) -> Act:
    """Return the unsaved act, word for word, with the flags of its two clocks."""
    body = act.to_dict()
    happened_at, flags = _when(act, at)
    if carrier is not None:
        flags.append("handed_over")
    return Act(
        uuid=act.uuid, person=person, kind=act.kind, happened_at=happened_at, received_at=at,
        clock_offset_ms=act.clock_offset_ms, device=act.device, seq=act.seq, body=body, body_hash=_digest(body),
        verdict=Verdict.APPLIED, carried_by=carrier, flags=flags,
    )  # fmt: skip


def _digest(body: ActRecord) -> str:
    canonical = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()


def _repeated(kept: Act, person: Person, digest: str) -> Receipt:
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
    receipt: Receipt = {**cast("Receipt", kept.receipt), "verdict": verdict, "repeated": True}
    if "photos" in receipt:
        receipt["photos"] = evidence.standing_of(kept, receipt["photos"])
    return receipt


def _take_new(kept: Act, *, at: dt.datetime, arrival: Arrival) -> Receipt:
    # The row is written first: the same act sent twice at once waits here and then reads the first receipt.
    kept.save(force_insert=True)
    settle(kept, flags=list(kept.flags), at=at, arrival=arrival)
    return cast("Receipt", kept.receipt)


def settle(kept: Act, *, flags: list[str], at: dt.datetime, arrival: Arrival) -> None:
    """Apply a kept act, locked by this transaction, if it can be placed now; save its verdict, flags and receipt."""
    again = arrival in (Arrival.AGAIN, Arrival.TRUSTED)
    kept.assignment = _assignment_of(kept)
    kept.verdict = Verdict.APPLIED
    kept.retry_at = None
    code = _why_held(kept, arrival)
    if code == "quarantined" and kept.assignment is not None and not again:
        _tell_desk(kept, kept.assignment.case, [code, *flags], at=at)
    if code:
        extra: StepAnswer = _hold(kept, code, at=at)
    elif kept.assignment is None:
        extra = {}
    else:
        extra = _apply(kept, kept.assignment, kept.body["payload"], flags, at=at, again=again)
    kept.flags = flags
    kept.receipt = {**_receipt(kept, flags, at), **extra}
    kept.save(update_fields=["assignment", "verdict", "flags", "receipt", "retry_at"])


def _assignment_of(kept: Act) -> Assignment | None:
    """Return the assignment that an act names, itself or by the earlier act it is about, with its case held."""
    named = kept.body["assignment"] or _assignment_spoken_of(kept)
    return access.assignment_of(kept.person, named) if named else None


def _assignment_spoken_of(kept: Act) -> UUID | None:
    """Return the assignment of the earlier act that a correction or a resolution is about; None for any other act."""
    field = SPEAKS_OF.get(kept.kind)
    earlier = _uuid(kept.body["payload"].get(field)) if field else None
    if earlier is None:
        return None
    return Act.objects.filter(pk=earlier, person=kept.person).values_list("assignment", flat=True).first()


def _uuid(text: Any) -> UUID | None:
    try:
        return UUID(text) if isinstance(text, str) else None
    except ValueError:
        return None


def _why_held(kept: Act, arrival: Arrival) -> str:
    """Return the code under which an act is held before its payload is read; empty when it need not wait."""
    if arrival == Arrival.DOUBTED:
        return "quarantined"
    if not kept.person.is_active and arrival != Arrival.TRUSTED:
        return "quarantined"
    if kept.kind not in STEPS:
        return "kind_unknown"
    if kept.assignment is None and kept.kind not in OF_NO_CASE:
        return "assignment_unknown"
    return ""


def _hold(kept: Act, code: str, *, at: dt.datetime) -> StepAnswer:
    """Hold an act until it can be placed; `watch` tries it again as long as that is likely."""
    kept.verdict = Verdict.HELD
    kept.retry_at = retries.next_try(kept, code, at=at)
    return {"code": code}


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


def _receipt(kept: Act, flags: list[str], at: dt.datetime) -> Receipt:
    return {
        "uuid": str(kept.pk),
        "verdict": kept.verdict,
        "flags": [{"code": flag, "text": words.sentence(flag)} for flag in flags],
        "received_at": at.isoformat(),
    }


def _apply(
    kept: Act, assignment: Assignment, payload: Any, flags: list[str], *, at: dt.datetime, again: bool
) -> StepAnswer:
    """Apply an act to its assignment; set its verdict, add its flags, return what else the receipt says."""
    case = assignment.case
    try:
        read = payloads.read(kept.kind, payload)
    except ValidationError as error:
        if not again:
            _tell_desk(kept, case, ["payload_unreadable"], at=at)
        return {**_hold(kept, "payload_unreadable", at=at), "errors": _places(error.detail)}
    faults = read.pop("position_faults", None)
    if faults:
        flags.append("position_unreadable")
    step = Step(kept, case, assignment, read, at, flags)
    try:
        extra = STEPS[kept.kind](step) or {}
    except Unplaced as unplaced:
        return _hold(kept, unplaced.code, at=at)
    except Refused as refusal:
        kept.verdict = Verdict.REFUSED
        return {"code": refusal.code, "detail": refusal.detail}
    if again:
        flags.append("taken_up")
    if flags:
        kept.verdict = Verdict.FLAGGED
        _tell_desk(kept, case, [flag for flag in flags if flag in NEEDS_DESK], at=at)
    if CAME_LATE.intersection(flags):
        extra = {**extra, **taken_over(step)}
    return {**extra, "errors": _places(faults)} if faults else extra


def _places(detail: Any) -> list[FieldFault]:
    """Return the faults of a payload; a reason may quote a NUL, which PostgreSQL's JSON does not accept."""
    return [{**fault, "reason": fault["reason"].replace("\x00", "?")} for fault in field_errors(detail)]


def _tell_desk(kept: Act, case: Case, flags: list[str], *, at: dt.datetime) -> None:
    """Record flags in the history and tell the team; flags that are not only to be told ask the desk for a decision."""
    if not flags:
        return
    carrier = str(kept.carried_by_id) if kept.carried_by_id else None
    flagged = kinds.Flagged(flags=flags, act=str(kept.pk), act_kind=kept.kind, carrier=carrier)
    history.record(kept, case, kept.assignment, flagged, at=at)
    if not set(flags) <= TOLD_ONLY:
        attention.ask(case, Case.Attention.FLAGGED)
    versions.touch(hold.team(case) | {kept.person_id})
