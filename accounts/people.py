"""Actions on people: outside the admin's forms, only this file writes persons, shifts and presence."""

import datetime as dt
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import Case, F, Q, Value, When

from accounts.models import Card, Person, Presence, PushSubscription, Shift


def recheck_sockets(person: Person) -> None:
    """Make every open socket of `person` check its session again, within 3 seconds (promises.md 19)."""
    Person.objects.filter(pk=person.pk).update(auth_epoch=F("auth_epoch") + 1)


def renew_handover_key(person: Person) -> None:
    """Renew the key with which phones of `person` seal a hand-over: what an older key sealed waits for a person."""
    Person.objects.filter(pk=person.pk).update(handover_epoch=F("handover_epoch") + 1)


@transaction.atomic
def password_changed(person: Person) -> None:
    """Save a person's own new password and do what follows: older sessions lose their sockets, the hand-over key is
    renewed. What nobody but its owner has, such as a passkey, stays.
    """
    # Not the whole row: an admin may be ending everything in this very moment.
    person.save(update_fields=["password"])
    recheck_sockets(person)
    renew_handover_key(person)


@transaction.atomic
def password_set(person: Person) -> None:
    """Save a new password that an admin has set, and end everything with it: never the one without the other."""
    person.save(update_fields=["password"])
    end_everything(person)


@transaction.atomic
def end_everything(person: Person) -> None:
    """End whatever lets a phone act or speak for `person`: for a lost phone, a password that an admin sets, a new card.

    Sessions end for good, also when the same person is active again. Passkeys and push subscriptions are deleted, the
    hand-over key is renewed. So is the card: its secret is made when a phone next asks for it.
    """
    epochs = ("session_epoch", "auth_epoch", "handover_epoch")
    Person.objects.filter(pk=person.pk).update(**{epoch: F(epoch) + 1 for epoch in epochs})
    Authenticator.objects.filter(user=person).delete()
    PushSubscription.objects.filter(person=person).delete()
    Card.objects.filter(person=person).delete()
    person.refresh_from_db(fields=epochs)


@transaction.atomic
def deactivate(person: Person) -> None:
    """Take all rights from `person` at once; their records stay."""
    Person.objects.filter(pk=person.pk).update(is_active=False)
    end_everything(person)


def card_tried(person: Person, *, at: dt.datetime, quiet_for: dt.timedelta) -> bool:
    """Save that somebody tries wrong codes of the card of `person`; return whether it was saved.

    It is not saved again within `quiet_for` of the last time.
    """
    news = Q(card_tried_at=None) | Q(card_tried_at__lte=at - quiet_for)
    return bool(Person.objects.filter(news, pk=person.pk).update(card_tried_at=at))


@transaction.atomic
def go_on_duty(person: Person, *, at: dt.datetime, until: dt.datetime) -> Shift:
    """Return the shift in which `person` is on duty from `at`; a running one is prolonged, never doubled."""
    Person.objects.select_for_update().get(pk=person.pk)
    running = Shift.objects.filter(person=person, starts_at__lte=at, ends_at__gt=at).first()
    if running is None:
        return Shift.objects.create(person=person, starts_at=at, ends_at=until)
    running.ends_at = max(running.ends_at, until)
    running.save(update_fields=["ends_at"])
    return running


def go_off_duty(person: Person, *, at: dt.datetime) -> int:
    """End every running shift of `person`; return how many there were."""
    return Shift.objects.filter(person=person, starts_at__lte=at, ends_at__gt=at).update(ends_at=at)


def on_duty_until(person: Person, *, at: dt.datetime) -> dt.datetime | None:
    """Return when the running shift of `person` ends, or None when they are off duty."""
    shifts = Shift.objects.filter(person=person, starts_at__lte=at, ends_at__gt=at)
    return shifts.order_by("-ends_at").values_list("ends_at", flat=True).first()


def mark_seen(person_ids: list[UUID], *, at: dt.datetime) -> None:
    """Save that the phones of these persons are connected at `at`."""
    # Always in the same order: two processes that write the same rows would wait for each other otherwise.
    rows = [Presence(person_id=pk, seen_at=at) for pk in sorted(person_ids)]
    Presence.objects.bulk_create(rows, update_conflicts=True, unique_fields=["person"], update_fields=["seen_at"])


def save_position(
    person: Person, *, at: dt.datetime, lat: float, lon: float, accuracy_m: float, position_at: dt.datetime
) -> None:
    """Save where the phone of `person` was (WGS-84, metres); an older position never replaces a newer one."""
    Presence.objects.get_or_create(person=person)
    mine = Presence.objects.filter(person=person)
    # The database compares while it writes: another process may have written since this one looked.
    seen_at = Case(When(seen_at__gt=at, then=F("seen_at")), default=Value(at))
    newer = mine.filter(Q(position_at=None) | Q(position_at__lte=position_at))
    if not newer.update(lat=lat, lon=lon, accuracy_m=accuracy_m, position_at=position_at, seen_at=seen_at):
        mine.update(seen_at=seen_at)
