"""Limits how much of an alert is kept as it came: a board reads a hundred alerts, and none may hold megabytes."""

import json
from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

# Twenty times what a source sends; with every field of the contract at its longest an alert is still kept whole.
MOST_BYTES = 24 * 1024
LONGEST_TEXT = 4000
# How many names of left-out fields are kept, and how many characters of each.
MOST_NAMES, LONGEST_NAME = 20, 60
LEFT_OUT = "left_out"
Known = Mapping[str, frozenset[str]]


def known_fields(body: type[serializers.Serializer[Any]]) -> Known:
    """Return the names that a body knows, each with the names inside it where it is an object."""
    fields = body().fields
    return {
        name: frozenset(field.fields) if isinstance(field, serializers.Serializer) else frozenset()
        for name, field in fields.items()
    }


def bounded(raw: dict[str, Any], *, known: Known) -> dict[str, Any]:
    """Return an alert as it came; of one that is too large the known fields, and `left_out` with the other names."""
    if len(json.dumps(raw, ensure_ascii=False).encode("utf-8", "surrogatepass")) <= MOST_BYTES:
        return raw
    kept = {name: _inside(value, known[name]) for name, value in raw.items() if name in known}
    others = [name[:LONGEST_NAME] for name in raw if name not in known]
    return {**kept, LEFT_OUT: others[:MOST_NAMES]}


def _inside(value: Any, names: frozenset[str]) -> Any:
    if isinstance(value, dict):
        return {name: _short(item) for name, item in value.items() if name in names}
    return _short(value)


def _short(value: Any) -> Any:
    """Return a plain value, a text cut to `LONGEST_TEXT`; None for lists and objects."""
    if isinstance(value, str):
        return value[:LONGEST_TEXT]
    return value if isinstance(value, int | float) else None
