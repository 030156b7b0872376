"""Views for operators: is the process alive (/up), can it work and is anything late (/ready); schema and start page."""

import gzip
import hashlib
import sys
from functools import cache
from typing import Any

from channels.layers import get_channel_layer
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views import defaults
from django.views.decorators.cache import never_cache
from django.views.decorators.http import condition, require_safe

from accounts import people
from accounts.models import Person
from config.lib.cache import TimedCache
from config.lib.http.refusals import unavailable
from dissuasion.queries import lateness

# Written by `make types`, from the doors: making it for each request would take most of a second.
SCHEMA = settings.ROOT / "static" / "shared" / "server" / "openapi.json"
READINESS: TimedCache[str, dict[str, Any]] = TimedCache(max_age_s=2)


@require_safe
@never_cache
def up(request: HttpRequest) -> HttpResponse:
    """Answer that the process is alive; nothing else is checked."""
    return HttpResponse("up\n", content_type="text/plain")


@require_safe
@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """Answer 200 when the database answers and is migrated and nothing is late, 503 otherwise.

    Everybody may ask: it shows codes and counts only, and queries the database at most once in two seconds.
    """
    answer = READINESS.get_or_load("ready", _readiness)
    if answer["ready"]:
        return JsonResponse(answer)
    return JsonResponse(answer, status=503, headers={"Retry-After": "5"})


def _readiness() -> dict[str, Any]:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT epoch FROM dissuasion_epoch")
            cursor.fetchone()
        wrong = lateness.summary(at=timezone.now(), after_s=settings.WATCHDOG_DESK_S)
    except DatabaseError:
        return {"ready": False, "database": "down"}
    layer = type(get_channel_layer()).__name__
    return {"ready": not wrong, "database": connection.vendor, "layer": layer, **wrong}


@cache
def _schema() -> tuple[bytes, bytes]:
    """Return the schema as it is sent, plain and compressed."""
    plain = SCHEMA.read_bytes()
    return plain, gzip.compress(plain)


@cache
def _schema_tag() -> str:
    return f'W/"{hashlib.sha256(_schema()[0]).hexdigest()[:32]}"'


@require_safe
@condition(etag_func=lambda _request: _schema_tag())
def schema(request: HttpRequest) -> HttpResponse:
    """Send the schema of the public doors (OpenAPI 3.1, JSON) to whoever asks."""
    plain, compressed = _schema()
    gzipped = "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(compressed if gzipped else plain, content_type="application/vnd.oai.openapi+json")
    if gzipped:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Cache-Control"] = "no-cache"
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


@require_safe
@never_cache
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Show who is signed in and what this server offers them beside the phone's app."""
    person = request.user
    until = people.on_duty_until(person, at=timezone.now()) if isinstance(person, Person) else None
    return render(request, "home.html", {"on_duty_until": until})


def not_found(request: HttpRequest, *args: str) -> HttpResponse:
    """Answer 404: a page of a library that this product does not use."""
    raise Http404


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer an error that no view handled: 503 while the database can't serve, else Django's page for 500."""
    return unavailable(request.path, sys.exc_info()[1]) or defaults.server_error(request)
