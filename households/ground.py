"""Reads the ground: which division a code names, and which unit is responsible for it."""

from collections.abc import Iterable

from accounts.models import Unit
from config.lib.cache import TimedCache
from config.lib.geo import rough_distance_m
from households.models import Division

_cache: TimedCache[str, Division] = TimedCache()
CODE_LENGTHS = (12, 9, 6, 4)
# The city and the recorded places lie well inside these degrees (WGS-84); what is outside was swapped or mistyped.
CHINA = (17.0, 54.0, 73.0, 136.0)


def codes_above(code: str) -> list[str]:
    """Return a division's code and the codes above it, the smallest first: village, township, county, city."""
    return [code[:length] for length in CODE_LENGTHS if len(code) >= length]


def divisions_for(codes: Iterable[str]) -> dict[str, Division]:
    """Return the divisions of these codes and everything above them, with their units, in one query or none."""
    return _cache.get_many((part for code in codes for part in codes_above(code)), _read_divisions)


def _read_divisions(codes: list[str]) -> dict[str, Division]:
    return {d.code: d for d in Division.objects.filter(code__in=codes).select_related("unit")}


def unit_of(code: str, known: dict[str, Division]) -> Unit | None:
    """Return the unit responsible for a division: its own, or that of the nearest division above it."""
    for part in codes_above(code):
        division = known.get(part)
        if division is not None and division.unit is not None:
            return division.unit
    return None


def county_desk_of(code: str, known: dict[str, Division]) -> Unit | None:
    """Return the county desk (or the city's) that does the triage of a division."""
    return unit_of(code[:6], known)


# How far from the county seat a village can lie, in metres; a point farther away was mistyped.
COUNTY_REACH_M = 80_000


def point_fault(lat: float, lon: float, centres: list[tuple[float, float]]) -> str:
    """Return what is wrong with a point (coordinates_swapped, outside_ground), or nothing.

    `centres` are the seats of the known counties (WGS-84); with none of them known nothing can be judged.
    """
    south, north, west, east = CHINA
    if south <= lon <= north and west <= lat <= east:
        return "coordinates_swapped"
    if not centres or any(rough_distance_m((lat, lon), centre) <= COUNTY_REACH_M for centre in centres):
        return ""
    return "outside_ground"


def county_seats() -> list[tuple[float, float]]:
    """Return the seats of the known counties, as (latitude, longitude)."""
    counties = Division.objects.filter(level=Division.Level.COUNTY, lat__isnull=False)
    return [(lat, lon) for lat, lon in counties.values_list("lat", "lon") if lat is not None and lon is not None]
