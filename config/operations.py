"""Views for operators: is the process alive (/up), can it work and is anything late (/ready); and the start page."""

from typing import Any

from channels.layers import get_channel_layer
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts import people
from accounts.models import Person
from config.lib.cache import TimedCache
from dissuasion.queries import lateness

READINESS: TimedCache[str, dict[str, Any]] = TimedCache(max_age_s=2)


@require_safe
@never_cache
def up(request: HttpRequest) -> HttpResponse:
    """Answer that the process is alive; nothing else is asked."""
    return HttpResponse("up\n", content_type="text/plain")


@require_safe
@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """Answer 200 when the database answers and is migrated and nothing is late, 503 otherwise.

    Everybody may ask: it shows codes and counts only, and queries the database at most once in two seconds.
    """
    answer = READINESS.get_or_load("ready", _readiness)
    return JsonResponse(answer, status=200 if answer["ready"] else 503)


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


@require_safe
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Show who is signed in and what this server offers them beside the phone's app."""
    person = request.user
    until = people.on_duty_until(person, at=timezone.now()) if isinstance(person, Person) else None
    return render(request, "home.html", {"on_duty_until": until})


def not_found(request: HttpRequest, *args: str) -> HttpResponse:
    """Answer 404: a page of a library that this product does not use."""
    raise Http404
