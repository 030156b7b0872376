"""The police units that stand on the ground: city desk, warning centres, county desks, a station a township."""

import re

from accounts.models import Unit
from dissuasion.demo.seeding.geography import ZHOUKOU, Ground
from households.models import Division

Kind = Unit.Kind
# Zhoukou's two warning centres (volumes.json): one for the central city, one for the nine counties.
CENTRAL, OUTER = "411602", "411623"
PREFIX = {4: "city", 6: "county", 9: "station"}


def unit_code(division: str) -> str:
    """Return the code of the unit that answers for a city, county or township."""
    return f"{PREFIX[len(division)]}-{division}"


def centre_code(county: str) -> str:
    """Return the code of the warning centre above one of Zhoukou's county desks."""
    return f"centre-{CENTRAL if county == CENTRAL else OUTER}"


def station_name(township: str) -> str:
    """Return the name of a township's station: 范集镇 has 范集派出所."""
    bare = re.sub(r"(街道办事处|办事处|街道|镇|乡)$", "", township)
    return f"{re.sub('回族$', '', bare)}派出所"


def units(ground: Ground) -> list[list[Unit]]:
    """Return all units, unsaved, level by level, so that every parent is saved before its children."""
    cities: list[Unit] = []
    centres: list[Unit] = []
    desks: list[Unit] = []
    stations: list[Unit] = []
    for city in ground.children(""):
        top = _unit(unit_code(city.code), f"{city.name}反诈中心", Kind.CITY_DESK, None)
        cities.append(top)
        above = {}
        if city.code == ZHOUKOU:
            for seat in (CENTRAL, OUTER):
                centre = _unit(f"centre-{seat}", f"{ground.places[seat].name}预警中心", Kind.WARNING_CENTRE, top)
                above[centre.code] = centre
        centres += above.values()
        for county in ground.children(city.code):
            parent = above.get(centre_code(county.code), top)
            desk = _unit(unit_code(county.code), f"{county.name}反诈中心", Kind.COUNTY_DESK, parent)
            desks.append(desk)
            for town in ground.children(county.code):
                stations.append(_unit(unit_code(town.code), station_name(town.name), Kind.STATION, desk))
    return [cities, centres, desks, stations]


def _unit(code: str, name: str, kind: str, parent: Unit | None) -> Unit:
    return Unit(code=code, name=name, kind=kind, parent=parent, path=f"{parent.path if parent else '/'}{code}/")


def divisions(ground: Ground, by_code: dict[str, Unit]) -> list[Division]:
    """Return all divisions, unsaved, each above its own, with the units that answer for them."""
    return [
        Division(
            code=place.code,
            name=place.name,
            level=place.level,
            parent_id=place.parent or None,
            unit=by_code[unit_code(place.code)] if len(place.code) in PREFIX else None,
            lat=place.point[0],
            lon=place.point[1],
        )
        for place in ground.places.values()
    ]
