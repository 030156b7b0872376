"""Middleware for allauth's doors: what they can't read is refused with 400 in their shape, never a server error."""

import logging
from collections.abc import Callable

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import DatabaseError, InterfaceError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError

from config.lib.http.json_body import is_storable, read_json
from config.lib.http.problems import Problem
from config.lib.http.refusals import refused

logger = logging.getLogger(__name__)
PREFIX, PASSKEYS = "/_allauth/", "/webauthn"
# These errors do not mean that the credential is unreadable; they are handled as everywhere.
OTHERS = (Http404, PermissionDenied, SuspiciousOperation, DatabaseError, InterfaceError, OSError)


class AllauthMiddleware:
    """Reads the body of each request to allauth's doors before they do, and catches what a passkey makes them raise."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(PREFIX):
            fault = _fault_of(request)
            if fault is not None:
                return refused(PREFIX, fault)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Return the refusal of an unreadable credential; None for any other error."""
        here = request.method == "POST" and request.path_info.startswith(PREFIX) and PASSKEYS in request.path_info
        if not here or isinstance(error, OTHERS):
            return None
        logger.warning("A passkey could not be read: %s.", type(error).__name__)
        fault = {"code": "incorrect_code", "param": "credential", "message": _("This passkey can't be read.")}
        return JsonResponse({"status": 400, "errors": [fault]}, status=400)


def _fault_of(request: HttpRequest) -> Problem | None:
    """Return why the body can't be read; None where it can. allauth reads JSON of any content type, or no body."""
    try:
        body = request.body
        value = read_json(body) if body else {}
    except RequestDataTooBig:
        return Problem("body_too_large", _("The request is too large. Send it in smaller parts."), status=413)
    except ParseError as error:
        return Problem("not_json", str(error.detail))
    except Problem as problem:
        return problem
    if not isinstance(value, dict):
        return Problem("invalid", _("Some fields can't be read; each is named below."))
    if not is_storable(value):
        return Problem("invalid", _("A text holds signs that can't be kept."))
    return None
