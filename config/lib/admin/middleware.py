"""Middleware for /admin/: admins only, through the one sign-in, with the browser policy that its pages need."""

from collections.abc import Callable
from typing import Any

from csp.constants import SELF, UNSAFE_EVAL, UNSAFE_INLINE
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

PREFIX = "/admin/"
# The only differences from the strict policy of every other page. The theme's pages use Alpine, which compiles
# the expressions in their attributes (unsafe-eval) and sets a width as a style attribute; Django's own admin scripts
# build elements from strings (Trusted Types). Style sheets stay strict: the colours that the theme would write into
# the page stand in static/css/admin.css.
POLICY: dict[str, Any] = {
    "script-src": [SELF, UNSAFE_EVAL],
    "style-src-attr": [UNSAFE_INLINE],
    "require-trusted-types-for": None,
    "trusted-types": None,
}
# The admin's own sign-in pages would bypass the lock on wrong passwords and leave sockets open.
REDIRECTS = {"login/": "account_login", "logout/": "account_logout", "password_change/": "account_change_password"}


def may_administer(user: Any) -> bool:
    """Return whether `user` may open the admin. The role's name is text here: config.lib knows no roles."""
    return bool(user.is_active and user.is_staff and getattr(user, "role", "") == "admin")


class AdminMiddleware:
    """Guards every address under /admin/, whatever view answers it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        if not request.user.is_authenticated:
            return redirect_to_login(request.GET.get("next") or request.get_full_path())
        instead = REDIRECTS.get(request.path_info.removeprefix(PREFIX))
        if instead:
            return redirect(instead)
        if not may_administer(request.user):
            raise PermissionDenied
        response = self.get_response(request)
        if response.status_code < 400:  # the pages of refusals are our own and work with the strict policy
            response._csp_replace = POLICY  # type: ignore[attr-defined]
        return response
