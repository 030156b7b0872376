"""Reads a value from another system's JSON by a path such as `data.0.id`; it never raises."""

from typing import Any


def value_at(value: Any, path: str) -> Any:
    """Return the value at a path of names and indexes; None where there is none, the whole value for an empty path."""
    for part in path.split(".") if path else ():
        if isinstance(value, dict):
            value = value.get(part)
        elif isinstance(value, list) and part.isascii() and part.isdigit() and len(part) < 7:
            value = value[int(part)] if int(part) < len(value) else None
        else:
            return None
    return value


def as_word(value: Any) -> str | None:
    """Return a text, number or boolean as a word to compare (`0` is `"0"`, true is `"true"`); else None."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value.strip()
    # Python refuses to write numbers of thousands of digits.
    if isinstance(value, int) and abs(value) < 10**40:
        return str(value)
    return repr(value) if isinstance(value, float) else None
