"""How DRF's views let people in: the session cookie of the sign-in."""

from typing import Any

from drf_spectacular.authentication import SessionScheme as SessionScheme_
from rest_framework import authentication
from rest_framework.exceptions import PermissionDenied

from config.lib.http.csrf import csrf_problem

# Set on a request without a person: whether a right was taken away (accounts/authentication.py sets it).
RIGHT_REMOVED = "right_removed"


class SessionAuthentication(authentication.SessionAuthentication):
    """Session sign-in that answers 401 (not 403) where nobody is signed in, as programs expect."""

    def authenticate_header(self, request: Any) -> str:
        return "Session"

    def enforce_csrf(self, request: Any) -> None:
        """Refuse a request without the right token, under a code of its own: it is no question of rights."""
        try:
            super().enforce_csrf(request)
        except PermissionDenied as error:
            raise csrf_problem() from error


class SessionScheme(SessionScheme_):
    """How the schema names the session cookie."""

    target_class = SessionAuthentication  # type: ignore[assignment]
    match_subclasses = True
    name = "session"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """Return the cookie as it is named over https, wherever the schema is written."""
        return {"type": "apiKey", "in": "cookie", "name": "__Host-doorstep-session"}
