"""The ground: the official places, each on a spot of its own."""

from collections import Counter

import pytest

from config.lib.geo import distance_m
from dissuasion.demo.seeding.geography import DATA, TOWNSHIP_KM, VILLAGE_KM, ground, village_name

LAND = ground()


def below(code: str, length: int) -> list[str]:
    return [place for place in LAND.places if place.startswith(code) and len(place) == length]


def test_it_holds_all_of_zhoukou():
    assert len(below("4116", 6)) == 10
    assert len(below("4116", 9)) == len(LAND.townships("4116")) == 206
    # The press counts 4,583 villages; the statisticians' list of 2023 counts urban communities and farms as well.
    assert len(below("4116", 12)) == 5070


def test_it_leaves_out_only_the_statistical_unit():
    listed = DATA.joinpath("divisions.csv").read_text(encoding="utf-8").splitlines()[1:]
    missing = {line.partition(",")[0] for line in listed} - set(LAND.places)
    assert {code[:6] for code in missing} == {"411671"}
    assert len(missing) == 47


def test_it_gives_every_place_a_spot_of_its_own():
    shared = [point for point, count in Counter(p.point for p in LAND.places.values()).items() if count > 1]
    alone = {p.parent for p in LAND.places.values() if len(LAND.children(p.parent)) == 1}
    # A city of which the list has one county stands where that county stands.
    assert {LAND.places[code].point for code in alone if len(code) == 4} == set(shared)


@pytest.mark.parametrize(("length", "reach"), [(9, TOWNSHIP_KM), (12, VILLAGE_KM)])
def test_it_puts_places_within_reach_of_the_one_above(length, reach):
    places = [p for p in LAND.places.values() if len(p.code) == length][::7]
    away = [distance_m(p.point, LAND.places[p.parent].point) / 1000 for p in places]
    assert reach[0] * 0.97 <= min(away)
    assert max(away) <= reach[1] * 1.03


def test_it_computes_the_same_ground_twice():
    first = ground()
    ground.cache_clear()
    assert ground() == first
    assert first.places["411681112"].point == (33.566529, 114.736997)


def test_it_names_villages_as_people_do():
    names = [village_name(LAND.places[code]) for code in ("411681112200", "130229110202", "411602001001")]
    assert names[:2] == ["范集村", "彩河西村"]
    assert names[2].endswith("社区")
