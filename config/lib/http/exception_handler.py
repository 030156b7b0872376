"""DRF's exception handler: whatever a view refuses becomes a problem document."""

from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.response import Response

from config.lib.http.authentication import RIGHT_REMOVED
from config.lib.http.problems import MEDIA_TYPE, NotHere, Problem, field_errors, problem_document


def _as_problem(error: Exception, request: Any) -> Problem | None:
    match error:
        case Problem():
            return error
        case exceptions.NotAuthenticated() if getattr(request, RIGHT_REMOVED, False):
            text = _("Your access on this device was taken away. Ask your admin.")
            return Problem(RIGHT_REMOVED, text, status=error.status_code)
        case exceptions.ValidationError():
            errors = field_errors(error.detail)
            return Problem("invalid", _("Some fields can't be read; each is named below."), errors=errors)
        case exceptions.ParseError():
            return Problem("not_json", str(error.detail))
        case Http404() | exceptions.NotFound():
            return NotHere()
        case PermissionDenied():
            return Problem("forbidden", _("This is not yours to do."), status=403)
        case RequestDataTooBig():
            return Problem("body_too_large", _("The request is too large. Send it in smaller parts."), status=413)
        case exceptions.APIException():
            code = error.get_codes()
            return Problem(code if isinstance(code, str) else "refused", str(error.detail), status=error.status_code)
    return None


def handle_exception(error: Exception, context: dict[str, Any]) -> Response | None:
    """Return the response to a refused request; None for an error that nobody foresaw, which becomes a 500."""
    problem = _as_problem(error, getattr(context.get("request"), "_request", None))
    if problem is None:
        return None
    response = Response(problem_document(problem), status=problem.status, content_type=MEDIA_TYPE)
    header = getattr(error, "auth_header", None)
    if header:
        response["WWW-Authenticate"] = header
    wait = getattr(error, "wait", None)
    if wait:
        response["Retry-After"] = str(int(wait) + 1)
    return response
