"""Writes the seeded rows to the database in large batches; every function expects to run inside one transaction."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection, models

from accounts.models import Person, Presence, Shift, Unit
from accounts.roles import MAY_VISIT
from dissuasion.demo.seeding.geography import Ground
from dissuasion.demo.seeding.grids import Grids, make_grids
from dissuasion.demo.seeding.homes import Homes, Town, add_homes
from dissuasion.demo.seeding.identities import Register
from dissuasion.demo.seeding.randomness import random_for, random_point
from dissuasion.demo.seeding.recorded import recorded_cases, recorded_home
from dissuasion.demo.seeding.staff import Member
from dissuasion.demo.seeding.unit_tree import divisions, units
from dissuasion.models import WorkVersion
from households.models import Area, Contact, Coverage, Division, Household, Resident

BATCH = 2000
HOUSEHOLDS_AT_ONCE = 1500
AROUND_STATION_KM, ACCURACY_M = (0.1, 3.5), (6, 60)


@contextmanager
def unlogged() -> Iterator[None]:
    """Keep Django's debug mode from logging 100,000 rows of SQL, which would double the time."""
    connection.make_debug_cursor = connection.make_cursor  # type: ignore[assignment,method-assign]
    try:
        yield
    finally:
        del connection.make_debug_cursor


def _save(model: type[models.Model], rows: Sequence[models.Model]) -> None:
    model._default_manager.bulk_create(rows, batch_size=BATCH)


def write_ground(ground: Ground) -> None:
    """Write all units and divisions."""
    levels = units(ground)
    for level in levels:
        _save(Unit, level)
    _save(Division, divisions(ground, {unit.code: unit for level in levels for unit in level}))


def write_people(members: Iterable[Member]) -> dict[str, list[Person]]:
    """Write these people with their work versions; return them by the code of their unit."""
    ids = dict(Unit.objects.values_list("code", "pk"))
    by_unit: dict[str, list[Person]] = defaultdict(list)
    for member in members:
        member.person.unit_id = ids[member.unit]
        by_unit[member.unit].append(member.person)
    people = [person for unit in by_unit.values() for person in unit]
    _save(Person, people)
    _save(WorkVersion, [WorkVersion(person=person) for person in people])
    return by_unit


def write_grids(ground: Ground, people: Mapping[str, list[Person]]) -> dict[str, Grids]:
    """Write the grids and who covers what; return them by the code of the township."""
    by_town = {}
    for unit, staff in people.items():
        kind, _, code = unit.partition("-")
        if kind == "station":
            by_town[code] = make_grids(ground.places[code], ground.children(code), staff)
    _save(Area, [area for made in by_town.values() for areas in made.areas.values() for area in areas])
    _save(Coverage, [row for made in by_town.values() for row in made.coverage])
    return by_town


def write_homes(
    ground: Ground,
    counts: Mapping[str, int],
    *,
    people: Mapping[str, list[Person]],
    by_town: Mapping[str, Grids],
    done: Callable[[], None],
) -> tuple[int, int]:
    """Write the households of these townships; `done` is called after each. Return households and residents."""
    register, homes, households = Register(), Homes(), 0
    for code, count in counts.items():
        town = Town(ground.places[code], by_town[code], people[f"station-{code}"])
        add_homes(homes, ground, town, count=count, register=register)
        households += count
        if len(homes.households) >= HOUSEHOLDS_AT_ONCE:
            _write_homes(homes)
        done()
    _write_homes(homes)
    return households, register.residents


def _write_homes(homes: Homes) -> None:
    _save(Household, homes.households)
    _save(Resident, homes.residents)
    _save(Contact, homes.contacts)
    _save(Coverage, homes.coverage)
    homes.clear()


def write_recorded_homes() -> None:
    """Write the households of the recorded cases, each in its village's first grid where there is one."""
    homes = Homes()
    for number, case in enumerate(recorded_cases(), start=1):
        area = Area.objects.filter(division_id=case["division_code"]).order_by("pk").first()
        household, resident, contact = recorded_home(case, number=number, area=area)
        homes.households.append(household)
        homes.residents.append(resident)
        homes.contacts.append(contact)
    _write_homes(homes)


def write_presence(ground: Ground, *, now: dt.datetime, people: Iterable[Any] | None = None) -> None:
    """Put the phones of the field staff on duty at `now` around their station; of `people` only, when given."""
    on_duty = Shift.objects.filter(starts_at__lte=now, ends_at__gt=now, person__role__in=MAY_VISIT)
    if people is not None:
        on_duty = on_duty.filter(person__in=list(people))
    rows = []
    for pk, unit in on_duty.order_by("person__username").values_list("person_id", "person__unit__code").distinct():
        rng = random_for("presence", pk)
        centre = ground.places[unit.partition("-")[2]].point
        lat, lon = random_point(centre, near_km=AROUND_STATION_KM[0], far_km=AROUND_STATION_KM[1], rng=rng)
        rows.append(
            Presence(person_id=pk, seen_at=now, position_at=now, lat=lat, lon=lon, accuracy_m=rng.randint(*ACCURACY_M))
        )
    _save(Presence, rows)
