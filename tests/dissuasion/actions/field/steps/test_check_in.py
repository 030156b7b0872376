"""A check-in is graded by its geodesic distance to the door, and never blocks."""

import pytest
from geopy.distance import geodesic

from households.models import Household
from tests.cast import HOME
from tests.dissuasion.actions.field.phone import Phone, position

GRADES = [
    (position(0, accuracy_m=5), "A", []),
    (position(14.5, accuracy_m=30), "A", []),
    (position(15.5, accuracy_m=5), "B", ["a_little_off"]),
    (position(5, accuracy_m=31), "B", ["a_little_off"]),
    (position(49, accuracy_m=100), "B", ["a_little_off"]),
    (position(51, accuracy_m=20), "C", ["coarse_position"]),
    (position(900, accuracy_m=1000), "C", ["coarse_position"]),
    (position(900, accuracy_m=100), "D", ["far_away"]),
    (position(5, accuracy_m=2001), "D", ["far_away"]),
    (position(550, accuracy_m=10), "D", ["far_away"]),  # a fix in the wrong datum: GCJ-02 for WGS-84
    (position(5, age_s=121), "B", ["old_position"]),
    (position(5, age_s=119), "A", []),
    (position(0, accuracy_m=0), "C", ["accuracy_implausible"]),
]


@pytest.mark.parametrize(("place", "letter", "reasons"), GRADES)
def test_it_grades_a_check_in(lin, place, letter, reasons):
    receipt = lin.does("arrive", position=place)
    assert (receipt["verdict"], receipt["grade"]) == ("applied", letter)
    assert [reason["code"] for reason in receipt["reasons"]] == reasons
    assert lin.held() == ["on_scene"]


def test_it_measures_on_the_ellipsoid(lin, gu):
    here = (HOME[0] + 0.002, HOME[1] + 0.003)
    receipt = lin.does("arrive", position={"lat": here[0], "lon": here[1], "accuracy_m": 10})
    assert receipt["distance_m"] == round(geodesic(here, HOME).meters, 1)
    assert gu.case(lin)["check_ins"][0]["distance_m"] == pytest.approx(geodesic(here, HOME).meters)


def test_it_takes_a_check_in_without_a_position_and_keeps_the_reason(lin, gu):
    receipt = lin.does("arrive", manual_reason="cellar, no satellites")
    assert (receipt["grade"], receipt["distance_m"]) == ("D", None)
    assert [reason["code"] for reason in receipt["reasons"]] == ["no_position"]
    (row,) = gu.case(lin)["check_ins"]
    assert (row["grade"], row["manual_reason"], row["accuracy_m"]) == ("D", "cellar, no satellites", None)


def test_it_grades_c_where_the_address_has_no_point(clock, cast, send_alert):
    Household.objects.filter(pk=cast.zhao_resident.household_id).update(lat=None, lon=None)
    send_alert()
    receipt = Phone(cast, "lin").does("arrive", position=position(3))
    assert (receipt["grade"], receipt["distance_m"]) == ("C", None)
    assert [reason["code"] for reason in receipt["reasons"]] == ["address_without_point"]


def test_it_measures_to_the_place_of_the_warning_where_it_gives_one(clock, cast, send_alert):
    send_alert(resident={"lat": HOME[0] + 0.01, "lon": HOME[1]})
    receipt = Phone(cast, "lin").does("arrive", position=position(0.01 * 110_922))
    assert receipt["grade"] == "A"


def test_it_moves_the_persons_place_on_the_board(lin, gu, clock):
    clock.shift(600)
    lin.does("arrive", position=position(2, age_s=30))
    (row,) = [person for person in gu.reads("board")["people"] if person["id"] == str(lin.person.pk)]
    assert row["position_at"] == "2026-03-04T01:09:30Z"


def test_it_never_replaces_a_newer_position_by_an_older_one(lin, cast, clock):
    clock.shift(60)
    lin.does("depart", position=position(700, age_s=0))
    lin.does("arrive", sent={"happened_at": "2026-03-04T09:00:05+08:00"}, position=position(5, age_s=0))
    cast.lin.presence.refresh_from_db()
    assert cast.lin.presence.lat == pytest.approx(HOME[0] + 700 / 110_922)
