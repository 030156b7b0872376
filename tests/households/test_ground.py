"""Which division a code means, which unit answers for it, and which points are on the ground."""

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Unit
from households import ground
from households.models import Coverage, Division
from tests.cast import COUNTY, HOME, TOWNSHIP, VILLAGE

FANJI, ZHOUKOU = HOME, [(33.466, 114.875), (33.409, 115.098)]


@pytest.mark.parametrize(
    ("code", "chain"),
    [
        (VILLAGE, [VILLAGE, TOWNSHIP, COUNTY, "4116"]),
        (TOWNSHIP, [TOWNSHIP, COUNTY, "4116"]),
        (COUNTY, [COUNTY, "4116"]),
        ("4116", ["4116"]),
        ("", []),
    ],
)
def test_it_climbs_from_the_village_to_the_city(code, chain):
    assert ground.codes_above(code) == chain


def test_it_reads_the_ground_of_many_codes_at_once(cast, django_assert_num_queries):
    with django_assert_num_queries(1):
        known = ground.divisions_for([VILLAGE, "411624114", "999999"])
    assert {VILLAGE, TOWNSHIP, COUNTY, "4116", "411624114", "411624"} == set(known)


@pytest.mark.parametrize(
    ("code", "unit"),
    [
        (VILLAGE, f"station-{TOWNSHIP}"),
        (TOWNSHIP, f"station-{TOWNSHIP}"),
        (COUNTY, f"county-{COUNTY}"),
        ("4116", "city-4116"),
        (f"{TOWNSHIP}999", f"station-{TOWNSHIP}"),  # a village that is not on the list
        (f"{COUNTY}999", f"county-{COUNTY}"),
        ("411699", "city-4116"),
        ("130229110", None),
        ("", None),
    ],
)
def test_it_finds_who_answers_for_a_place(cast, code, unit):
    found = ground.unit_of(code, ground.divisions_for([code]))
    assert (found and found.code) == unit


def test_it_goes_up_where_a_township_has_no_station(cast):
    Division.objects.filter(code=TOWNSHIP).update(unit=None)
    found = ground.unit_of(VILLAGE, ground.divisions_for([VILLAGE]))
    assert found == cast.units[COUNTY]


@pytest.mark.parametrize(
    ("code", "desk"),
    [(VILLAGE, f"county-{COUNTY}"), (COUNTY, f"county-{COUNTY}"), ("4116", "city-4116"), ("411699114", "city-4116")],
)
def test_it_finds_the_desk_for_what_is_unclear(cast, code, desk):
    found = ground.county_desk_of(code, ground.divisions_for([code]))
    assert found is not None
    assert found.code == desk


@pytest.mark.parametrize(
    ("lat", "lon", "fault"),
    [
        (*FANJI, ""),
        (33.9, 115.3, ""),
        (114.875, 33.466, "coordinates_swapped"),
        (39.9, 116.4, "outside_ground"),  # the capital
        (0, 0, "outside_ground"),
        (-33.466, 114.875, "outside_ground"),
        (33.466, -114.875, "outside_ground"),
    ],
)
def test_it_judges_a_point(lat, lon, fault):
    assert ground.point_fault(lat, lon, ZHOUKOU) == fault


def test_it_judges_no_point_while_no_county_is_known():
    assert ground.point_fault(39.9, 116.4, []) == ""
    assert ground.point_fault(116.4, 39.9, []) == "coordinates_swapped"


@given(st.floats(17, 54), st.floats(73, 136))
def test_it_notices_every_swap(lat, lon):
    assert ground.point_fault(lon, lat, ZHOUKOU) == "coordinates_swapped"
    assert ground.point_fault(lat, lon, ZHOUKOU) != "coordinates_swapped"


@given(st.floats(-180, 180), st.floats(-180, 180))
def test_it_has_an_answer_to_any_point(lat, lon):
    assert ground.point_fault(lat, lon, ZHOUKOU) in ("", "coordinates_swapped", "outside_ground")


def test_it_knows_the_seats_of_counties_only(cast):
    assert sorted(ground.county_seats()) == sorted(ZHOUKOU)
    Division.objects.filter(code=COUNTY).update(lat=None, lon=None)
    assert ground.county_seats() == [(33.409, 115.098)]


def test_it_covers_one_thing_at_a_time(cast):
    home = cast.zhao_resident.household
    for ground_of in ({}, {"division_id": VILLAGE, "household": home}, {"area": home.area, "household": home}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Coverage.objects.create(person=cast.qin, **ground_of)


def test_it_covers_the_same_thing_once(cast):
    with pytest.raises(IntegrityError), transaction.atomic():
        Coverage.objects.create(person=cast.lin, division_id=VILLAGE)


def test_it_knows_which_units_stand_below(cast):
    station, desk, city = cast.units[TOWNSHIP], cast.units[COUNTY], cast.units["city"]
    assert station.path == "/city-4116/county-411681/station-411681112/"
    assert city.covers(station)
    assert desk.covers(station)
    assert not station.covers(desk)
    assert not cast.units["411624"].covers(station)
    assert Unit.objects.filter(path__startswith=desk.path).count() == 3
