"""What happens to people: the only place of this app that writes them outside the admin's forms."""

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.db.models import Case, F, Q, Value, When

from accounts.models import Person, Presence, PushSubscription, Shift


def hang_up(person: Person) -> None:
    """Make every open socket of `person` look again at whether it may stay (within 3 seconds, promises.md 19)."""
    Person.objects.filter(pk=person.pk).update(auth_epoch=F("auth_epoch") + 1)


def renew_handover_key(person: Person) -> None:
    """Make the keys with which the phones of `person` seal a hand-over old: what they seal is looked at first."""
    Person.objects.filter(pk=person.pk).update(handover_epoch=F("handover_epoch") + 1)


def password_changed(person: Person) -> None:
    """Do what follows a new password: sockets of older sessions hang up, keys kept on phones grow old."""
    hang_up(person)
    renew_handover_key(person)


def deactivate(person: Person) -> None:
    """Take all rights from `person` at once; what they recorded stays."""
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


def seen(person_ids: list[UUID], *, at: dt.datetime) -> None:
    """Note that the phones of these persons are connected."""
    # Always in the same order: two processes that write the same rows would wait for each other otherwise.
    rows = [Presence(person_id=pk, seen_at=at) for pk in sorted(person_ids)]
    Presence.objects.bulk_create(rows, update_conflicts=True, unique_fields=["person"], update_fields=["seen_at"])


def seen_at_place(
    person: Person, *, at: dt.datetime, lat: float, lon: float, accuracy_m: float, position_at: dt.datetime
) -> None:
    """Note where the phone of `person` was (WGS-84, metres); an older position never replaces a newer one."""
    Presence.objects.get_or_create(person=person)
    mine = Presence.objects.filter(person=person)
    # The database compares while it writes: another process may have written since this one looked.
    seen_at = Case(When(seen_at__gt=at, then=F("seen_at")), default=Value(at))
    newer = mine.filter(Q(position_at=None) | Q(position_at__lte=position_at))
    if not newer.update(lat=lat, lon=lon, accuracy_m=accuracy_m, position_at=position_at, seen_at=seen_at):
        mine.update(seen_at=seen_at)
