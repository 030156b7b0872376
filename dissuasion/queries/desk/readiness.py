"""Who of a unit can be reached and whose phone is ready, the worst first: what a chief looks at when duty begins."""

import datetime as dt
from collections import defaultdict
from typing import Any, TypedDict
from uuid import UUID

from accounts.models import Device, Person, PushSubscription, Unit
from accounts.phones import PROVEN_FOR
from accounts.roles import MAY_VISIT
from dissuasion.access import below
from dissuasion.queries.reachability import channels_of
from dissuasion.queries.workload import on_duty_until

LISTED = 500
# The hub notes who is connected every few seconds; longer silence is no connection.
CONNECTED = dt.timedelta(seconds=90)
# A ready check belongs to one shift.
CHECKED = dt.timedelta(hours=14)


class Gap(TypedDict):
    """How many acts of a phone are missing, and up to which number none is."""

    missing: int
    received_through: int


class CheckPart(TypedDict):
    """The latest ready check of a person."""

    at: dt.datetime
    checks: list[dict[str, str]]


class DevicePart(TypedDict):
    """What a person's phone, of several the one last heard, claims about itself."""

    app_version: str
    last_seq: int
    unsent: int
    oldest_unsent_at: dt.datetime | None
    gap: Gap | None
    at: dt.datetime


class PersonRow(TypedDict):
    """Whether somebody can be reached, and whether their phone is ready."""

    id: str
    name: str
    role: str
    unit: str | None
    on_duty: bool
    seen_at: dt.datetime | None
    readiness: CheckPart | None
    device: DevicePart | None
    reachable_by: list[str]
    channels: list[str]


class ReadinessDocument(TypedDict):
    """The people, the worst first; `total` counts those beyond the page as well."""

    people: list[PersonRow]
    total: int


def readiness(unit: Unit, *, now: dt.datetime) -> ReadinessDocument:
    """Return the people of a unit and of those below it, worst first, in a constant number of queries."""
    people = (
        Person.objects.filter(below(unit), is_active=True, role__in=MAY_VISIT)
        .select_related("unit", "presence", "readiness")
        .annotate(on_duty_until=on_duty_until(now))
        .defer("phone", "password")
        .order_by("username")
    )
    ids = people.order_by().values("pk")
    proven = set(
        PushSubscription.objects.filter(person__in=ids, proven_at__gt=now - PROVEN_FOR).values_list("person", flat=True)
    )
    phones = _newest(Device.objects.filter(person__in=ids).order_by("-heard_at"))
    rows = [_row(person, phones.get(person.pk), person.pk in proven, now) for person in people]
    ranked = sorted(rows, key=lambda row: _rank(row, now))
    return {"people": ranked[:LISTED], "total": len(ranked)}


def _newest(devices: Any) -> dict[UUID, Device]:
    found: dict[UUID, list[Device]] = defaultdict(list)
    for device in devices:
        found[device.person_id].append(device)
    return {person_id: rows[0] for person_id, rows in found.items()}


def _row(person: Any, device: Device | None, proven: bool, now: dt.datetime) -> PersonRow:
    presence, check = getattr(person, "presence", None), getattr(person, "readiness", None)
    seen_at = presence.seen_at if presence else None
    ways = {
        "socket": seen_at is not None and now - seen_at <= CONNECTED,
        "push": proven,
        "phone": bool(person.phone_index),
    }
    return {
        "id": str(person.pk),
        "name": person.name,
        "role": person.role,
        "unit": person.unit.name if person.unit else None,
        "on_duty": person.on_duty_until is not None,
        "seen_at": seen_at,
        "readiness": {"at": check.at, "checks": check.checks} if check else None,
        "device": _device(device) if device else None,
        "reachable_by": [way for way, open_ in ways.items() if open_],
        "channels": channels_of(number=ways["phone"], push=proven),
    }


def _device(device: Device) -> DevicePart:
    return {
        "app_version": device.app_version,
        "last_seq": device.last_seq,
        "unsent": device.unsent,
        "oldest_unsent_at": device.oldest_unsent_at,
        "gap": gap_of(device),
        "at": device.heard_at,
    }


def gap_of(device: Device) -> Gap | None:
    """Return what the server misses of a phone's acts, None when nothing is missing."""
    if not device.missing:
        return None
    return {"missing": device.missing, "received_through": device.received_through}


def _rank(row: PersonRow, now: dt.datetime) -> tuple[Any, ...]:
    """Return the sort key of a row: on duty before off duty, then by what is wrong; equal rows keep their order."""
    check = row["readiness"]
    device = row["device"]
    states = [entry["state"] for entry in check["checks"]] if check else []
    reached = "socket" in row["reachable_by"] or "push" in row["reachable_by"]
    behind = device is not None and bool(device["gap"] or device["unsent"])
    old = check is None or now - check["at"] > CHECKED
    wrong = (not reached, "bad" in states, behind, old, "warn" in states)
    return (not row["on_duty"], *(not fault for fault in wrong))
