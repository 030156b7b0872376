"""Stops messages to a household that complains, and allows them again (投诉停发)."""

import datetime as dt
from uuid import UUID

from django.utils import timezone

from accounts.models import Person
from dissuasion.actions.case import attention, warnings
from dissuasion.models import Case, CaseEvent, Delivery
from dissuasion.rules import states
from dissuasion.rules.levels import Way
from dissuasion.telling import events, kinds, versions
from households.models import Household

COLUMNS = ("no_messages_since", "no_messages_reason")


@versions.one_change()
def complain(household_id: UUID, *, by: Person | None, reason: str, at: dt.datetime) -> Household:
    """Stop messages to a household; return it. Planned ones are dropped, and their cases ask the desk.

    The first complaint stands. `by` is who took it at the desk, None when the household said so in a reply.
    """
    cases = hold_cases(household_id)
    household = Household.objects.select_for_update().get(pk=household_id)
    if household.no_messages_since is not None:
        return household
    household.no_messages_since, household.no_messages_reason = at, reason
    household.save(update_fields=COLUMNS)
    planned = Delivery.objects.filter(
        case__in=cases, purpose=Delivery.Purpose.WARNING, state=states.Delivery.PLANNED
    ).values_list("case", flat=True)
    stopped = set(planned)
    waiting = [case for case in cases if case.pk in stopped]
    warnings.drop(waiting, at=at, reason="complaint")
    for case in waiting:
        case.message_due_at = None
        case.save(update_fields=["message_due_at"])
        attention.ask(case, Case.Attention.NO_MESSAGES)
    _note(cases, kinds.NoMessages(), by=by, at=at)
    return household


@versions.one_change()
def allow(household_id: UUID, *, by: Person, at: dt.datetime) -> Household:
    """Allow messages to a household again; return it. Low cases that asked the desk for that get their message."""
    cases = hold_cases(household_id)
    household = Household.objects.select_for_update().get(pk=household_id)
    if household.no_messages_since is None:
        return household
    household.no_messages_since, household.no_messages_reason = None, None
    household.save(update_fields=COLUMNS)
    _note(cases, kinds.MessagesAgain(), by=by, at=at)
    for case in cases:
        if case.attention == Case.Attention.NO_MESSAGES:
            attention.answer(case)
        # Also of those for which the desk was asked and let them go on: else nobody would come back to them.
        if case.due_way == Way.MESSAGE and case.message_due_at is None:
            warnings.follow(case, at=max(at, timezone.now()))
    return household


def hold_cases(household_id: UUID) -> list[Case]:
    """Return the active cases of a household, locked in the order of their ids."""
    active = Case.objects.filter(resident__household=household_id, status__in=states.ACTIVE_CASE)
    return list(active.select_for_update(of=("self",)).order_by("pk"))


def _note(cases: list[Case], data: kinds.EventData, *, by: Person | None, at: dt.datetime) -> None:
    CaseEvent.objects.bulk_create([events.event(case, data, at=at, by=by) for case in cases])
