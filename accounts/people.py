"""Actions on people: outside the admin's forms, only this file writes persons, shifts and presence."""

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.db.models import Case, F, Q, Value, When

from accounts.models import Person, Presence, PushSubscription, Shift


def recheck_sockets(person: Person) -> None:
    """Make every open socket of `person` check its session again, within 3 seconds (promises.md 19)."""
    Person.objects.filter(pk=person.pk).update(auth_epoch=F("auth_epoch") + 1)


def renew_handover_key(person: Person) -> None:
    """Renew the key with which phones of `person` seal a hand-over: what an older key sealed waits for a person."""
    Person.objects.filter(pk=person.pk).update(handover_epoch=F("handover_epoch") + 1)


def password_changed(person: Person) -> None:
    """Do what follows a new password: older sessions lose their sockets, and the hand-over key is renewed."""
    recheck_sockets(person)
    renew_handover_key(person)


def deactivate(person: Person) -> None:
    """Take all rights from `person` at once; their records stay."""
    risen = {"auth_epoch": F("auth_epoch") + 1, "handover_epoch": F("handover_epoch") + 1}
    Person.objects.filter(pk=person.pk).update(is_active=False, **risen)
    PushSubscription.objects.filter(person=person).delete()


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
