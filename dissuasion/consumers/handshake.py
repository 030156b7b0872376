"""Reads a websocket's first request: its origin, its session, and the version of the worklist that the phone holds."""

import re
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

from django.conf import settings
from django.http.request import split_domain_port, validate_host


def _header(scope: Any, name: bytes) -> str:
    return next((value.decode("latin-1") for key, value in scope["headers"] if key == name), "")


def origin_allowed(scope: Any) -> bool:
    """Return whether a page of ours opened the socket; without an Origin it is a program, not a browser to abuse."""
    origin = _header(scope, b"origin")
    if not origin:
        return True
    if origin in settings.CSRF_TRUSTED_ORIGINS:
        return True
    try:
        host = urlsplit(origin).netloc
    except ValueError:
        return False
    domain, _port = split_domain_port(host)
    same = host == _header(scope, b"host")
    return same and bool(domain) and validate_host(domain, settings.ALLOWED_HOSTS)


def session_key(scope: Any) -> str | None:
    """Return the session's key from the cookie header, or None."""
    try:
        cookie = SimpleCookie(_header(scope, b"cookie"))
    except CookieError:
        return None
    morsel = cookie.get(settings.SESSION_COOKIE_NAME)
    return morsel.value if morsel else None


def held_version(scope: Any, person_id: UUID) -> tuple[str | None, int]:
    """Return epoch and version of the worklist that `?have=` names (an ETag); (None, -1) for another person's."""
    have = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("have", [""])[0]
    found = re.fullmatch(r"([^.]+)\.([0-9a-f]{8})\.([0-9]{1,18})", have)
    if found is None or found[2] != person_id.hex[-8:]:
        return None, -1
    return found[1], int(found[3])
