"""The ground as the official list gives it, with a point for every place."""

import csv
import functools
from pathlib import Path
from typing import NamedTuple

from dissuasion.demo.seeding.randomness import DECIMALS, Point, random_for, spread_point

DATA = Path(__file__).resolve().parents[3] / "households" / "data"
# A statistical unit, no county: without it Zhoukou has exactly the townships that the press names.
LEFT_OUT = "411671"
ZHOUKOU, COUNTIES, TOWNSHIPS = "4116", 10, 206
# Townships and villages have no published coordinates: they are put around the county's seat, in kilometres.
TOWNSHIP_KM, VILLAGE_KM = (3.1, 17.8), (0.52, 3.9)


class Place(NamedTuple):
    """A division with its point (WGS-84)."""

    code: str
    name: str
    level: str
    parent: str
    point: Point


class Ground(NamedTuple):
    """All places by code, and the codes below each, in order."""

    places: dict[str, Place]
    below: dict[str, list[str]]

    def children(self, code: str) -> list[Place]:
        """Return the places directly below a division."""
        return [self.places[child] for child in self.below.get(code, [])]

    def townships(self, city: str) -> list[Place]:
        """Return all townships of a city."""
        return [town for county in self.children(city) for town in self.children(county.code)]


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@functools.cache
def ground() -> Ground:
    """Return the ground; raise ValueError when the list is not the one that the rest is built on."""
    listed = [row for row in _rows("divisions.csv") if not row["code"].startswith(LEFT_OUT)]
    listed.sort(key=lambda row: (len(row["code"]), row["code"]))
    below: dict[str, list[str]] = {}
    for row in listed:
        below.setdefault(row["parent"], []).append(row["code"])
    counties = below.get(ZHOUKOU, [])
    if len(counties) != COUNTIES or sum(len(below[county]) for county in counties) != TOWNSHIPS:
        raise ValueError("divisions.csv does not hold the 10 counties and 206 townships of Zhoukou.")

    points = {row["code"]: (float(row["lat"]), float(row["lon"])) for row in _rows("county_centres.csv")}
    for city in below[""]:
        points[city] = _mean([points[county] for county in below[city]])
        for county in below[city]:
            _put_around(county, below, points, TOWNSHIP_KM)
            for township in below[county]:
                _put_around(township, below, points, VILLAGE_KM)
    places = {r["code"]: Place(r["code"], r["name"], r["level"], r["parent"], points[r["code"]]) for r in listed}
    return Ground(places, below)


def _mean(points: list[Point]) -> Point:
    count = len(points)
    return round(sum(p[0] for p in points) / count, DECIMALS), round(sum(p[1] for p in points) / count, DECIMALS)


def _put_around(code: str, below: dict[str, list[str]], points: dict[str, Point], km: tuple[float, float]) -> None:
    children, rng = below.get(code, []), random_for("point", code)
    for number, child in enumerate(children):
        points[child] = spread_point(
            points[code], number=number, count=len(children), near_km=km[0], far_km=km[1], rng=rng
        )


def village_name(place: Place) -> str:
    """Return a village's name as people write it in an address: 范集村民委员会 is 范集村."""
    for suffix, short in (("村民委员会", "村"), ("村委会", "村"), ("社区居委会", "社区"), ("居民委员会", "社区")):
        if place.name.endswith(suffix):
            return place.name.removesuffix(suffix).removesuffix(short) + short
    return place.name
