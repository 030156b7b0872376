"""Households and residents: the same on every machine, with no number that somebody bears."""

import datetime as dt
import re
from typing import Any

from django.db.models import Model

from config.lib import identity
from dissuasion.demo.seeding import staff, teams
from dissuasion.demo.seeding.geography import ground
from dissuasion.demo.seeding.grids import make_grids
from dissuasion.demo.seeding.homes import Homes, Town, add_homes
from dissuasion.demo.seeding.identities import MARK, Register, resident_phone

TOWN = "411681112"


def make() -> tuple[Homes, list[Model]]:
    """The homes of one township, and every row that belongs to its ground."""
    people = [m.person for m in staff.members({f"station-{TOWN}": teams.STATION})]
    land, homes = ground(), Homes()
    town = land.places[TOWN]
    made = make_grids(town, land.children(TOWN), people)
    add_homes(homes, land, Town(town, made, people), count=120, register=Register())
    rows = [*people, *made.coverage, *homes.households, *homes.residents, *homes.contacts, *homes.coverage]
    return homes, rows


def values(row: Any) -> dict[str, object]:
    area = getattr(row, "area", None)
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields} | {
        "area": area and area.name
    }


HOMES, ROWS = make()


def test_it_computes_the_same_rows_twice():
    assert [values(row) for row in make()[1]] == [values(row) for row in ROWS]


def test_it_uses_no_telephone_that_is_issued():
    people = [*HOMES.residents, *HOMES.contacts, *(row for row in ROWS if hasattr(row, "username"))]
    phones = [row.phone for row in people if row.phone]
    assert len(phones) == len(set(phones)) > 120
    assert all(re.fullmatch(r"100\d{8}", phone) and identity.parse_phone(phone) == phone for phone in phones)


def test_it_counts_the_residents_telephones_without_gaps():
    phones = [resident.phone for resident in HOMES.residents if resident.phone]
    assert phones == [resident_phone(number) for number in range(len(phones))]


def test_it_uses_id_numbers_of_no_region_that_check():
    numbers = [resident.id_number for resident in HOMES.residents]
    assert len(set(numbers)) == len(numbers)
    assert all(number.startswith("999999") and identity.parse_id_number(number) == number for number in numbers)


def test_it_marks_every_name_and_address_as_made_up():
    assert all(MARK in row.name for row in [*HOMES.residents, *HOMES.contacts])
    assert all("示范路" in household.address for household in HOMES.households)


def test_it_fills_households_of_one_to_four():
    homes = [resident.household_id for resident in HOMES.residents]
    sizes = {homes.count(home.pk) for home in HOMES.households}
    assert sizes == {1, 2, 3, 4}
    assert len(HOMES.households) == 120


def test_it_knows_who_needs_more_care():
    alone = [r for r in HOMES.residents if r.lives_alone]
    this_year = dt.date(2025, 1, 1).year
    assert alone
    assert all(this_year - (r.birth_year or 0) >= 60 for r in alone)
    assert {row.household_id for row in HOMES.coverage} == {r.household_id for r in alone}
    assert any(home.safety_note for home in HOMES.households)
    assert HOMES.contacts
