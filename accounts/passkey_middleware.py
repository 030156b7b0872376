"""Middleware for allauth's passkey views: an unreadable credential is a wrong one (400), never a server error."""

import logging
from collections.abc import Callable

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import DatabaseError, InterfaceError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

logger = logging.getLogger(__name__)
PREFIX, WORD = "/_allauth/", "/webauthn"
# These errors do not mean that the credential is unreadable; they are handled as everywhere.
OTHERS = (Http404, PermissionDenied, SuspiciousOperation, DatabaseError, InterfaceError, OSError)


class PasskeyMiddleware:
    """Answers 400, in allauth's shape, where allauth raises because it can't read a credential."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Return the refusal of an unreadable credential; None for any other error."""
        here = request.method == "POST" and request.path_info.startswith(PREFIX) and WORD in request.path_info
        if not here or isinstance(error, OTHERS):
            return None
        logger.warning("A passkey could not be read: %s.", type(error).__name__)
        fault = {"code": "incorrect_code", "param": "credential", "message": _("This passkey can't be read.")}
        return JsonResponse({"status": 400, "errors": [fault]}, status=400)
