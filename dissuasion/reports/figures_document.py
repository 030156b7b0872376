"""The parts of the figures: seconds, yuan, grams."""

import datetime as dt
from typing import TypedDict


class UnitPart(TypedDict):
    """Whose figures these are."""

    id: int
    name: str
    kind: str


class IntervalPart(TypedDict):
    """How long one step took: `missed` counts those not taken in time, `clock` those that end before they begin."""

    n: int
    missed: int
    clock: int
    p50_s: float | None
    p90_s: float | None
    target_s: int
    within_target: float | None


class FaceToFacePart(TypedDict):
    """The outcome of the visits that fell due."""

    due: int
    visited: int
    met: int
    closed_unvisited: int
    in_hand: int
    lowered: int
    rate: float | None


class AmountPart(TypedDict):
    """A sum of one meaning, kind and grade of evidence, as text in its unit."""

    meaning: str
    kind: str
    evidence: str
    sum: str
    n: int
    unit: str


# `from` is a keyword of Python: a class can't have a field of that name.
FiguresDocument = TypedDict(
    "FiguresDocument",
    {
        "unit": UnitPart,
        "from": dt.datetime,
        "to": dt.datetime,
        "counts": dict[str, int],
        "intervals": dict[str, IntervalPart],
        "face_to_face": FaceToFacePart,
        "dispositions": dict[str, int],
        "amounts": list[AmountPart],
    },
)
