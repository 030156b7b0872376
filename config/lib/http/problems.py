"""Problem documents (RFC 9457): every refusal has a stable code and a sentence in the caller's language."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, NotRequired, TypedDict, cast

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as n_

MEDIA_TYPE = "application/problem+json"
MAX_REASON_LENGTH = 300
# The titles of these statuses, for people; any other has HTTP's own phrase.
TITLES = {
    400: n_("Bad request"),
    401: n_("Not signed in"),
    403: n_("Not allowed"),
    404: n_("Not found"),
    405: n_("Method not allowed"),
    409: n_("Conflict"),
    413: n_("Too large"),
    415: n_("Media type not supported"),
    429: n_("Too many requests"),
    500: n_("Server error"),
    503: n_("Not available now"),
}


class FieldFault(TypedDict):
    """One place that can't be read, and why."""

    field: str
    code: str
    reason: str


class ProblemDocument(TypedDict):
    """A refusal as it is sent; some codes add members of their own."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    errors: NotRequired[list[FieldFault]]


class Problem(Exception):
    """A request that is refused for a reason its sender can act on.

    `code` is stable and for programs, `detail` is a sentence for people, `errors` lists places and reasons,
    `extra` holds further members of the document.
    """

    def __init__(
        self,
        code: str,
        detail: str,
        *,
        status: int = 400,
        errors: list[FieldFault] | None = None,
        extra: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(detail)
        self.code, self.detail, self.status = code, detail, status
        self.errors, self.extra = errors or [], extra or {}


class Conflict(Problem):
    """The object has changed since the caller read it; nothing was written."""

    def __init__(self, code: str, detail: str, **extra: Any) -> None:
        super().__init__(code, detail, status=409, extra=extra)


def field_problem(field: str, code: str, reason: str) -> Problem:
    """Return the refusal of one field, in the shape of a body that could not be read."""
    return Problem("invalid", reason, errors=[{"field": field, "code": code, "reason": reason}])


class NotHere(Problem):
    """There is no such object, or the caller may not see it: both get the same answer."""

    def __init__(self) -> None:
        super().__init__("not_found", _("There is nothing here that you can see."), status=404)


def problem_document(problem: Problem) -> ProblemDocument:
    """Return the problem document of a refusal, in the active language."""
    title = TITLES.get(problem.status)
    body: ProblemDocument = {
        "type": f"urn:doorstep:problem:{problem.code}",
        "title": _(title) if title else HTTPStatus(problem.status).phrase,
        "status": problem.status,
        "code": problem.code,
        "detail": problem.detail,
    }
    if problem.errors:
        body["errors"] = problem.errors
    return cast("ProblemDocument", {**body, **problem.extra})


def field_errors(detail: Any, place: str = "") -> list[FieldFault]:
    """Return DRF's nested error detail as a flat list of field, code and reason."""
    if isinstance(detail, dict):
        return [row for key, value in detail.items() for row in field_errors(value, f"{place}.{key}".strip("."))]
    if isinstance(detail, list):
        rows: list[FieldFault] = []
        for number, value in enumerate(detail):
            nested = isinstance(value, dict | list)
            rows += field_errors(value, f"{place}.{number}".strip(".") if nested else place)
        return rows
    return [
        {
            "field": quoted(place.removesuffix(".non_field_errors")),
            "code": getattr(detail, "code", "invalid"),
            "reason": quoted(str(detail)),
        }
    ]


def quoted(text: str) -> str:
    """Return a text that may quote the request, cut, with half of a surrogate pair escaped: UTF-8 can't carry one."""
    return text[:MAX_REASON_LENGTH].encode("utf-8", "backslashreplace").decode()


class ProblemMiddleware:
    """Gives addresses under /api/ that no view answers the same shape as every other refusal.

    It also keeps answers under /api/v1/ out of every cache, except where a view said itself how long its answer lasts.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        bare = response.status_code >= 400 and response.get("Content-Type", "").startswith("text/html")
        if bare and request.path.startswith("/api/"):
            status = HTTPStatus(response.status_code)
            problem = NotHere() if status == 404 else Problem(status.name.lower(), status.description, status=status)
            response = JsonResponse(problem_document(problem), status=status, content_type=MEDIA_TYPE)
        if request.path.startswith("/api/v1/"):
            response.headers.setdefault("Cache-Control", "no-store")
        return response
