"""Where, when, how much, how bad: values that an alert can't have, each named with its field and reason."""

import datetime as dt

import pytest
from django.utils import timezone

from tests.cast import alert
from tests.dissuasion.api.sources.refusal import of_resident, refused

pytestmark = pytest.mark.django_db


# --- Where ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "code", ["41", "41168", "4116811122", "4116811122000", "周口市", "４１１６", "٤١١٦", "-411", "41 16"]
)
def test_it_knows_a_division_code(door, post, code):
    refused(post, ("resident.division_code", "invalid"), **of_resident(division_code=code))


@pytest.mark.parametrize(
    ("lat", "lon", "code"),
    [
        (114.875, 33.466, "coordinates_swapped"),
        (39.9, 116.4, "outside_ground"),
        (0, 0, "outside_ground"),
        (-33.466, 114.875, "outside_ground"),
        (180 - 33.466, 114.875 - 180, "outside_ground"),
        (True, 114.875, "outside_ground"),
        (181, 114.875, "max_value"),
        (-1e308, 114.875, "min_value"),
        ("nan", 114.875, "invalid"),
        ("north", 114.875, "invalid"),
        ("", 114.875, "invalid"),
        ([33.466], 114.875, "invalid"),
        ({"deg": 33}, 114.875, "invalid"),
        (10**400, 114.875, "overflow"),
    ],
)
def test_it_knows_a_place_on_the_ground(door, post, lat, lon, code):
    refused(post, ("resident.lat", code), resident={"lat": lat, "lon": lon})


@pytest.mark.parametrize(("given", "missing"), [("lat", "lon"), ("lon", "lat")])
def test_it_needs_both_halves_of_a_point(door, post, given, missing):
    refused(post, (f"resident.{missing}", "invalid"), resident={given: 33.466})
    refused(post, (f"resident.{missing}", "invalid"), resident={given: 33.466, missing: None})


def test_it_takes_no_point_at_all(door, post):
    assert post(alert(resident={"lat": None, "lon": None})).status_code == 201


# --- When -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("moment", "code"),
    [
        ("2026-07-09T12:00:00", "time_without_zone"),
        ("2026-07-09 12:00", "time_without_zone"),
        ("2026-07-09", "time_without_zone"),
        ("yesterday", "time_format"),
        ("", "time_format"),
        ("2026-02-30T12:00:00+08:00", "time_format"),
        ("2026-07-09T25:00:00+08:00", "time_format"),
        ("2026-07-09T12:00:00+99:00", "time_format"),
        ("0000-01-01T00:00:00Z", "time_format"),
        ("0001-01-01T00:00:00+14:00", "time_format"),
        ("9999-12-31T23:59:59-12:00", "time_format"),
        ("9999-12-31T23:59:59Z", "time_in_future"),
        ("12345-01-01T00:00:00Z", "time_format"),
        ("2026" * 500_000, "time_format"),
        (1783569600, "time_format"),
        (1.5, "time_format"),
        (True, "time_format"),
        ([], "time_format"),
        ({}, "time_format"),
        (["2026-07-09T12:00:00Z"], "time_format"),
    ],
    ids=lambda value: str(value)[:26],
)
def test_it_knows_a_moment(door, post, moment, code):
    refused(post, ("occurred_at", code), occurred_at=moment)


def test_it_takes_no_moment_of_the_future(door, post):
    soon = timezone.now() + dt.timedelta(minutes=6)
    refused(post, ("occurred_at", "time_in_future"), occurred_at=soon.isoformat())


# --- How much, how bad, through what --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["amount_at_risk", "already_transferred"])
@pytest.mark.parametrize(
    ("amount", "code"),
    [
        (-1, "min_value"), ("-0.01", "min_value"), ("1.005", "max_decimal_places"), ("1e-9", "max_decimal_places"),
        (10**13, "max_whole_digits"), (10**300, "max_digits"), ("1e400", "max_digits"), ("NaN", "invalid"),
        ("sNaN", "invalid"), ("Infinity", "invalid"), ("-inf", "invalid"), ("20万", "invalid"),
        ("9" * 2000, "max_string_length"), (True, "invalid"), ([1], "invalid"), ({"yuan": 1}, "invalid"),
    ],
)  # fmt: skip
def test_it_knows_an_amount_of_money(door, post, name, amount, code):
    refused(post, (name, code), **{name: amount})


@pytest.mark.parametrize("amount", [-0.001, -0.01, -1e300, 1e300, 1e15])
def test_it_rounds_no_amount_that_is_none(door, post, amount):
    answer = post(alert(amount_at_risk=amount))
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "amount_at_risk")


@pytest.mark.parametrize("name", ["risk", "channel"])
def test_it_knows_a_level_and_a_channel(door, post, name):
    for value in ("HIGH", "高", " high", 3, 1.5, True, ["high"], {"high": 1}, [], {}):
        refused(post, (name, "invalid_choice"), **{name: value})


@pytest.mark.parametrize("changes", [{"risk": ""}, {"channel": ""}, {"suspect": None}, {"suspect": {}}, {"note": ""}])
def test_it_may_leave_empty_what_is_optional(door, post, changes):
    assert post(alert(**changes)).status_code == 201
