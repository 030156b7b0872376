"""The hotline's operators (96110 坐席): they claim the next call, prolong it, give it back, record its result."""

import datetime as dt
import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Required, TypedDict, cast
from uuid import UUID

from django.db import IntegrityError
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Person, Unit
from config.lib.http.problems import Conflict
from dissuasion.access import below
from dissuasion.actions.case import attention, conclusion, hotline_queue, visits
from dissuasion.actions.case.level import raise_to
from dissuasion.actions.dispatch import assignments, hold
from dissuasion.models import Assignment, Case, HotlineAttempt, HotlineCall
from dissuasion.rules import states
from dissuasion.rules.levels import Risk
from dissuasion.rules.residents import calls
from dissuasion.rules.residents.calls import LeadsTo, Result
from dissuasion.telling import events, kinds, versions
from dissuasion.telling.stamp import Stamp

Status = states.HotlineCall
# The disposition of a case that was settled on the telephone.
DISPOSITIONS = {Result.STOPPED: "by_phone_only", Result.NO_FRAUD: "no_fraud"}
UNDER_WAY = (states.Assignment.EN_ROUTE, states.Assignment.ON_SCENE)
MOST_URGENT_FIRST = ("-money_moves", "-points", "made_at", "pk")


class LedTo(TypedDict, total=False):
    """What a result led to; `due_at` says when to call again."""

    led_to: Required[str]
    reason: Required[str]
    due_at: str
    risk: str
    follow_up_on: str | None


class CallAnswer(LedTo):
    """The answer to the result of a call; `repeated` when it is the first answer again."""

    call: str
    result: str
    flags: list[str]
    repeated: bool


@dataclass(frozen=True)
class CallResult:
    """The result of one call as the operator sent it; `uuid` is made by the client. `close` or a day settles a case."""

    uuid: UUID
    result: str
    happened_at: dt.datetime | None = None
    call_back_at: dt.datetime | None = None
    follow_up_on: dt.date | None = None
    close: bool = False
    note: str = ""

    def digest(self) -> str:
        """Return the hash by which the same UUID with other content is recognised."""
        text = json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, default=str)
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def claim_next(operator: Person, unit: Unit, *, at: dt.datetime) -> HotlineCall | None:
    """Hand the most urgent call of `unit` to `operator` for ten minutes, and return it; None when nobody is due.

    Whoever has one gets that one again, with a new lease. Two operators never get the same call.
    """
    _put_back_strays(operator, unit)
    try:
        with versions.one_change():
            return _claim(operator, unit, at=at)
    except IntegrityError:  # the same operator asked twice at once: the other request has taken one
        return _own(operator).first()


def _claim(operator: Person, unit: Unit, *, at: dt.datetime) -> HotlineCall | None:
    own = _own(operator).first()
    if own is not None and _take(own, operator, at=at):
        return own
    # First the rows that nobody has locked; then wait for the others.
    for skip in (True, False):
        due = _due(unit, at).select_for_update(skip_locked=skip, of=("self",)).order_by(*MOST_URGENT_FIRST)
        call = due.first()
        if call is not None and _take(call, operator, at=at, fresh=True):
            HotlineAttempt.objects.create(call=call, operator=operator, claimed_at=at)
            return call
    return None


def _own(operator: Person) -> QuerySet[HotlineCall]:
    return HotlineCall.objects.filter(claimed_by=operator, status=Status.CLAIMED)


def _due(unit: Unit, at: dt.datetime) -> QuerySet[HotlineCall]:
    """Return the calls that may be claimed: those that wait and are due, and those whose lease has run out."""
    waiting = Q(status=Status.WAITING, due_at__lte=at)
    return HotlineCall.objects.filter(waiting | Q(status=Status.CLAIMED, lease_until__lte=at), below(unit))


def _take(call: HotlineCall, operator: Person, *, at: dt.datetime, fresh: bool = False) -> bool:
    """Claim by compare-and-set; return whether the call was still as it was read."""
    as_read = Q(pk=call.pk, status=call.status)
    if call.status == Status.CLAIMED:
        as_read &= Q(claimed_by=call.claimed_by_id, lease_until=call.lease_until)
    moved = HotlineCall.objects.filter(as_read).update(
        status=Status.CLAIMED, claimed_by=operator, lease_until=at + calls.LEASE, tries=F("tries") + int(fresh)
    )
    if moved:
        call.refresh_from_db()
    return bool(moved)


def _put_back_strays(operator: Person, unit: Unit) -> None:
    """Give back calls that the operator claimed in another unit, before a move to this one."""
    strays = _own(operator).exclude(below(unit)).values_list("pk", flat=True)
    HotlineCall.objects.filter(pk__in=list(strays)).update(status=Status.WAITING, claimed_by=None, lease_until=None)


def prolong(operator: Person, call: HotlineCall, *, at: dt.datetime) -> dt.datetime:
    """Hold a call for ten more minutes and return until when; raise Conflict when it is no longer theirs."""
    until = at + calls.LEASE
    if not _own(operator).filter(pk=call.pk).update(lease_until=until):
        raise _gone()
    return until


def release(operator: Person, call: HotlineCall) -> None:
    """Give a call back without a result, for the next operator; raise Conflict when it is no longer theirs."""
    if not _own(operator).filter(pk=call.pk).update(status=Status.WAITING, claimed_by=None, lease_until=None):
        raise _gone()


def _gone() -> Conflict:
    return Conflict("call_gone", _("This call is no longer yours: take the next one."))


def record_result(operator: Person, call: HotlineCall, said: CallResult, *, at: dt.datetime) -> CallAnswer:
    """Keep the result of a call and let it decide the case; return what it led to. The same UUID gets the same answer.

    A result from somebody who no longer holds the call is a fact: it is kept, flagged, and may still raise the case.
    Raises Conflict for a UUID that was used for something else, and for a second result of one attempt.
    """
    try:
        with versions.one_change():
            case = hold.lock(call.case_id)
            kept = HotlineAttempt.objects.filter(uuid=said.uuid).first()
            if kept is None:
                return _record(operator, call.pk, case, said, at=at)
    except IntegrityError:
        kept = HotlineAttempt.objects.filter(uuid=said.uuid).first()
        if kept is None:
            raise
    if (kept.operator_id, kept.call_id, kept.body_hash) != (operator.pk, call.pk, said.digest()):
        raise Conflict("uuid_reused", _("This UUID was used before for something else."))
    return {**cast("CallAnswer", kept.answer), "repeated": True}


def _record(operator: Person, call_id: UUID, case: Case, said: CallResult, *, at: dt.datetime) -> CallAnswer:
    call = HotlineCall.objects.select_for_update().get(pk=call_id)
    attempts = HotlineAttempt.objects.filter(call=call).order_by("-claimed_at", "-pk")
    attempt = attempts.filter(operator=operator, result="").first()
    if attempt is None:
        raise Conflict("already_recorded", _("The result of this call is known already."))
    held = call.status == Status.CLAIMED and call.claimed_by_id == operator.pk
    in_time = held and call.lease_until is not None and call.lease_until > at
    attempt.uuid = said.uuid
    attempt.body_hash = said.digest()
    attempt.result = said.result
    attempt.note = said.note
    attempt.happened_at = min(said.happened_at or at, at)
    attempt.received_at = at
    attempt.flags = [] if in_time else ["after_lease"]
    called = kinds.Called(result=said.result, attempt=str(attempt.pk), flags=attempt.flags)
    events.record(case, called, at=at, happened_at=attempt.happened_at, by=operator)
    outcome = _Outcome(case, call, attempt, operator, said, at)
    attempt.answer = {"call": str(call.pk), "result": said.result, "flags": attempt.flags, "repeated": False}
    attempt.answer |= outcome.apply() if held else outcome.apply_late()
    attempt.save()
    versions.touch(hold.team(case))
    return cast("CallAnswer", attempt.answer)


@dataclass(frozen=True)
class _Outcome:
    """What the result of one attempt does to its call and its case; both are locked by this transaction."""

    case: Case
    call: HotlineCall
    attempt: HotlineAttempt
    operator: Person
    said: CallResult
    at: dt.datetime

    def apply(self) -> LedTo:
        """Let the result decide; return what it led to."""
        call = self.call
        result = Result(self.said.result)
        if result == Result.NO_ANSWER:
            call.misses += 1
        elif result == Result.DENIED:
            call.denials += 1
        counts = {"misses": call.misses, "denials": call.denials}
        outcome = calls.outcome(result, money_moves=self.case.money_moves, **counts)
        if outcome.leads_to == LeadsTo.CALL_AGAIN:
            self._call_again(self.said.call_back_at or self.at + (outcome.wait or calls.AFTER_A_DENIAL))
        else:
            self._end(outcome.reason)
        told: LedTo = {"led_to": outcome.leads_to.value, "reason": outcome.reason}
        match outcome.leads_to:
            case LeadsTo.RAISE:
                self._raise(outcome.reason)
            case LeadsTo.SETTLE:
                told["led_to"] = self._settle(result)
            case LeadsTo.CALL_AGAIN:
                told["due_at"] = call.due_at.isoformat()
        if outcome.remind:
            self._remind(outcome.reason)
        return {**told, "risk": self.case.risk, "follow_up_on": _day(self.case.follow_up_on)}

    def apply_late(self) -> LedTo:
        """Apply a result after somebody else got the call or it ended: it may raise the case, never settle it."""
        result = Result(self.said.result)
        outcome = calls.outcome(result, misses=1, denials=1, money_moves=self.case.money_moves)
        told: LedTo = {"led_to": "kept", "reason": outcome.reason, "risk": self.case.risk, "follow_up_on": None}
        if outcome.leads_to != LeadsTo.RAISE:
            return told
        if self.case.status == states.Case.CLOSED:
            attention.ask(self.case, Case.Attention.FLAGGED)
        elif self._raise(outcome.reason):
            told |= {"led_to": LeadsTo.RAISE.value, "risk": self.case.risk}
        return told

    def _call_again(self, due_at: dt.datetime) -> None:
        self.call.status, self.call.due_at = Status.WAITING, due_at
        self.call.claimed_by = self.call.lease_until = None
        self.call.save()

    def _end(self, reason: str) -> None:
        self.call.status, self.call.ended_at, self.call.end_reason = Status.DONE, self.at, reason
        self.call.lease_until = None
        self.call.save()

    def _raise(self, reason: str) -> bool:
        return raise_to(self.case, Risk.HIGH, self._stamp(), reason=reason)

    def _stamp(self) -> Stamp:
        return Stamp(self.at, self.operator, self.attempt.happened_at or self.at)

    def _settle(self, result: Result) -> str:
        """Close or monitor the case; return which, or `visit` when somebody is on the way or was sent by a chief."""
        case, held = self.case, self._held()
        if any(part.status in UNDER_WAY or part.assigned_by_id is not None for part in held):
            case.reminder_at = case.reminder_at or self.at  # what they find decides; if they can't, somebody else goes
            case.save(update_fields=["reminder_at"])
            return LeadsTo.VISIT.value
        asked, code = case.attention, DISPOSITIONS[result]
        if self.said.close or result == Result.NO_FRAUD:
            conclusion.close(case, self._stamp(), disposition=code)
        else:
            today = timezone.localdate(self.at)
            day = self.said.follow_up_on or today + dt.timedelta(days=1)
            conclusion.monitor(case, self._stamp(), disposition=code, day=max(day, today))
        attention.restore(case, asked)
        for part in held:
            assignments.end(part, states.Assignment.RECALLED, at=self.at, by=self.operator, reason="settled_by_phone")
        return str(case.status)

    def _held(self) -> list[Assignment]:
        held = Assignment.objects.filter(case=self.case, status__in=states.OPEN_ASSIGNMENT)
        parts = list(held.order_by("-part"))
        for part in parts:
            part.case = self.case
        return parts

    def _remind(self, reason: str) -> None:
        """Ask once for a reminder visit beside the calls; a case that the desk has recalled waits for the desk."""
        case = self.case
        if case.reminder_at is not None or not hotline_queue.due_a_call(case):
            return
        if case.attention == Case.Attention.RECALLED:
            return
        case.reminder_at = self.at
        case.save(update_fields=["reminder_at"])
        events.record(case, kinds.Reminder(reason=reason), at=self.at, by=self.operator)
        if hold.holder(case) is None:
            visits.pass_on(case, at=self.at)


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
