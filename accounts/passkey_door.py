"""What stands before allauth's passkey doors: a credential that can't be read is a wrong one, never a server error."""

import logging
from collections.abc import Callable

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import DatabaseError, InterfaceError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

logger = logging.getLogger(__name__)
PREFIX, WORD = "/_allauth/", "/webauthn"
# These say something else than that the credential is odd; they go their usual way.
OTHERS = (Http404, PermissionDenied, SuspiciousOperation, DatabaseError, InterfaceError, OSError)


class PasskeyDoor:
    """Answers 400, in allauth's shape, where its reader of credentials trips over what a stranger sent."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Return the refusal of an unreadable credential; None for any other fault."""
        here = request.method == "POST" and request.path_info.startswith(PREFIX) and WORD in request.path_info
        if not here or isinstance(error, OTHERS):
            return None
        logger.warning("A passkey could not be read: %s.", type(error).__name__)
        fault = {"code": "incorrect_code", "param": "credential", "message": _("This passkey can't be read.")}
        return JsonResponse({"status": 400, "errors": [fault]}, status=400)
