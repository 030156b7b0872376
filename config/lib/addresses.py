"""Reads addresses from the environment: one that can't be used stops the start with a sentence, never with its text.

An address may hold a password or a secret path, so no sentence repeats it; host names and origins hold none.
"""

import os
import re
from typing import Any
from urllib.parse import SplitResult, urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from config.lib import env

DATABASES = ("postgres://user:password@host:5432/name", "sqlite:////path/to/file")
POSTGRESQL, SQLITE = "django.db.backends.postgresql", "django.db.backends.sqlite3"
# A name or an address; with a dot before it, it stands for all names below as well; "*" for any.
HOST = re.compile(r"\*|\.?[\w-]+(?:\.[\w-]+)*\.?|\[[0-9A-Fa-f:.]+\]")
ORIGIN = re.compile(r"https?://(?:\*\.)?(?:[\w-]+(?:\.[\w-]+)*|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?")
DEFAULT_PORTS = {"http": ":80", "https": ":443"}
# As ORIGIN, and with shell patterns in host and port.
PATTERN = re.compile(r"https?://[\w.*?\[\]:-]+")


def _split(name: str, value: str, *, schemes: tuple[str, ...], what: str) -> SplitResult:
    """Return the parts of an address whose scheme, host and port can be used."""
    try:
        parts = urlsplit(value)
        usable = parts.scheme in schemes and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable or re.search(r"\s", value):
        raise ImproperlyConfigured(f"{name} is no {what}.")
    return parts


def web_address(name: str) -> str:
    """Return the setting `name`, an http or https address; empty where there is none."""
    value = os.environ.get(name, "").strip()
    if value:
        _split(name, value, schemes=("http", "https"), what="http or https address")
    return value


def database(name: str, default: str) -> dict[str, Any]:
    """Return the setting `name`, an address of PostgreSQL or of an SQLite file, as Django's settings of a database."""
    value = os.environ.get(name, "").strip() or default
    said = (
        f"{name} is no address such as {DATABASES[0]} or {DATABASES[1]}; "
        "in a password, characters such as @, :, / and # are written %40, %3A, %2F and %23."
    )
    try:
        found: dict[str, Any] = dict(dj_database_url.parse(value))
    except (KeyError, ValueError) as error:
        raise ImproperlyConfigured(said) from error
    if found.get("ENGINE") not in (POSTGRESQL, SQLITE) or not found.get("NAME"):
        raise ImproperlyConfigured(said)
    return found


def postgresql(name: str) -> dict[str, Any] | None:
    """Return the setting `name`, an address of PostgreSQL, as Django's settings of a database; None for no setting."""
    if not os.environ.get(name, "").strip():
        return None
    found = database(name, "")
    if found["ENGINE"] != POSTGRESQL:
        raise ImproperlyConfigured(f"{name} is no address such as {DATABASES[0]}.")
    return found


def redis(name: str) -> str:
    """Return the setting `name`, an address of Redis; empty where there is none."""
    value = os.environ.get(name, "").strip()
    what = "address such as redis://host:6379/0"
    if not value or (value.startswith("unix:///") and len(value) > len("unix:///")):
        return value
    parts = _split(name, value, schemes=("redis", "rediss"), what=what)
    if not re.fullmatch(r"/?\d*", parts.path):
        raise ImproperlyConfigured(f"{name} is no {what}.")
    return value


def hosts(name: str, default: str = "") -> list[str]:
    """Return the setting `name`, host names with commas between them: without scheme, port or path."""
    what = "host name such as doorstep.example (without scheme or port)"
    return _each(name, env.text_list(name, default), HOST, what)


def origins(name: str) -> list[str]:
    """Return the setting `name`, origins with commas between them, each as browsers write it: scheme, host, port."""
    given = [plain_origin(entry) for entry in env.text_list(name)]
    return _each(name, given, ORIGIN, "origin such as https://doorstep.example (without a path)")


def plain_origin(text: str) -> str:
    """Return an origin as browsers write it: lower case, without the scheme's default port, without a path."""
    scheme, _mark, rest = text.strip().lower().partition("://")
    return f"{scheme}://{rest.rstrip('/').removesuffix(DEFAULT_PORTS.get(scheme, '/'))}" if rest else text


def origin_patterns(name: str, default: str) -> list[str]:
    """Return the setting `name`, patterns of origins with commas between them; `*` stands for any name or port."""
    return _each(name, env.text_list(name, default), PATTERN, "origin such as https://*.push.example (without a path)")


def subject(name: str, default: str) -> str:
    """Return the setting `name`, where somebody can be asked: a mailto: or https: address."""
    value = os.environ.get(name, "").strip() or default
    if not re.fullmatch(r"mailto:[^@\s]+@[^@\s]+|https://[^\s/]+(?:/\S*)?", value):
        raise ImproperlyConfigured(f"{name}={value!r} is neither mailto:somebody@your.domain nor an https address.")
    return value


def origin(address: str) -> str:
    """Return the origin of an address of tiles for the browser's policy; braces before the first dot are any name."""
    what = "https address such as https://tiles.example/{z}/{x}/{y}.png"
    parts = _split("MAP_TILES", address, schemes=("https",), what=what)
    first, _dot, rest = parts.netloc.partition(".")
    return f"https://*.{rest}" if "{" in first else f"https://{parts.netloc}"


def _each(name: str, values: list[str], form: re.Pattern[str], what: str) -> list[str]:
    for value in values:
        if not form.fullmatch(value):
            raise ImproperlyConfigured(f"{name}: {value!r} is no {what}.")
    return values
