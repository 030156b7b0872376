"""The check against forged requests under a cookie of our own, and its refusal in the shape of each door."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.csrf import csrf_failure

from config.lib.http.problems import Problem
from config.lib.http.refusals import ALLAUTH, OURS, refused

CODE = "csrf"
# What apps of before the cookie had a name of its own show; they can sign in until they have loaded the newer app.
EARLIER = "csrftoken"


class EarlierTokenMiddleware:
    """Stands before Django's check: an app of before shows its token under the name that it knows, twice as always."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        earlier = request.COOKIES.get(EARLIER)
        if earlier and request.headers.get("X-CSRFToken") == earlier:
            request.COOKIES[settings.CSRF_COOKIE_NAME] = earlier
        return self.get_response(request)


def csrf_problem() -> Problem:
    """Return the refusal of a request whose token is missing or another one: what it asked for was not looked at."""
    text = _("The proof that this request comes from the app did not arrive; something on the way took it out.")
    return Problem(CODE, text, status=403)


def refuse(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a request without the right token: in JSON at the doors of programs, with a page anywhere else."""
    if request.path.startswith((OURS, ALLAUTH)):
        return refused(request.path, csrf_problem())
    return csrf_failure(request, reason)
