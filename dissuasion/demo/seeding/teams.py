"""How many people of which role each unit has: a pure table for each size."""

import math
from collections.abc import Mapping

from accounts.roles import Role
from dissuasion.demo.seeding.geography import ZHOUKOU, Ground, ground
from dissuasion.demo.seeding.randomness import divide
from dissuasion.demo.seeding.unit_tree import CENTRAL, OUTER, unit_code

Team = Mapping[Role, int]

SMALL, CITY = "small", "city"
SIZES = (SMALL, CITY)
# volumes.json: the staff of Zhoukou. The number of households is the issue's.
CITY_STAFF, CITY_HOUSEHOLDS = 5000, 20000
SMALL_STATIONS, SMALL_HOUSEHOLDS = ("411681112", "411624114"), 120
SMALLEST_STATION = 16

STATION: Team = {
    Role.STATION_CHIEF: 1,
    Role.OFFICER: 3,
    Role.COMMUNITY_OFFICER: 4,
    Role.POLICE_ASSISTANT: 4,
    Role.CADRE: 5,
    Role.GRID_MEMBER: 9,
}
SMALL_CITY_DESK: Team = {
    Role.CITY_DESK: 1,
    Role.HOTLINE_OPERATOR: 2,
    Role.ADMIN: 1,
    Role.AUDITOR: 1,
    Role.BANK_LIAISON: 1,
}
CITY_DESK: Team = {
    Role.CITY_DESK: 3,
    Role.HOTLINE_OPERATOR: 12,
    Role.ADMIN: 3,
    Role.AUDITOR: 3,
    Role.BANK_LIAISON: 5,
}
CENTRE: Team = {Role.CITY_DESK: 3, Role.OFFICER: 3, Role.HOTLINE_OPERATOR: 8}
COUNTY_DESK: Team = {
    Role.COUNTY_DESK: 3,
    Role.OFFICER: 3,
    Role.POLICE_ASSISTANT: 3,
    Role.HOTLINE_OPERATOR: 2,
}
# Just enough people for the recorded cases' places outside the staffed ground: one officer and one companion a shift.
RECORDED: dict[str, Team] = {
    "county-411621": {Role.COUNTY_DESK: 1, Role.OFFICER: 3, Role.POLICE_ASSISTANT: 3},
    "station-130229110": {
        Role.STATION_CHIEF: 1,
        Role.OFFICER: 1,
        Role.COMMUNITY_OFFICER: 2,
        Role.POLICE_ASSISTANT: 3,
        Role.GRID_MEMBER: 2,
    },
    "county-130229": {Role.COUNTY_DESK: 1, Role.OFFICER: 3},
    "city-1302": {Role.CITY_DESK: 1},
}


def teams(size: str) -> dict[str, Team]:
    """Return the team of every staffed unit, by the unit's code."""
    return _city(ground()) if size == CITY else _small()


def recorded_teams(size: str) -> dict[str, Team]:
    """Return the teams that the recorded cases need beyond those of `size`."""
    staffed = teams(size)
    return {unit: team for unit, team in RECORDED.items() if unit not in staffed}


def homes(size: str) -> dict[str, int]:
    """Return how many households each staffed township has, by its code."""
    if size == SMALL:
        return dict.fromkeys(SMALL_STATIONS, SMALL_HOUSEHOLDS)
    towns = ground().townships(ZHOUKOU)
    counts = divide(CITY_HOUSEHOLDS, [len(ground().children(town.code)) for town in towns], least=20)
    return {town.code: count for town, count in zip(towns, counts, strict=True)}


def _small() -> dict[str, Team]:
    desks = {unit_code(station[:6]): {Role.COUNTY_DESK: 1} for station in SMALL_STATIONS}
    stations = {unit_code(station): STATION for station in SMALL_STATIONS}
    return {unit_code(ZHOUKOU): SMALL_CITY_DESK, f"centre-{OUTER}": {Role.CITY_DESK: 1}, **desks, **stations}


def _city(land: Ground) -> dict[str, Team]:
    found = {unit_code(ZHOUKOU): CITY_DESK, f"centre-{CENTRAL}": CENTRE, f"centre-{OUTER}": CENTRE}
    found |= {unit_code(county.code): COUNTY_DESK for county in land.children(ZHOUKOU)}
    towns = land.townships(ZHOUKOU)
    villages = [len(land.children(town.code)) for town in towns]
    left = CITY_STAFF - sum(sum(team.values()) for team in found.values())
    counts = divide(left, villages, least=SMALLEST_STATION)
    for town, staff, count in zip(towns, counts, villages, strict=True):
        found[unit_code(town.code)] = _station(staff, villages=count)
    return found


def _station(staff: int, *, villages: int) -> Team:
    """Return a station of `staff` people: a larger ground has more of every kind, and most of all grid members."""
    team = {
        Role.STATION_CHIEF: 1,
        Role.OFFICER: 3 if villages > 20 else 2,
        Role.COMMUNITY_OFFICER: min(4, max(2, math.ceil(villages / 8))),
        Role.POLICE_ASSISTANT: 3 if villages > 12 else 2,
        Role.CADRE: 5 if villages > 24 else 4,
    }
    return team | {Role.GRID_MEMBER: staff - sum(team.values())}
