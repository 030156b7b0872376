"""Reads settings from the environment: a missing or unreadable one stops the start with a sentence."""

import datetime as dt
import os
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE, FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off", ""}


def text(name: str, default: str | None = None) -> str:
    """Return the setting `name`; without a default a missing one raises ImproperlyConfigured."""
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(f"Set {name} in the environment (docs/operations.md says what it is).")
    return value


def secret(name: str, *, development: str, debug: bool) -> str:
    """Return the secret `name`; only a development server may use the published value instead."""
    return text(name, development if debug else None)


def boolean(name: str, default: bool = False) -> bool:
    """Return the setting `name` as a boolean; anything but 1/0, yes/no, true/false, on/off is refused."""
    value = os.environ.get(name, "1" if default else "0").strip().lower()
    if value in TRUE:
        return True
    if value in FALSE:
        return False
    raise ImproperlyConfigured(f"{name}={value!r} is neither yes nor no.")


def integer(name: str, default: int, *, least: int | None = None) -> int:
    """Return the setting `name` as a whole number; one below `least` is refused."""
    value = os.environ.get(name, str(default))
    try:
        number = int(value)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name}={value!r} is not a whole number.") from error
    if least is not None and number < least:
        raise ImproperlyConfigured(f"{name}={value!r} is below {least}.")
    return number


def text_list(name: str, default: str = "") -> list[str]:
    """Return the comma-separated setting `name` as a list without empty entries."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def choice(name: str, allowed: tuple[str, ...]) -> str:
    """Return the setting `name`, one of `allowed`; the first stands where there is none."""
    value = os.environ.get(name) or allowed[0]
    if value not in allowed:
        raise ImproperlyConfigured(f"{name}={value!r} is none of {', '.join(allowed)}.")
    return value


def moment(name: str) -> dt.datetime | None:
    """Return the setting `name` as a moment with its zone (`2026-03-04T09:00:00+08:00`), None where there is none."""
    value = os.environ.get(name, "").strip()
    if not value:
        return None
    try:
        at = dt.datetime.fromisoformat(value)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name}={value!r} is no moment.") from error
    if at.tzinfo is None:
        raise ImproperlyConfigured(f"{name}={value!r} does not say its zone.")
    return at


def web_address(name: str) -> str:
    """Return the setting `name`, an http or https address; nothing where there is none."""
    value = os.environ.get(name, "").strip()
    if not value:
        return ""
    url = urlsplit(value)
    if url.scheme not in ("http", "https") or not url.hostname:
        raise ImproperlyConfigured(f"{name} is no http or https address.")  # never its value: it may hold a secret
    return value


def origin(address: str) -> str:
    """Return the origin of an address for the browser's policy; a part in braces before the first dot is any name."""
    parts = urlsplit(address)
    if parts.scheme != "https" or not parts.netloc:
        raise ImproperlyConfigured(f"{address!r} is no https address.")
    first, _dot, rest = parts.netloc.partition(".")
    return f"https://*.{rest}" if "{" in first else f"https://{parts.netloc}"
