"""Sends push messages to phones that have not shown an assignment (网页推送): claimed with a lease, sent, then marked.

No transaction is open during a request. After a crash between sending and marking, the message goes again: twice is
better than lost.
"""

import datetime as dt
import logging
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts import people, phones
from accounts.models import Person, PushSubscription
from dissuasion.actions.messages import notices
from dissuasion.models import Act, Assignment, Delivery
from dissuasion.rules import ladder, states
from dissuasion.transports import push
from dissuasion.transports.push import Outcome, Push

logger = logging.getLogger(__name__)
AT_ONCE = 32  # assignments a tick
LEASE = dt.timedelta(seconds=60)
# A message without an answer by then counts as not sent. Shorter than the silence after which a loop counts as dead.
TICK_AT_MOST_S = 12.0
AGAIN = dt.timedelta(seconds=10)
GONE_TTL_S, TEST_TTL_S = 3600, 60
TEST_AT_MOST_S = 5.0
# A phone that sent one of these acts knows already that the assignment is answered.
ANSWERS = ("acknowledge", "decline", "depart", "arrive", "visit")
ASSIGNED, State = states.Assignment.ASSIGNED, states.Delivery
Channel, Purpose = Delivery.Channel, Delivery.Purpose


@dataclass
class Claim:
    """An assignment that only this process handles until `lease`, with its messages and their outcomes."""

    assignment: Assignment
    lease: dt.datetime
    pushes: list[Push] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)

    @property
    def waits(self) -> bool:
        """Whether its person has still to answer."""
        return self.assignment.status == ASSIGNED


def tick(*, at: dt.datetime) -> int:
    """Send what is due at `at`; return how many assignments were looked at."""
    claims = [*_claim(Q(push_due_at__lte=at), at=at), *_claim(_to_take_back(), at=at)]
    for claim in claims:
        claim.pushes = _about(claim, at=at)
        if claim.waits and claim.pushes:
            _note_tries(claim, at=at)
    pushes = [one for claim in claims for one in claim.pushes]
    outcomes = push.send_all(pushes, within_s=TICK_AT_MOST_S)
    now = max(at, timezone.now())
    begin = 0
    for claim in claims:
        end = begin + len(claim.pushes)
        claim.outcomes = outcomes[begin:end]
        begin = end
        _mark(claim, at=now)
    return len(claims)


def _to_take_back() -> Q:
    """Return the condition of a push message that phones still show although no answer is waited for any more."""
    return Q(pushed_at__isnull=False, push_due_at__isnull=True) & ~Q(status=ASSIGNED)


def _claim(condition: Q, *, at: dt.datetime) -> list[Claim]:
    due = Assignment.objects.filter(condition).order_by("push_due_at", "pk")
    lease = at + LEASE
    mine = []
    for assignment_id, was in list(due.values_list("pk", "push_due_at")[:AT_ONCE]):
        # Only one of several watchers gets it: for the others the column has another value by then.
        if Assignment.objects.filter(pk=assignment_id, push_due_at=was).update(push_due_at=lease):
            mine.append(assignment_id)
    if not mine:
        return []
    rows = Assignment.objects.filter(pk__in=mine).select_related("person")
    return [Claim(assignment, lease) for assignment in rows]


def _about(claim: Claim, *, at: dt.datetime) -> list[Push]:
    """Return the messages about an assignment, `visit` while it waits and `gone` after; neither holds personal data."""
    assignment = claim.assignment
    subscriptions = PushSubscription.objects.filter(person=assignment.person_id)
    if not claim.waits:
        if assignment.pushed_at is None:
            return []
        answered_on = Act.objects.filter(assignment=assignment, kind__in=ANSWERS, person=assignment.person_id)
        others = subscriptions.exclude(device__in=answered_on.values("device"))
        gone = {"type": "gone", "assignment": str(assignment.pk)}
        return _written(others, gone, ttl_s=GONE_TTL_S, topic=assignment.pk.hex, at=at)
    # It was shown, its person is inactive, or it is too late to answer: an old case never rings.
    left_s = int((_asked_until(assignment) - at).total_seconds())
    if assignment.shown_at is not None or not assignment.person.is_active or left_s <= 0:
        return []
    # A person who is off duty gets no message, unless a desk chose them all the same.
    if assignment.assigned_by_id is None and people.on_duty_until(assignment.person, at=at) is None:
        return []
    told: dict[str, Any] = {
        "type": "visit",
        "answer_by": assignment.acknowledge_by.astimezone(dt.UTC).isoformat(),
        "assignment": str(assignment.pk),
        "n": Assignment.objects.filter(person=assignment.person_id, status=ASSIGNED).count(),
    }
    waiting = subscriptions.exclude(pk__in=assignment.pushed_to)
    return _written(waiting, told, ttl_s=left_s, topic=assignment.pk.hex, at=at)


def _asked_until(assignment: Assignment) -> dt.datetime:
    """Return until when an answer is waited for: its deadline, or the end of its ladder where that comes later."""
    last = assignment.assigned_at + dt.timedelta(seconds=ladder.ends_after(assignment.ladder))
    return max(assignment.acknowledge_by, last)


def _written(
    subscriptions: QuerySet[PushSubscription], told: dict[str, Any], *, ttl_s: int, topic: str, at: dt.datetime
) -> list[Push]:
    """Return one message for each subscription. Its id is saved before it leaves: the receipt may come at once."""
    pushes = []
    for row in subscriptions.order_by("-made_at")[: phones.MAX_SUBSCRIPTIONS]:
        message = uuid4()
        phones.push_sent(row.pk, message=message, at=at)
        payload = told | {"id": str(message)}
        pushes.append(Push(row.pk, row.endpoint, row.p256dh, row.auth, payload, ttl_s, topic))
    return pushes


def _mark(claim: Claim, *, at: dt.datetime) -> None:
    """Save the outcomes, by compare-and-set on the lease: after it another watcher may be at work."""
    phones.delete_subscriptions(_with(Outcome.GONE, claim.pushes, claim.outcomes))
    if claim.waits:
        _mark_tries(claim, at=at)
    row = Assignment.objects.filter(pk=claim.assignment.pk)
    after: dict[str, Any] = {"push_due_at": None}
    if not claim.waits:
        after |= {"pushed_at": None, "pushed_to": []}
    else:
        sent = _with(Outcome.SENT, claim.pushes, claim.outcomes)
        if sent:
            reached = [*claim.assignment.pushed_to, *map(str, sent)]
            # Also when the assignment has ended meanwhile: the phone must then be told so.
            row.update(pushed_at=at, pushed_to=reached)
        if Outcome.LATER in claim.outcomes and at + AGAIN < _asked_until(claim.assignment):
            after["push_due_at"] = at + AGAIN
    row.filter(push_due_at=claim.lease).update(**after)


def _note_tries(claim: Claim, *, at: dt.datetime) -> None:
    """Save each try as a delivery under its message's id before it leaves, so that the worker's receipt finds it."""
    about = {"case_id": claim.assignment.case_id, "assignment": claim.assignment, "person": claim.assignment.person}
    lost = Delivery.objects.filter(assignment=claim.assignment, channel=Channel.PUSH, state=State.SENDING)
    lost.update(state=State.UNKNOWN, reason="crashed", ended_at=at)
    Delivery.objects.bulk_create(
        Delivery(
            id=one.payload["id"], channel=Channel.PUSH, purpose=Purpose.VISIT, state=State.SENDING, planned_at=at,
            sent_at=at, subscription=one.subscription, **about,
        )
        for one in claim.pushes
    )  # fmt: skip


def _mark_tries(claim: Claim, *, at: dt.datetime) -> None:
    for one, what in zip(claim.pushes, claim.outcomes, strict=True):
        if what is Outcome.SENT:
            notices.move(one.payload["id"], State.SENT, at=at)
        else:
            notices.move(one.payload["id"], State.FAILED, at=at, reason=what.value)


def _with(wanted: Outcome, pushes: list[Push], outcomes: list[Outcome]) -> list[UUID]:
    """Return the subscriptions whose message had this outcome."""
    return [sent.subscription for sent, outcome in zip(pushes, outcomes, strict=True) if outcome is wanted]


def shown(message: UUID, *, at: dt.datetime) -> bool:
    """Take a service worker's receipt that it has shown `message`; return whether that was one of ours.

    Only a push has such a receipt, and only for the subscription to which it went: any other message is moved by its
    gateway alone.
    """
    pushed = Delivery.objects.filter(pk=message, channel=Channel.PUSH)
    subscription = pushed.values_list("subscription", flat=True).first()
    if not phones.push_shown(message, subscription=subscription, at=at):
        return False
    if subscription is not None:
        notices.move(message, State.SHOWN, at=at)
    return True


def send_test(person: Person, *, device: str, at: dt.datetime) -> tuple[str, Outcome] | None:
    """Send a test to one phone of `person`; return the message's id and its outcome, None without a subscription.

    It waits for the push service, five seconds at most: never call it inside a transaction.
    """
    mine = PushSubscription.objects.filter(person=person, device=device)
    pushes = _written(mine, {"type": "test"}, ttl_s=TEST_TTL_S, topic="test", at=at)
    if not pushes:
        return None
    outcomes = push.send_all(pushes, within_s=TEST_AT_MOST_S)
    phones.delete_subscriptions(_with(Outcome.GONE, pushes, outcomes))
    return pushes[0].payload["id"], outcomes[0]
