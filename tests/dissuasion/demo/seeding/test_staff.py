"""The staff: how many, who they are, and that somebody is always there."""

import datetime as dt
from collections import Counter

import pytest
from django.contrib.auth.hashers import check_password, identify_hasher

from accounts.roles import SENT_BY_MACHINE, Role, may_lead
from dissuasion.demo.seeding import rota, staff, teams

SIZES = ["small", "city"]
# More than two weeks around a change of year, in every shift.
DAYS = [dt.date(2025, 12, 24) + dt.timedelta(days=day) for day in range(15)]


def everybody(size: str) -> list[staff.Member]:
    """The staff with their unit's code where the database has the unit's key."""
    members = list(staff.members(teams.teams(size)))
    for member in members:
        member.person.unit_id = member.unit
    return members


@pytest.mark.parametrize("size", SIZES)
def test_it_has_everybody_of_the_cast(size):
    found = {m.person.username: (m.person.name, m.person.role, m.unit) for m in everybody(size)}
    cast = {name: (said, role, unit) for (unit, role), (name, said) in staff.CAST.items()}
    assert sorted(cast) == ["gu", "lin", "mei", "sun", "wen", "zhao"]
    assert {name: found[name] for name in cast} == cast


def test_it_has_as_many_people_as_the_city():
    units = Counter(member.unit for member in everybody("city"))
    assert sum(units.values()) == 5000
    assert sum(unit.startswith("station-") for unit in units) == 206


def test_it_has_two_full_stations_in_the_small_demo():
    units = Counter(member.unit for member in everybody("small"))
    assert units["station-411681112"] == units["station-411624114"] == 26
    assert {"county-411681", "county-411624", "centre-411623", "city-4116"} <= set(units)


def test_it_has_exactly_the_households_that_were_asked_for():
    assert sum(teams.homes("city").values()) == 20_000
    assert set(teams.homes("small").values()) == {120}


@pytest.mark.parametrize("size", SIZES)
def test_it_gives_nobody_anothers_name_number_or_id(size):
    people = [member.person for member in everybody(size)]
    for field in ("pk", "username", "phone", "phone_index", "name"):
        assert len({getattr(person, field) for person in people}) == len(people), field


def test_it_lets_everybody_sign_in_with_the_one_published_password():
    hashes = {member.person.password for member in everybody("small")}
    assert len(hashes) == 1
    password = hashes.pop()
    assert check_password(staff.DEMO_PASSWORD, password)
    assert not identify_hasher(password).must_update(password)


def test_it_gives_only_admins_the_admin():
    people = [member.person for member in everybody("city")]
    assert {person.role for person in people if person.is_staff} == {"admin"}
    assert [person.username for person in people if person.is_superuser] == ["sun"]


@pytest.mark.parametrize("size", SIZES)
def test_it_always_has_police_at_every_station(size):
    people = [m.person for m in everybody(size) if m.person.username not in rota.ALWAYS]
    people = [person for person in people if person.role in rota.ON_ROTA]
    police = {p.pk: p.unit_id for p in people if p.role in SENT_BY_MACHINE and may_lead(p.role, "high")}
    stations = {unit for unit in police.values() if str(unit).startswith("station-")}
    on_duty: dict[dt.datetime, set[object]] = {}
    for shift in rota.shifts(people, DAYS):
        on_duty.setdefault(shift.starts_at, set()).add(police.get(shift.person_id))
    assert len(on_duty) == 3 * len(DAYS)
    assert all(stations <= units for units in on_duty.values())


def test_it_lets_everybody_rest_between_shifts():
    people = [m.person for m in everybody("small") if m.person.role in rota.ON_ROTA]
    ends: dict[object, dt.datetime] = {}
    for shift in rota.shifts(people, DAYS):
        before = ends.get(shift.person_id)
        assert before is None or shift.starts_at - before >= dt.timedelta(hours=8)
        ends[shift.person_id] = shift.ends_at


@pytest.mark.parametrize("size", SIZES)
def test_everybody_can_be_written_to(size):
    assert all(member.person.phone_index for member in everybody(size))
    for unit, team in teams.teams(size).items():
        assert Role.STATION_CHIEF in team or not unit.startswith("station-")
        assert {Role.COUNTY_DESK, Role.CITY_DESK} & set(team) or unit.startswith("station-")
