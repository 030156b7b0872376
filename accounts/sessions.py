"""Sessions in the database: only keys that Django could have made are looked up; without a database they answer 503."""

import re
from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.middleware import SessionMiddleware as SessionMiddleware_
from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from config.lib.http.refusals import unavailable

KEY = re.compile(r"[a-z0-9]{32}", re.ASCII)  # as Django makes them


class SessionStore(db.SessionStore):
    """Django's own; only a key that it could have made is looked up: PostgreSQL raises for one with a NUL.

    The class name is part of the signature of stored sessions, so it is the same as Django's.
    """

    def _validate_session_key(self, key: Any) -> bool:
        return isinstance(key, str) and KEY.fullmatch(key) is not None


class SessionMiddleware(SessionMiddleware_):
    """Django's own; when a session can't be saved now, the request is refused with 503."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponseBase:  # type: ignore[override]
        """Save the session where it has changed."""
        try:
            return super().process_response(request, response)
        except (DatabaseError, InterfaceError) as error:
            refusal = unavailable(request.path, error)
            if refusal is None:
                raise
            return refusal
