"""Reads a websocket's first request: its origin, its session, and the version of the worklist that the phone holds."""

import re
from typing import Any
from urllib.parse import parse_qs
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest

from config.lib.http.asgi_request import handshake_request
from config.lib.http.origins import is_trusted


def opening_request(scope: Any) -> HttpRequest | None:
    """Return the request that opened the socket, read as any other; None where a page of others opened it.

    Without an Origin it was a program, not a browser to abuse.
    """
    request = handshake_request(scope)
    if request is None:
        return None
    origin = request.headers.get("Origin", "")
    return request if not origin or is_trusted(origin, request) else None


def session_key(request: HttpRequest) -> str | None:
    """Return what the session's cookie holds, or None."""
    return request.COOKIES.get(settings.SESSION_COOKIE_NAME)


def held_version(scope: Any, person_id: UUID) -> tuple[str | None, int]:
    """Return epoch and version of the worklist that `?have=` names (an ETag); (None, -1) for another person's."""
    have = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("have", [""])[0]
    found = re.fullmatch(r"([^.]+)\.([0-9a-f]{8})\.([0-9]{1,18})", have)
    if found is None or found[2] != person_id.hex[-8:]:
        return None, -1
    return found[1], int(found[3])
