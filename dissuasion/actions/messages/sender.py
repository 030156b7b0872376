"""Sends planned messages: each is claimed with a lease, checked once more, sent, then marked.

No transaction is open during a request. After a crash while sending, the message goes again and says that it is a
repetition: twice is better than lost.
"""

import datetime as dt
import logging
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import DatabaseError, InterfaceError, transaction
from django.db.models import BooleanField, Count, ExpressionWrapper, Q, QuerySet
from django.utils import timezone

from config.lib.ids import fitting
from dissuasion.actions.messages import notices
from dissuasion.models import Delivery
from dissuasion.models.messages.delivery import LONGEST_ID
from dissuasion.queries import message_text
from dissuasion.rules import states
from dissuasion.transports import registry
from dissuasion.transports.base import Answer, Message, Outcome, Transport

logger = logging.getLogger(__name__)
State = states.Delivery
AT_ONCE = 16  # sent side by side: each is checked just before it leaves
LEASE = dt.timedelta(seconds=30)
TICK_AT_MOST_S = 10.0  # a message without an answer by then is `unknown`, long before the lease is over
MINUTE = dt.timedelta(minutes=1)
PUT_OFF = dt.timedelta(seconds=20)
DOWN = (DatabaseError, InterfaceError)  # for the loop, which waits until the database is back
# Staff before residents: at the end of the quiet hours a night's messages are due, and no rung may wait for them.
TO_RESIDENT = ExpressionWrapper(Q(resident__isnull=False), output_field=BooleanField())
FIRST = ("-urgent", TO_RESIDENT, "due_at", "pk")


@dataclass(frozen=True)
class Ready:
    """A claimed delivery, what it says, and who sends it."""

    row: Delivery
    message: Message
    by: Transport


def tick(*, at: dt.datetime) -> int:
    """Send what is due at `at`; return how many there were. A full tick means that there may be more."""
    _give_up(at=at)
    claimed = _claim(at=at)
    looked_at = [_ready(key, at=max(at, timezone.now())) for key in claimed]
    ready = [one for one in looked_at if one is not None]
    for one, answer in zip(ready, _send_all(ready), strict=True):
        try:
            _mark(one.row, answer, at=max(at, timezone.now()))
        except DOWN:
            raise
        except Exception:
            logger.exception(
                "What came of delivery %s could not be kept; it is unknown when its lease ends.", one.row.pk
            )
    return len(claimed)


def _ready(key: UUID, *, at: dt.datetime) -> Ready | None:
    """Return what is to be sent, or None. A row that this version can't read (a newer one may have planned it) is put
    off for another watcher and holds up nobody."""
    try:
        return _look_again(key, at=at)
    except DOWN:
        raise
    except Exception:
        logger.exception("Delivery %s could not be read; it is tried again shortly.", key)
        notices.move(key, State.PLANNED, at=at, due_at=at + PUT_OFF, sent_at=None, reason="unreadable")
        return None


def _give_up(*, at: dt.datetime) -> None:
    """Mark messages whose sender died as `unknown` and plan them again, as repetitions: they may have been sent."""
    lost = Delivery.objects.filter(state=State.SENDING, due_at__lte=at)
    for row in lost[:AT_ONCE]:
        with transaction.atomic():
            if notices.move(row.pk, State.UNKNOWN, at=at, reason="crashed"):
                notices.again(row, at=at, due_at=at)


def _claim(*, at: dt.datetime) -> list[UUID]:
    """Return the ids of the most urgent ones, held by a lease; of several watchers each gets others."""
    due = Delivery.objects.filter(state=State.PLANNED, due_at__lte=at).order_by(*FIRST)
    if not due.exists():
        return []  # nearly every tick finds nothing: that needs no transaction
    with transaction.atomic():
        free = due.select_for_update(skip_locked=True)
        rows = _within_limits(free[:AT_ONCE], at=at)
        mine = [row.pk for row in rows]
        Delivery.objects.filter(pk__in=mine).update(state=State.SENDING, due_at=at + LEASE, sent_at=at)
    return mine


def _within_limits(rows: QuerySet[Delivery], *, at: dt.datetime) -> list[Delivery]:
    """Return the rows that each channel takes this minute; put off the others, with the reason `limit`."""
    limits = {channel: registry.transport(channel).per_minute for channel in registry.CHANNELS}
    limited = [channel for channel, most in limits.items() if most is not None]
    lately = Delivery.objects.filter(channel__in=limited, sent_at__gt=at - MINUTE) if limited else None
    gone: dict[str, int] = dict(lately.values_list("channel").annotate(n=Count("pk")).order_by()) if lately else {}
    kept = []
    for row in rows:
        most = limits.get(row.channel)
        if most is not None and row.resident_id:
            most = max(1, most // 2)  # the other half is kept for staff, whenever a rung is due
        if most is not None and gone.get(row.channel, 0) >= most:
            Delivery.objects.filter(pk=row.pk).update(due_at=at + MINUTE / most, reason="limit")
            continue
        gone[row.channel] = gone.get(row.channel, 0) + 1
        kept.append(row)
    return kept


def _look_again(key: UUID, *, at: dt.datetime) -> Ready | None:
    """Return what is to be sent, read right before it leaves; None when it is no longer wanted or must wait."""
    row = Delivery.objects.select_related("case", "assignment", "person", "resident__household").get(pk=key)
    reason = message_text.still_wanted(row)
    if reason:
        notices.move(row.pk, State.DROPPED, at=at, reason=reason)
        return None
    until = message_text.not_before(row, at=at)
    if until:
        notices.move(row.pk, State.PLANNED, at=at, due_at=until, sent_at=None, reason="quiet_hours")
        return None
    reader = row.person or row.resident
    number = reader.phone if reader else ""
    language = row.person.language if row.person else "zh-hans"
    said = Message(
        id=row.pk, to=number, text=message_text.text_of(row), language=language, repeated=row.repeats_id is not None
    )
    return Ready(row, said, registry.transport(row.channel))


def _send_all(ready: list[Ready]) -> list[Answer]:
    """Send side by side; what has no answer in time is unknown."""
    if not ready:
        return []
    threads = ThreadPoolExecutor(max_workers=len(ready), thread_name_prefix="delivery")
    try:
        begun = [threads.submit(one.by.send, one.message) for one in ready]
        wait(begun, timeout=TICK_AT_MOST_S)
        late = Answer(Outcome.UNKNOWN, reason="no_answer")
        return [one.result() if one.done() else late for one in begun]
    finally:
        threads.shutdown(wait=False, cancel_futures=True)


def _mark(row: Delivery, answer: Answer, *, at: dt.datetime) -> None:
    """Save the outcome, and plan the next try where there is one."""
    ends = {Outcome.SENT: State.SENT, Outcome.FAILED: State.FAILED, Outcome.LATER: State.FAILED,
            Outcome.UNKNOWN: State.UNKNOWN}  # fmt: skip
    columns: dict[str, Any] = {"reason": answer.reason[:40]}
    if answer.provider_id:
        columns["provider_id"] = fitting(answer.provider_id, longest=LONGEST_ID)
    with transaction.atomic():
        if not notices.move(row.pk, ends[answer.outcome], at=at, **columns):
            # Its delivery report came before this answer: only the channel's id is kept.
            Delivery.objects.filter(pk=row.pk, provider_id="").update(provider_id=columns.get("provider_id", ""))
            return
        if answer.outcome in (Outcome.LATER, Outcome.UNKNOWN):
            due_at = at + answer.again_after if answer.again_after else notices.next_try(row, at=at)
            notices.again(row, at=at, due_at=due_at, sure=answer.outcome is Outcome.LATER)
    if answer.outcome is not Outcome.SENT:
        notices.make_outcome_due(row, at=at)
