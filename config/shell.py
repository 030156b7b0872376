"""The first files of the phone's app: shell, service worker, manifest. They are the same for everybody."""

import base64
import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from csp.decorators import csp_update
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import conditional_page, require_safe

from config.lib.static import built

View = Callable[..., HttpResponse]
PAPER, INK = "#f6f4ef", "#0b1018"  # --bg of tokens.css by day and by night
# What says that the app did not start stands in the page itself, for every file of the app may be what is missing.
START = (settings.ROOT / "templates" / "start.js").read_text().strip()
START_HASH = base64.b64encode(hashlib.sha256(START.encode()).digest()).decode()


def revalidated(view: View) -> View:
    """Wrap a view whose answer a browser may keep but must revalidate each time: a new version is seen at once."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers.setdefault("Cache-Control", "no-cache")
        return response

    return gzip_page(conditional_page(require_safe(asked)))


@csp_update({"script-src": [f"'sha256-{START_HASH}'"]})  # outermost: a 304 replaces the headers that a browser holds
@revalidated
def shell(request: HttpRequest) -> HttpResponse:
    """Draw the empty page that the app fills: the same for everybody, so the worker may keep it."""
    build = built.build_id()
    if build == built.NOT_BUILT and not settings.VITE:
        sentence = _("The app is not built yet. Build it with: make build")
        return HttpResponse(f"{sentence}\n", status=503, content_type="text/plain; charset=utf-8")
    shown = {"build": build, "vite": settings.VITE, "paper": PAPER, "ink": INK, "start": START}
    response = render(request, "app.html", shown)
    response.headers["X-Build"] = build
    return response


@revalidated
def worker(request: HttpRequest) -> HttpResponse:
    """Send the service worker. Its address is at the root, so that it may answer for every address of the app."""
    try:
        script = (settings.BUILT / "sw.js").read_bytes()
    except OSError:
        return HttpResponse(status=404, content_type="text/javascript")
    return HttpResponse(script, content_type="text/javascript", headers={"Service-Worker-Allowed": "/"})


@revalidated
def manifest(request: HttpRequest) -> HttpResponse:
    """Return what the phone's system needs to install the app, in the language that it asks for."""
    chinese = (get_language() or "").startswith("zh")
    body = {
        "id": "/",
        "start_url": "/",
        "scope": "/",
        "name": "Doorstep 上门劝阻",
        "short_name": _("Doorstep"),
        "description": _("The right officer at the door before the transfer"),
        "lang": "zh-CN" if chinese else "en",
        "dir": "ltr",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": PAPER,
        "categories": ["government", "productivity"],
        "icons": [*_icons("icon", "any"), *_icons("maskable", "maskable")],
        "shortcuts": [
            {"name": _("My card"), "url": "/app/card", "icons": _icons("icon", "any")[:1]},
            {"name": _("Scripts"), "url": "/app/scripts", "icons": _icons("icon", "any")[:1]},
        ],
    }
    return JsonResponse(body, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False})


def _icons(name: str, purpose: str) -> list[dict[str, str]]:
    return [
        {"src": static(f"img/{name}-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
        for size in (192, 512)
    ]
