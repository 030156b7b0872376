"""Warns the residents of low-risk cases (短信、语音提醒): plans the message, or says why there is none."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models.functions import Coalesce
from django.utils import timezone

from dissuasion.actions.case import attention
from dissuasion.actions.dispatch import hold
from dissuasion.models import Case, Delivery
from dissuasion.rules import states
from dissuasion.rules.levels import Way
from dissuasion.rules.residents.budgets import (
    ARRIVED_AFTER,
    HOUSEHOLD_WITHIN,
    PastMessage,
    channel_for,
    household_free_at,
    quiet_until,
)

State, WARNING = states.Delivery, Delivery.Purpose.WARNING
Attention = Case.Attention
CLOCK = ("message_due_at", "attention")
LAND_LINE = "0"  # a mobile number begins with 1
A_NIGHT = dt.timedelta(days=1)  # what was planned before the window may have been sent within it


@dataclass
class _PastMessages:
    """What households were told lately, and which residents a text did not reach."""

    told: dict[UUID, list[PastMessage]] = field(default_factory=lambda: defaultdict(list))
    text_failed: set[UUID] = field(default_factory=set)


def plan(cases: Iterable[Case], *, at: dt.datetime, held: Collection[UUID] = ()) -> list[Delivery]:
    """Return the unsaved messages for those of `cases` that are due one, in one query; the caller saves both.

    Sets `message_due_at` and `attention` (`CLOCK`). A case in `held`, which somebody holds, gets no message.
    """
    waiting = [case for case in cases if _wants(case) and case.pk not in held]
    heard = _past_messages({case.resident.household_id for case in waiting}, at=at)
    return [_message(case, heard, at=at) for case in waiting]


def _wants(case: Case) -> bool:
    due = case.due_way == Way.MESSAGE and case.status == states.Case.OPEN
    return due and case.message_due_at is None and case.attention != Attention.NO_MESSAGES


def _message(case: Case, heard: _PastMessages, *, at: dt.datetime) -> Delivery:
    resident, told = case.resident, heard.told[case.resident.household_id]
    local = timezone.localtime(at)
    age = local.year - resident.birth_year if resident.birth_year else None
    no_text = resident.pk in heard.text_failed or resident.phone.startswith(LAND_LINE)
    channel = channel_for(age=age, lives_alone=resident.lives_alone, no_text=no_text)
    row = Delivery(
        case=case, resident=resident, channel=channel, purpose=WARNING, about=case.scam_type, planned_at=at, due_at=at
    )
    free = household_free_at(told, about=case.scam_type, at=at)
    if not resident.phone or resident.household.no_messages_since:
        _drop(row, "complaint" if resident.phone else "no_number", at=at)
        # The machine has no way to reach them: a person decides what becomes of the case.
        if attention.may_be_replaced(case):
            case.attention = Attention.NO_MESSAGES
    elif free > at:
        _drop(row, "household_budget", at=at)
        case.message_due_at = free
    else:
        until = None if case.money_moves else quiet_until(local)
        if until is not None:
            row.due_at = until
            row.reason = "quiet_hours"
        told.append(PastMessage(until or at, case.scam_type))
        case.message_due_at = (until or at) + ARRIVED_AFTER
    return row


def _drop(row: Delivery, reason: str, *, at: dt.datetime) -> None:
    row.state = State.DROPPED
    row.reason = reason
    row.due_at = None
    row.ended_at = at


def _past_messages(households: Collection[UUID], *, at: dt.datetime) -> _PastMessages:
    heard = _PastMessages()
    if not households:
        return heard
    rows = Delivery.objects.filter(
        resident__household__in=households, purpose=WARNING, planned_at__gt=at - HOUSEHOLD_WITHIN - A_NIGHT
    ).exclude(state=State.DROPPED)
    when = Coalesce("sent_at", "due_at", "planned_at")
    seen = rows.values_list("resident__household", "resident", "state", "channel", "about", "repeated_by", when)
    for household, resident, state, channel, about, again, sent in seen:
        if state != State.FAILED:
            heard.told[household].append(PastMessage(sent, about))
        if state in (State.FAILED, State.UNKNOWN) and channel == "text" and again is None and resident is not None:
            heard.text_failed.add(resident)
    return heard


def follow(case: Case, *, at: dt.datetime) -> None:
    """Let the message follow the level of a case held by `hold.lock`: plan one, or drop what is planned."""
    if case.status != states.Case.OPEN:
        stop_and_drop([case], at=at, reason="closed")
    elif case.due_way != Way.MESSAGE:
        stop_and_drop([case], at=at)
    elif hold.holder(case) is None:
        rows = plan([case], at=at)
        case.save(update_fields=CLOCK)
        Delivery.objects.bulk_create(rows)


def stop_clocks(cases: Iterable[Case]) -> list[Case]:
    """Stop the message clock of those cases that no longer go by message, in memory; return those whose clock ran."""
    gone = [case for case in cases if case.due_way != Way.MESSAGE or case.status != states.Case.OPEN]
    ticking = [case for case in gone if case.message_due_at is not None]
    for case in gone:
        case.message_due_at = None
        if case.attention == Attention.NO_MESSAGES:
            case.attention = Attention.NONE
    return ticking


def stop_and_drop(cases: Sequence[Case], *, at: dt.datetime, reason: str = "level_raised") -> None:
    """Stop the message clocks of cases that no longer go by message, and drop their planned messages."""
    stood = [(case.message_due_at, case.attention) for case in cases]
    ticking = stop_clocks(cases)
    for case, before in zip(cases, stood, strict=True):
        if (case.message_due_at, case.attention) != before:
            case.save(update_fields=CLOCK)
    drop(ticking, at=at, reason=reason)


def drop(cases: Iterable[Case], *, at: dt.datetime, reason: str = "level_raised") -> None:
    """Drop the messages that are planned for these cases."""
    keys = [case.pk for case in cases]
    if keys:
        planned: Any = Delivery.objects.filter(case__in=keys, purpose=WARNING, state=State.PLANNED)
        planned.update(state=State.DROPPED, reason=reason, due_at=None, ended_at=at)
