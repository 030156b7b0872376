"""The three levels of a case and the way that each of them goes. Pure."""

from enum import StrEnum


class Risk(StrEnum):
    """How dangerous a case is (低、中、高危), from the calmest to the most urgent."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Way(StrEnum):
    """How a resident is reached (处置方式)."""

    MESSAGE = "message"
    HOTLINE = "hotline"
    VISIT = "visit"


RISKS = tuple(Risk)
ORDER = {risk: place for place, risk in enumerate(Risk)}
WAY_OF = {Risk.LOW: Way.MESSAGE, Risk.MEDIUM: Way.HOTLINE, Risk.HIGH: Way.VISIT}


def higher(a: str, b: str) -> Risk:
    """Return the higher of two levels: a new warning may raise a case and never lowers it."""
    return max(Risk(a), Risk(b), key=lambda risk: ORDER[risk])


def is_above(a: str, b: str) -> bool:
    """Return whether the level `a` is more dangerous than `b`."""
    return ORDER[Risk(a)] > ORDER[Risk(b)]
