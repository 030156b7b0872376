"""How DRF's views let people in: the session cookie of the sign-in."""

from typing import Any

from drf_spectacular.authentication import SessionScheme as SessionScheme_
from rest_framework import authentication


class SessionAuthentication(authentication.SessionAuthentication):
    """Session sign-in that answers 401 (not 403) to a stranger, as programs expect."""

    def authenticate_header(self, request: Any) -> str:
        return "Session"


class SessionScheme(SessionScheme_):
    """How the schema names the session cookie."""

    target_class = SessionAuthentication  # type: ignore[assignment]
    name = "session"
