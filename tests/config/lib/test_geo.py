"""Distances and bearings on the ground."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from config.lib import geo

LIN = (33.4660, 114.8750)
LAT, LON = st.floats(17, 54), st.floats(73, 136)


@pytest.mark.parametrize(
    ("d_lat", "d_lon", "point"),
    [
        (1, 0, "N"), (1, 1, "NE"), (0, 1, "E"), (-1, 1, "SE"),
        (-1, 0, "S"), (-1, -1, "SW"), (0, -1, "W"), (1, -1, "NW"),
    ],
)  # fmt: skip
def test_it_names_the_compass_point(d_lat, d_lon, point):
    there = (LIN[0] + d_lat / 100, LIN[1] + d_lon / 100)
    assert geo.bearing(LIN, there) == point


@given(LAT, LON, LAT, LON)
def test_it_names_the_opposite_point_on_the_way_back(lat, lon, other_lat, other_lon):
    there = (lat + (other_lat - lat) / 1000, lon + (other_lon - lon) / 1000)
    out, back = geo.bearing((lat, lon), there), geo.bearing(there, (lat, lon))
    apart = (geo.POINTS.index(out) - geo.POINTS.index(back)) % 8
    # A bearing on the border of two points may fall to either side.
    assert geo.distance_m((lat, lon), there) < 1 or apart in (3, 4, 5)


def test_it_measures_a_known_distance():
    # One degree of latitude at 33.5 degrees north is 110.9 km on the WGS-84 ellipsoid.
    assert geo.distance_m((33.0, 114.0), (34.0, 114.0)) == pytest.approx(110_912, abs=5)
    assert geo.distance_m(LIN, LIN) == 0


@given(LAT, LON, LAT, LON)
def test_it_is_roughly_right_within_one_percent(lat, lon, other_lat, other_lon):
    exact = geo.distance_m((lat, lon), (other_lat, other_lon))
    assert geo.rough_distance_m((lat, lon), (other_lat, other_lon)) == pytest.approx(exact, rel=0.01, abs=0.01)


@given(st.floats(-180, 180), st.floats(-180, 180), st.floats(-90, 90), st.floats(-180, 180))
def test_it_always_has_a_rough_distance(lat, lon, other_lat, other_lon):
    assert 0 <= geo.rough_distance_m((lat, lon), (other_lat, other_lon)) <= 20_100_000


@given(st.floats(-90, 90), st.floats(-180, 180))
@example(2.5, 162.9)  # here rounding makes the haversine larger than 1
def test_it_survives_the_far_side_of_the_earth(lat, lon):
    assert geo.rough_distance_m((lat, lon), (-lat, lon + 180)) == pytest.approx(20_015_115, rel=1e-6)


@given(st.floats(-90, 90), st.floats(-180, 180))
@example(57.5, 166.4)  # and here smaller than 0
def test_it_survives_a_place_beyond_the_pole(lat, lon):
    assert geo.rough_distance_m((lat, lon), (180 - lat, lon - 180)) == pytest.approx(0, abs=0.5)
