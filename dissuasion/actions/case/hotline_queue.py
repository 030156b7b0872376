"""Keeps the hotline's queue in step with its cases; called wherever a level or a status changes."""

import datetime as dt
from collections.abc import Iterable, Sequence
from uuid import UUID

from dissuasion.models import Case, HotlineCall
from dissuasion.rules import states
from dissuasion.rules.levels import Way

Status = states.HotlineCall


def follow(cases: Sequence[Case], *, at: dt.datetime, fresh: Iterable[Case] = (), reason: str = "") -> None:
    """Queue the `cases` (held by `hold.lock`) that are due a call, take the others out; a constant number of queries.

    `fresh` cases were made in this transaction, so they have no call yet. A cancelled call keeps `reason`, or what
    became of the case.
    """
    known = _open_calls(cases)
    waiting = [case for case in cases if due_a_call(case)]
    gone = [case for case in cases if not due_a_call(case)]
    # While a reminder visit is under way and its call has ended, the visit decides: nobody calls again.
    new = [case for case in waiting if case.pk not in known and case.reminder_at is None]
    new += [case for case in fresh if due_a_call(case)]
    if new:
        HotlineCall.objects.bulk_create([_call_of(case, at=at) for case in new])
    _rank_again([case for case in waiting if case.pk in known], known)
    _cancel([case for case in gone if case.pk in known], known, at=at, reason=reason)
    reminded = [case for case in gone if case.reminder_at is not None]
    if reminded:
        Case.objects.filter(pk__in=[case.pk for case in reminded]).update(reminder_at=None)
        for case in reminded:
            case.reminder_at = None


def due_a_call(case: Case) -> bool:
    """Return whether this case is open and its way is the hotline."""
    return case.status == states.Case.OPEN and case.due_way == Way.HOTLINE


def _open_calls(cases: Sequence[Case]) -> dict[UUID, HotlineCall]:
    if not cases:
        return {}
    found = HotlineCall.objects.filter(case__in=[case.pk for case in cases], status__in=states.OPEN_CALL)
    return {call.case_id: call for call in found}


def _call_of(case: Case, *, at: dt.datetime) -> HotlineCall:
    return HotlineCall(
        case=case, unit_id=case.unit_id, money_moves=case.money_moves, points=case.points, made_at=at, due_at=at
    )


def _rank_again(cases: list[Case], known: dict[UUID, HotlineCall]) -> None:
    """Rank calls anew after a further alert; the moment at which each is due stays."""
    moved = []
    for case in cases:
        call = known[case.pk]
        if (call.money_moves, call.points) != (case.money_moves, case.points):
            call.money_moves, call.points = case.money_moves, case.points
            moved.append(call)
    if moved:
        HotlineCall.objects.bulk_update(moved, ["money_moves", "points"])


def _cancel(cases: list[Case], known: dict[UUID, HotlineCall], *, at: dt.datetime, reason: str) -> None:
    by_reason: dict[str, list[UUID]] = {}
    for case in cases:
        by_reason.setdefault(reason or _became(case), []).append(known[case.pk].pk)
    for why, ids in by_reason.items():
        HotlineCall.objects.filter(pk__in=ids, status__in=states.call_sources_of(Status.CANCELLED)).update(
            status=Status.CANCELLED, ended_at=at, end_reason=why, lease_until=None
        )


def _became(case: Case) -> str:
    if case.status != states.Case.OPEN:
        return case.status
    return "raised" if case.due_way == Way.VISIT else "lowered"
