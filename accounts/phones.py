"""Actions on phones: their claims about themselves, ready checks and push subscriptions."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.db.models.functions import Greatest

from accounts.models import Device, Person, PushSubscription, Readiness
from accounts.models.push import endpoint_index, session_index

# A person has a few phones; a browser that keeps making new names for itself must not fill the table.
MAX_DEVICES, MAX_SUBSCRIPTIONS = 20, 5
PROVEN_FOR = dt.timedelta(hours=24)  # promises.md 12


def save_device(person: Person, code: str, *, at: dt.datetime, **said: Any) -> Device:
    """Save what the phone `code` of `person` claims about itself; return its row. `said` has the names of Device."""
    device, made = Device.objects.update_or_create(person=person, code=code, defaults={**said, "heard_at": at})
    if made:
        old = Device.objects.filter(person=person).order_by("-heard_at").values_list("pk", flat=True)[MAX_DEVICES:]
        Device.objects.filter(pk__in=list(old)).delete()
    return device


def follow_language(person: Person, code: str, language: str) -> bool:
    """Set the language of `person` to that of their phone `code`; return whether it changed.

    Call it before `save_device`. A language that this phone has claimed before is ignored: two phones that are set to
    two languages would otherwise change it back and forth with every claim.
    """
    if language not in dict(Person._meta.get_field("language").flatchoices):
        return False
    if Device.objects.filter(person=person, code=code, language=language).exists():
        return False
    changed = Person.objects.filter(pk=person.pk).exclude(language=language).update(language=language)
    return bool(changed)


def save_received(device: Device, *, through: int, missing: int) -> None:
    """Save up to which number the acts of a phone have arrived without a gap, and how many are missing."""
    # Two requests may cross: the number never goes back.
    Device.objects.filter(pk=device.pk).update(
        received_through=Greatest(F("received_through"), through), missing=missing
    )
    device.received_through = max(device.received_through, through)
    device.missing = missing


def save_readiness(
    person: Person, *, at: dt.datetime, device: str, on_duty: bool, took_ms: int, checks: list[dict[str, Any]]
) -> None:
    """Save the latest ready check of `person`."""
    said = {"at": at, "device": device, "on_duty": on_duty, "took_ms": took_ms, "checks": checks}
    Readiness.objects.update_or_create(person=person, defaults=said)


@dataclass(frozen=True)
class Subscription:
    """What a browser says when it subscribes: its push service's address and keys, the phone and its session."""

    device: str
    endpoint: str
    p256dh: str
    auth: str
    session: str


def subscribe(person: Person, said: Subscription, *, at: dt.datetime) -> PushSubscription:
    """Return the subscription of a browser.

    A subscription of somebody else on a shared phone is taken from them. A phone has one: an older one is deleted.
    """
    for _try in range(2):
        try:
            return _subscribe(person, said, at=at)
        except IntegrityError:
            continue  # the same browser asked twice at once: the other request has written the row
    return PushSubscription.objects.get(endpoint_index=endpoint_index(said.endpoint))


@transaction.atomic
def _subscribe(person: Person, said: Subscription, *, at: dt.datetime) -> PushSubscription:
    row = PushSubscription(
        person=person, device=said.device, endpoint=said.endpoint, endpoint_index=endpoint_index(said.endpoint),
        p256dh=said.p256dh, auth=said.auth, made_at=at, session_index=session_index(said.session),
    )  # fmt: skip
    known = PushSubscription.objects.select_for_update().filter(endpoint_index=row.endpoint_index).first()
    if known is not None and _is_the_same(known, row):
        known.session_index = row.session_index
        known.save(update_fields=["session_index"])
        return known  # a phone subscribes at every start: what was proven stays proven
    theirs = Q(endpoint_index=row.endpoint_index) | Q(person=person, device=said.device)
    PushSubscription.objects.filter(theirs).delete()
    row.save(force_insert=True)
    older = PushSubscription.objects.filter(person=person).exclude(pk=row.pk).order_by("-made_at")
    PushSubscription.objects.filter(pk__in=list(older.values_list("pk", flat=True)[MAX_SUBSCRIPTIONS - 1 :])).delete()
    return row


def _is_the_same(known: PushSubscription, row: PushSubscription) -> bool:
    columns = ("person_id", "device", "p256dh", "auth")
    return all(getattr(known, column) == getattr(row, column) for column in columns)


def unsubscribe(person: Person, *, endpoint: str) -> int:
    """Delete a subscription of `person`; return how many there were."""
    mine = PushSubscription.objects.filter(person=person, endpoint_index=endpoint_index(endpoint))
    return mine.delete()[0]


def forget_session(person: Person, *, session: str) -> None:
    """Delete the subscription of the phone on which `person` signed out: it must not ring for them any more."""
    if session:
        PushSubscription.objects.filter(person=person, session_index=session_index(session)).delete()


def push_sent(subscription_id: UUID, *, message: UUID, at: dt.datetime) -> None:
    """Save which message is sent to a subscription: a receipt that names it proves that push reaches the phone."""
    PushSubscription.objects.filter(pk=subscription_id).update(sent_id=message, sent_at=at)


def push_shown(message: UUID, *, subscription: UUID | None, at: dt.datetime) -> bool:
    """Save that the worker of a phone has shown `message`; return whether it was one of ours.

    `subscription` is the one to which it went, where that is known; else the one whose latest message it is. A browser
    that another person has taken over has another subscription.
    """
    to = Q(sent_id=message) if subscription is None else Q(pk=subscription)
    return bool(PushSubscription.objects.filter(to).update(proven_at=at))


def push_proven(person_id: UUID, *, at: dt.datetime) -> bool:
    """Return whether some phone of this person has shown a push message within the last 24 hours (promises.md 12)."""
    return PushSubscription.objects.filter(person=person_id, proven_at__gt=at - PROVEN_FOR).exists()


def delete_subscriptions(subscription_ids: Iterable[UUID]) -> None:
    """Delete subscriptions that the push service says are gone."""
    PushSubscription.objects.filter(pk__in=list(subscription_ids)).delete()
