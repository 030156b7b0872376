"""Reads the data of stored events as their kinds declare them, also those that an older version has written."""

from collections.abc import Mapping
from dataclasses import MISSING
from types import MappingProxyType
from typing import Any, get_origin, get_type_hints

from dissuasion.models import CaseEvent
from dissuasion.telling.kinds import assignments, field, intake, outcomes
from dissuasion.telling.kinds.base import EventData, in_the_clear


class Unknown(EventData):
    """An event of a kind that only a newer version knows."""


# The value of a field that an older row does not have.
EMPTY: dict[Any, Any] = {str: "", int: 0, bool: False}


def _declared() -> dict[str, type[EventData]]:
    rooms = [vars(room).values() for room in (intake, assignments, field, outcomes)]
    found = [one for room in rooms for one in room if isinstance(one, type) and issubclass(one, EventData)]
    return {shape.kind: shape for shape in found if hasattr(shape, "kind")}


KINDS: Mapping[str, type[EventData]] = MappingProxyType(_declared())


def _blank(shape: type[EventData]) -> dict[str, Any]:
    types = get_type_hints(shape)
    required = [one.name for one in in_the_clear(shape) if one.default is MISSING]
    return {name: [] if get_origin(types[name]) is list else EMPTY.get(types[name]) for name in required}


BLANK = {kind: _blank(shape) for kind, shape in KINDS.items()}
NAMES = {kind: frozenset(one.name for one in in_the_clear(shape)) for kind, shape in KINDS.items()}


def read(event: CaseEvent) -> EventData:
    """Return the data of a kept event as its kind declares them, without its words; see `read_data`."""
    return read_data(event.kind, event.data)


def read_data(kind: str, data: Mapping[str, Any]) -> EventData:
    """Return the declared fields of `data`. Other fields of an older row are left out, those that it lacks are empty.

    During an update, or after going back a version, a history may hold kinds that this version does not know: Unknown.
    """
    if kind not in KINDS:
        return Unknown()
    return KINDS[kind](**(BLANK[kind] | stored(kind, data)))


def stored(kind: str, data: Mapping[str, Any]) -> dict[str, Any]:
    """Return those of the stored fields that the kind declares, in the order in which they are stored.

    It returns no field of an unknown kind: this version can't say what may be shown.
    """
    names = NAMES.get(kind, frozenset())
    return {name: value for name, value in data.items() if name in names}
