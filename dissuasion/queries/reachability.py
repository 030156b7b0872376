"""Who can't be reached by any channel: stations without a chief to tell, desks without anybody, people on duty."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from accounts.models import Person, PushSubscription, Shift, Unit
from accounts.phones import PROVEN_FOR
from accounts.roles import MAY_VISIT, SENT_BY_MACHINE, Role
from dissuasion.models import Delivery

PUSH = Delivery.Channel.PUSH.value
# All but push go to a telephone number.
BY_NUMBER = tuple(channel for channel in Delivery.Channel.values if channel != PUSH)
DESKS = (Role.COUNTY_DESK, Role.CITY_DESK)


@dataclass(frozen=True)
class UnreachableUnit:
    """A unit in which a rung would reach nobody; `staffed` when people are there, but without a number."""

    unit: str
    staffed: bool


@dataclass(frozen=True)
class PersonWithoutNumber:
    """Somebody on duty without a telephone number; `push` when a phone of theirs has lately shown one."""

    name: str
    unit: str
    push: bool


@dataclass(frozen=True)
class Gaps:
    """What is missing now: chiefs by station, desks above units with field staff, field staff on duty."""

    chiefs: list[UnreachableUnit]
    desks: list[UnreachableUnit]
    field: list[PersonWithoutNumber]


def channels_of(*, number: bool, push: bool) -> list[str]:
    """Return the codes of the channels on which a person can be written to: push only where it is proven."""
    channels = []
    if push:
        channels.append(PUSH)
    if number:
        channels += BY_NUMBER
    return channels


def gaps(*, now: dt.datetime) -> Gaps:
    """Return who could not be reached at `now`, in four queries; only units with field staff count."""
    chiefs, desks = _superiors()
    return Gaps(chiefs, desks, _field(now))


def _proven(now: dt.datetime) -> Exists:
    """Return the condition that a phone of the outer person has shown a push message within the last 24 hours."""
    return Exists(PushSubscription.objects.filter(person=OuterRef("pk"), proven_at__gt=now - PROVEN_FOR))


def _superiors() -> tuple[list[UnreachableUnit], list[UnreachableUnit]]:
    """Return the stations without a chief, and the desks without anybody, whom a message would reach.

    Joined here from three short lists: a database plans the same query badly for a table without statistics.
    """
    units = {unit.pk: unit for unit in Unit.objects.order_by("path")}
    people = Person.objects.filter(is_active=True, unit__isnull=False).order_by()
    with_staff = set(people.filter(role__in=MAY_VISIT).values_list("unit", flat=True).distinct())
    told = people.filter(role__in=[Role.STATION_CHIEF, *DESKS])
    there: dict[int, dict[bool, bool]] = defaultdict(dict)  # by unit, then whether chief: whether anybody has a number
    for unit, role, number in told.values_list("unit", "role", "phone_index"):
        chief = role == Role.STATION_CHIEF
        there[unit][chief] = there[unit].get(chief, False) or bool(number)  # superiors are written to, not pushed
    # The county's rung goes to the desk above a unit, at the top to the unit itself.
    above = {units[pk].parent_id or pk for pk in with_staff}
    stations = [pk for pk in units if pk in with_staff and units[pk].kind == Unit.Kind.STATION]
    return (
        [UnreachableUnit(units[pk].name, True in there[pk]) for pk in stations if not there[pk].get(True)],
        [
            UnreachableUnit(units[pk].name, False in there[pk])
            for pk in units
            if pk in above and not there[pk].get(False)
        ],
    )


def _field(now: dt.datetime) -> list[PersonWithoutNumber]:
    running = Shift.objects.filter(starts_at__lte=now, ends_at__gt=now).values("person")
    people = Person.objects.filter(
        pk__in=running, phone_index="", is_active=True, role__in=SENT_BY_MACHINE, unit__isnull=False
    )
    rows = people.annotate(push=_proven(now)).order_by("unit__path", "username")
    return [PersonWithoutNumber(*row) for row in rows.values_list("name", "unit__name", "push")]
