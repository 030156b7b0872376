"""The units: one tree from the city desk to the station."""

import pytest

from dissuasion.demo.seeding.geography import ground
from dissuasion.demo.seeding.unit_tree import divisions, station_name, units

UNITS = {unit.code: unit for level in units(ground()) for unit in level}


def test_it_puts_the_stations_below_county_desk_centre_and_city():
    station = UNITS["station-411681112"]
    assert station.path == "/city-4116/centre-411623/county-411681/station-411681112/"
    assert station.parent is UNITS["county-411681"]
    assert UNITS["county-411602"].parent is UNITS["centre-411602"]


def test_it_puts_other_counties_directly_below_their_city():
    assert UNITS["station-130229110"].path == "/city-1302/county-130229/station-130229110/"


def test_it_has_two_centres_and_a_station_for_every_township():
    kinds = [unit.kind for unit in UNITS.values() if unit.path.startswith("/city-4116/")]
    assert {kind: kinds.count(kind) for kind in set(kinds)} == {
        "city_desk": 1,
        "warning_centre": 2,
        "county_desk": 10,
        "station": 206,
    }


def test_it_keeps_every_path_in_its_column():
    assert len({unit.path for unit in UNITS.values()}) == len(UNITS)
    assert max(len(unit.path) for unit in UNITS.values()) <= 120
    assert not any(unit.phone for unit in UNITS.values())


@pytest.mark.parametrize(
    ("township", "station"),
    [
        ("范集镇", "范集派出所"),
        ("曹里乡", "曹里派出所"),
        ("桐丘街道", "桐丘派出所"),
        ("槐店回族镇", "槐店派出所"),
        ("黄泛区农场", "黄泛区农场派出所"),
    ],
)
def test_it_names_stations_after_their_township(township, station):
    assert station_name(township) == station


def test_it_says_which_unit_answers_for_a_division():
    answering = {d.code: d.unit.code for d in divisions(ground(), UNITS) if d.unit}
    assert [answering.get(code) for code in ("4116", "411681", "411681112", "411681112200")] == [
        "city-4116",
        "county-411681",
        "station-411681112",
        None,
    ]
