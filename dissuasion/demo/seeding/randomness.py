"""Repeatable randomness: the same numbers, ids and points on every machine."""

import math
import random
import uuid
from collections.abc import Sequence

SEED = "doorstep-demo-1"
NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, f"urn:doorstep:{SEED}")
# Turned by this angle from one to the next, no two points lie in one line.
GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))
KM_PER_DEGREE = 111.2
# About a decimetre: the digits do not depend on the machine's sine.
DECIMALS = 6

Point = tuple[float, float]


def random_for(*parts: object) -> random.Random:
    """Return a random generator for one subject, seeded by its name: other subjects do not disturb it."""
    return random.Random(":".join([SEED, *map(str, parts)]))


def row_id(*parts: object) -> uuid.UUID:
    """Return the id of the row that these parts name."""
    return uuid.uuid5(NAMESPACE, "/".join(map(str, parts)))


def divide(total: int, weights: Sequence[float], *, least: int = 0) -> list[int]:
    """Return `total` divided by weight into whole parts of at least `least` (largest remainders)."""
    rest = total - least * len(weights)
    exact = [rest * weight / sum(weights) for weight in weights]
    parts = [math.floor(part) for part in exact]
    by_remainder = sorted(range(len(exact)), key=lambda i: (parts[i] - exact[i], i))
    for i in by_remainder[: rest - sum(parts)]:
        parts[i] += 1
    return [least + part for part in parts]


def move(point: Point, *, km: float, angle: float) -> Point:
    """Return the WGS-84 point that lies `km` from `point` in the direction `angle` (radians from north)."""
    lat = point[0] + km * math.cos(angle) / KM_PER_DEGREE
    lon = point[1] + km * math.sin(angle) / (KM_PER_DEGREE * math.cos(math.radians(point[0])))
    return round(lat, DECIMALS), round(lon, DECIMALS)


def spread_point(centre: Point, *, number: int, count: int, near_km: float, far_km: float, rng: random.Random) -> Point:
    """Return the place of the `number`-th of `count` points around `centre`, no two of them on one spot."""
    part = (number + rng.uniform(0.2, 0.8)) / count
    km = near_km + (far_km - near_km) * math.sqrt(part)
    return move(centre, km=km, angle=number * GOLDEN_ANGLE + rng.uniform(-0.2, 0.2))


def random_point(centre: Point, *, near_km: float, far_km: float, rng: random.Random) -> Point:
    """Return any point between these distances of `centre`."""
    return move(centre, km=rng.uniform(near_km, far_km), angle=rng.uniform(0, 2 * math.pi))
