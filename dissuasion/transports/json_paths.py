"""Finds a value in somebody else's JSON by a path such as `data.0.id`; whatever stands there, it never fails."""

from typing import Any


def at_path(value: Any, path: str) -> Any:
    """Return what stands at a path of names and places; None where there is nothing, the value itself for no path."""
    for part in path.split(".") if path else ():
        if isinstance(value, dict):
            value = value.get(part)
        elif isinstance(value, list) and part.isascii() and part.isdigit() and len(part) < 7:
            value = value[int(part)] if int(part) < len(value) else None
        else:
            return None
    return value


def word(value: Any) -> str | None:
    """Return a text, a number or yes and no as one word to compare (`0` is `"0"`, true is `"true"`); else None."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value.strip()
    # Python refuses to write numbers of thousands of digits.
    if isinstance(value, int) and abs(value) < 10**40:
        return str(value)
    return repr(value) if isinstance(value, float) else None
