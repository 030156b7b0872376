"""Reads settings from the environment: a missing or unreadable one stops the start with a sentence."""

import datetime as dt
import os
from collections.abc import Sequence

from django.core.exceptions import ImproperlyConfigured

TRUE, FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off", ""}
# Commands that seal, sign and serve nothing: `manage.py` lets them run in a checkout that has no secrets yet.
NEED_NO_SECRET = frozenset(
    {"app_tables", "check", "collectstatic", "help", "makemigrations", "spectacular", "vapid_keys", "version"}
)
HELP, STRICT = {"--help", "-h", "--version"}, "--deploy"


def text(name: str, default: str | None = None) -> str:
    """Return the setting `name`; without a default a missing one raises ImproperlyConfigured."""
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(f"Set {name} in the environment (docs/operations.md says what it is).")
    return value


def needs_secrets(arguments: Sequence[str]) -> bool:
    """Return whether a command line of `manage.py` (without the program's name) is one that works with secrets."""
    if not arguments or HELP & set(arguments):
        return False
    return arguments[0] not in NEED_NO_SECRET or STRICT in arguments


def secret(name: str, *, development: str, published: bool, least: int = 1) -> str:
    """Return the secret `name`, of at least so many characters.

    `published` says that the development value may stand in for a missing one; where it may not, it is refused.
    """
    value = os.environ.get(name, "")
    if not value.strip() and published:
        return development
    if not value.strip():
        raise ImproperlyConfigured(f"Set {name} in the environment (docs/operations.md says what it is).")
    if value == development and not published:
        raise ImproperlyConfigured(f"{name} is the published value, which is for development only: make one.")
    if len(value) < least:
        raise ImproperlyConfigured(f"{name} has {len(value)} characters, it needs {least}.")
    return value


def boolean(name: str, default: bool = False) -> bool:
    """Return the setting `name` as a boolean; anything but 1/0, yes/no, true/false, on/off is refused."""
    value = os.environ.get(name, "1" if default else "0").strip().lower()
    if value in TRUE:
        return True
    if value in FALSE:
        return False
    raise ImproperlyConfigured(f"{name}={value!r} is neither yes nor no.")


def integer(name: str, default: int, *, least: int | None = None, most: int | None = None) -> int:
    """Return the setting `name` as a whole number; one below `least` or above `most` is refused."""
    value = os.environ.get(name, str(default))
    try:
        number = int(value)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name}={value!r} is not a whole number.") from error
    if least is not None and number < least:
        raise ImproperlyConfigured(f"{name}={value!r} is below {least}.")
    if most is not None and number > most:
        raise ImproperlyConfigured(f"{name}={value!r} is above {most}.")
    return number


def text_list(name: str, default: str = "") -> list[str]:
    """Return the comma-separated setting `name` as a list without empty entries."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def choice(name: str, allowed: tuple[str, ...]) -> str:
    """Return the setting `name`, one of `allowed`; by default the first."""
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
