"""Plans messages (通知) in the transaction of the change that they report, and keeps what became of them."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db.models import Q

from accounts.models import Person, Unit
from accounts.roles import Role
from config.lib.database.patience import transaction_that_waits
from config.lib.ids import fitting
from dissuasion.models import Assignment, Case, Delivery
from dissuasion.models.messages.delivery import LONGEST_ID
from dissuasion.queries import message_text
from dissuasion.rules import states
from dissuasion.rules.levels import Way
from dissuasion.rules.residents.budgets import QUIET_FOR, STAFF_AT_MOST, STAFF_WITHIN, most_tries
from dissuasion.transports import wakeup

State = states.Delivery
# Superiors get a text; where they want a call as well, the gateway makes it.
TO_SUPERIORS = "text"
# The wait before the second try; it doubles with each further one, up to the longest.
AGAIN, LONGEST_AGAIN = dt.timedelta(seconds=10), dt.timedelta(minutes=5)
WENT = [State.SENDING, State.SENT, State.DELIVERED, State.SHOWN, State.UNKNOWN]


def tell(
    case: Case,
    person: Person,
    *,
    channel: str,
    purpose: str,
    at: dt.datetime,
    assignment: Assignment | None = None,
) -> Delivery:
    """Plan a message to a member of staff; return its row, `dropped` with the reason where it can't or must not go."""
    planned = Delivery(
        case=case, assignment=assignment, person=person, channel=channel, purpose=purpose, planned_at=at, due_at=at
    )
    planned.urgent = not _lately(person, channel, within=QUIET_FOR, at=at).exists()
    reason = _why_not(planned, at=at)
    if reason:
        planned.state = State.DROPPED
        planned.reason = reason
        planned.due_at = None
        planned.ended_at = at
    planned.save(force_insert=True)
    if planned.state == State.PLANNED:
        wakeup.watchers()
    return planned


def _why_not(planned: Delivery, *, at: dt.datetime) -> str:
    person = planned.person
    if person is None or not person.phone:
        return "no_number"
    waiting = Delivery.objects.filter(
        person=person, channel=planned.channel, purpose=planned.purpose, state=State.PLANNED
    )
    # A message about visits counts all that wait when it is sent; any other message names one case.
    if planned.purpose == Delivery.Purpose.VISIT:
        same = waiting.filter(due_at__lte=at)
    else:
        same = waiting.filter(case=planned.case_id)
    if same.exists():
        return "bundled"
    if _lately(person, planned.channel, within=STAFF_WITHIN, at=at).count() >= STAFF_AT_MOST[planned.channel]:
        return "budget"
    return ""


def _lately(person: Person, channel: str, *, within: dt.timedelta, at: dt.datetime) -> Any:
    return Delivery.objects.filter(person=person, channel=channel, planned_at__gt=at - within, state__in=WENT)


def tell_chief(case: Case, *, purpose: str, at: dt.datetime, assignment: Assignment | None = None) -> list[Person]:
    """Write to the chiefs of a case's station; return them."""
    return _tell_all(case, case.unit, [Role.STATION_CHIEF], purpose=purpose, at=at, assignment=assignment)


def tell_county(case: Case, *, purpose: str, at: dt.datetime, assignment: Assignment | None = None) -> list[Person]:
    """Write to the desk above a case's station; return its people."""
    desks = [Role.COUNTY_DESK, Role.CITY_DESK]
    return _tell_all(case, case.unit.parent or case.unit, desks, purpose=purpose, at=at, assignment=assignment)


def _tell_all(case: Case, unit: Unit, roles: list[Role], **about: Any) -> list[Person]:
    people = list(Person.objects.filter(unit=unit, role__in=roles, is_active=True).order_by("username"))
    for person in people:
        tell(case, person, channel=TO_SUPERIORS, **about)
    return people


def drop(assignment_id: UUID, *, reason: str, at: dt.datetime, purpose: str = "") -> int:
    """Drop the planned messages about an assignment, of one `purpose` or of any; return how many.

    One that the sender has claimed is checked there once more before it leaves. One into which other visits of the
    same person were bundled goes on for them.
    """
    waiting = Delivery.objects.filter(assignment=assignment_id, state=State.PLANNED)
    if purpose:
        waiting = waiting.filter(purpose=purpose)
    spoken_for = waiting.filter(purpose=Delivery.Purpose.VISIT)
    if spoken_for.exists():
        other = message_text.also_waiting(assignment_id)
        if other is not None:
            spoken_for.update(assignment=other, case=other.case_id)
    return waiting.update(state=State.DROPPED, reason=reason, due_at=None, ended_at=at)


def move(delivery_id: UUID, to: states.Delivery, *, at: dt.datetime, **columns: Any) -> bool:
    """Move a delivery by compare-and-set; return whether it moved."""
    ended: dict[str, Any] = {} if to in (State.PLANNED, State.SENDING) else {"due_at": None}
    if to in (State.FAILED, State.UNKNOWN, State.DROPPED, State.DELIVERED, State.SHOWN):
        ended["ended_at"] = at
    movable = Delivery.objects.filter(pk=delivery_id, state__in=states.delivery_sources_of(to))
    moved = movable.update(state=to, **ended | columns)
    return moved > 0


def again(delivery: Delivery, *, at: dt.datetime, due_at: dt.datetime, sure: bool = False) -> Delivery | None:
    """Plan the same message once more after a try that failed or has no known outcome; `sure` when nothing was sent.

    Returns None after the last try, when its subject has ended, and when it is planned already: a try may time out
    first and be reported as failed later. Call it inside a transaction.
    """
    if (
        delivery.tries >= most_tries(resident=delivery.resident_id is not None, sure=sure)
        or Delivery.objects.filter(repeats=delivery).exists()
    ):
        return None
    subject = _subject_of(delivery)
    if subject is None:
        return None
    return Delivery.objects.create(
        **subject, person_id=delivery.person_id, resident_id=delivery.resident_id, channel=delivery.channel,
        purpose=delivery.purpose, about=delivery.about, planned_at=at, due_at=due_at, tries=delivery.tries + 1,
        repeats=delivery, urgent=delivery.urgent,
    )  # fmt: skip


def _subject_of(delivery: Delivery) -> dict[str, UUID | None] | None:
    """Return the case and the assignment that a repeated message is about; None when they have ended.

    The assignment is locked: whoever ends it drops planned messages, and must not do so just before this one is saved.
    """
    if delivery.assignment_id is None:
        return {"case_id": delivery.case_id, "assignment_id": None}
    held: Assignment | None = Assignment.objects.select_for_update().get(pk=delivery.assignment_id)
    if held is not None and not held.is_open:
        # Another visit of the same person may have been bundled into it, as in `drop`.
        held = message_text.also_waiting(held.pk) if delivery.purpose == Delivery.Purpose.VISIT else None
    return {"case_id": held.case_id, "assignment_id": held.pk} if held is not None else None


def next_try(delivery: Delivery, *, at: dt.datetime) -> dt.datetime:
    """Return when a message goes again after this try: each pause is twice the last, five minutes at most."""
    return at + min(LONGEST_AGAIN, AGAIN * 2 ** min(delivery.tries - 1, 10))


def reported(
    channel: str, *, message: UUID | None, provider_id: str, to: states.Delivery, at: dt.datetime,
    waits_s: float | None = None,
) -> bool:  # fmt: skip
    """Apply a channel's report on a message, found by our id or the channel's; return whether anything moved.

    The same report twice, or an older one after a newer one, moves nothing. A message about a visit that did not
    arrive goes again; one that arrived after all does not. It waits for locks at most `waits_s` seconds, then raises
    OperationalError.
    """
    with transaction_that_waits(waits_s):
        found = _named(channel, message=message, provider_id=provider_id)
        reason = "not_delivered" if to == State.FAILED else ""
        if found is None or not move(found.pk, to, at=at, reason=reason):
            return False
        if to != State.FAILED:
            waiting = Delivery.objects.filter(repeats=found, state=State.PLANNED)
            waiting.update(state=State.DROPPED, reason="arrived", due_at=None, ended_at=at)
        elif found.purpose == Delivery.Purpose.VISIT:
            again(found, at=at, due_at=next_try(found, at=at))
        make_outcome_due(found, at=at)
    return True


def may_be_early(channel: str, *, provider_id: str) -> bool:
    """Return whether a report under an unknown id of the channel may be about a message that is being sent just now.

    The channel's id is in its answer to the sending, which may still be on its way.
    """
    if _named(channel, message=None, provider_id=provider_id) is not None:
        return False
    return Delivery.objects.filter(channel=channel, state=State.SENDING).exists()


def _named(channel: str, *, message: UUID | None, provider_id: str) -> Delivery | None:
    sent_as = fitting(provider_id, longest=LONGEST_ID)
    named = Q(pk=message) if message else Q(provider_id=sent_as) & ~Q(provider_id="")
    return Delivery.objects.filter(named, channel=channel).order_by("-planned_at", "-tries").first()


def make_outcome_due(row: Delivery, *, at: dt.datetime) -> None:
    """Make the outcome of a message to a resident due at once, for closed cases as well: reports come late."""
    if row.purpose == Delivery.Purpose.WARNING:
        Case.objects.filter(pk=row.case_id, due_way=Way.MESSAGE).update(message_due_at=at)
        wakeup.watchers()
