"""Refusals outside of our own views, each in the shape that its caller can read."""

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from config.lib.database.unavailable import is_unavailable
from config.lib.http.problems import MEDIA_TYPE, Problem, problem_document

logger = logging.getLogger(__name__)
OURS, ALLAUTH = "/api/", "/_allauth/"


class Unavailable(Problem):
    """The database can't be read or written just now; `wait` is the number of seconds after which to try again."""

    wait = 5

    def __init__(self) -> None:
        text = _("The server can't do this just now. Nothing was lost; send it again in some seconds.")
        super().__init__("unavailable", text, status=503)


def refused(path: str, problem: Problem) -> HttpResponse:
    """Return `problem` in the shape of this address: a problem document, allauth's errors, a page or a line of text."""
    headers = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    wait = getattr(problem, "wait", None)
    if wait:
        headers["Retry-After"] = str(int(wait) + 1)
    response = _shaped(path, problem)
    for name, value in headers.items():
        response[name] = value
    response["Content-Length"] = str(len(response.content))  # Django's own middleware may stand behind this one
    return response


def _shaped(path: str, problem: Problem) -> HttpResponse:
    if path.startswith(OURS):
        return JsonResponse(problem_document(problem), status=problem.status, content_type=MEDIA_TYPE)
    if path.startswith(ALLAUTH):
        told = {"status": problem.status, "errors": [{"code": problem.code, "message": problem.detail}]}
        return JsonResponse(told, status=problem.status)
    if problem.status == 503:
        return HttpResponse(render_to_string("503.html"), status=503)
    return HttpResponse(f"{problem.detail}\n", status=problem.status, content_type="text/plain; charset=utf-8")


def unavailable(path: str, error: BaseException | None) -> HttpResponse | None:
    """Return the refusal where an error means that the database can't serve now; None for any other error."""
    if error is None or not is_unavailable(error):
        return None
    # Only the kind: what the database says may quote what was sent.
    logger.error("The database can't serve %s now: %s.", path, type(error.__cause__ or error).__name__)
    return refused(path, Unavailable())


class UnavailableMiddleware:
    """Answers 503 where a view, ours or a library's, meets a database that can't serve now."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Return the refusal; None for an error that is a fault of ours."""
        return unavailable(request.path, error)
