"""Whether kept events hold just what their kinds declare."""

import re
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from dissuasion.models import CaseEvent
from dissuasion.telling import kinds

CODE = re.compile(r"[\w.:+-]*", re.ASCII)
OF_THE_SOURCE = {"external_id"}


def fits(value: Any, declared: Any) -> bool:
    """Return whether a stored value is of a declared type; True is no number."""
    if get_origin(declared) is list:
        (of,) = get_args(declared)
        return isinstance(value, list) and all(fits(each, of) for each in value)
    if isinstance(declared, UnionType):
        return any(fits(value, each) for each in get_args(declared))
    return type(value) is declared


def is_code(name: str, value: Any) -> bool:
    """Return whether a stored value is a code, an id, a moment or a list of them: nobody's own words."""
    if isinstance(value, list):
        return all(is_code(name, each) for each in value)
    return not isinstance(value, str) or name in OF_THE_SOURCE or CODE.fullmatch(value) is not None


def faults(event: CaseEvent) -> list[str]:
    """Return what is wrong with the data of a kept event, a line each."""
    types = get_type_hints(kinds.KINDS[event.kind])
    lacking = set(kinds.read(event).to_dict()) - set(event.data)
    wrong = {
        name: value
        for name, value in event.data.items()
        if not (name in types and fits(value, types[name]) and is_code(name, value))
    }
    return [f"{event.kind} lacks {name}" for name in sorted(lacking)] + [
        f"{event.kind} has {name}={value!r}" for name, value in wrong.items()
    ]


def check_all() -> set[str]:
    """Return the kinds of all kept events; raise AssertionError with every fault that any of them has."""
    lines = list(CaseEvent.objects.order_by("pk"))
    assert [fault for line in lines for fault in faults(line)] == []
    return {line.kind for line in lines}
