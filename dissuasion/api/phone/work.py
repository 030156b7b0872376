"""`GET /api/v1/work`: the signed-in person's worklist, with the work version as its ETag."""

import datetime as dt
import re
import time
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.decorators import method_decorator
from django.utils.http import parse_etags
from django.views.decorators.gzip import gzip_page
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import people
from config.lib.http.problems import NotHere
from dissuasion.api.phone.script_shape import ScriptDocument
from dissuasion.api.phone.work_shape import WorkDocument
from dissuasion.api.shared import person_of
from dissuasion.models import ScriptVersion
from dissuasion.queries.worklist import duty_of, work_tag, worklist

# Our clock, in milliseconds since 1970. `Date` is written anew by proxies whose own clock may be hours off.
TIME_HEADER = "X-Server-Time"


@method_decorator(gzip_page, name="dispatch")  # fifty assignments are 60 kB, and a village's network is slow
class WorkView(APIView):
    """The worklist."""

    @extend_schema(
        parameters=[OpenApiParameter("If-None-Match", str, OpenApiParameter.HEADER)],
        responses={200: WorkDocument, 304: None},
    )
    def get(self, request: Request) -> Response:
        """Return the worklist; 304 when the phone has this state already."""
        person = person_of(request)
        tag = work_tag(person.pk)
        state = etag(person.pk, *tag)
        known = state in _held_tags(request.headers.get("If-None-Match", ""))
        response = Response(status=304) if known else Response(worklist(person, tag=tag))
        response["ETag"] = state
        response[TIME_HEADER] = str(time.time_ns() // 1_000_000)
        # The phone keeps its copy itself; a browser's cache would keep it for whoever signs in next.
        patch_cache_control(response, private=True, no_store=True)
        return response


def _held_tags(header: str) -> list[str]:
    """Return the tags that a phone, or a proxy for it, holds; a compressed answer has the same tag as a weak one."""
    return [tag.removeprefix("W/") for tag in parse_etags(header)]


def etag(person_id: UUID, epoch: str, version: int) -> str:
    """Return the ETag of a state of a person's worklist; the socket's `?have=` is the same text.

    It holds the end of the person's id: the beginning is a time, the same for people who were entered together.
    """
    return f'"{epoch}.{person_id.hex[-8:]}.{version}"'


class DutyBody(serializers.Serializer[Any]):
    """On duty until a moment, or off duty."""

    on_duty = serializers.BooleanField()
    until = serializers.DateTimeField(required=False, allow_null=True)


class DutyView(APIView):
    """On duty or off."""

    @extend_schema(responses=DutyBody)
    def get(self, request: Request) -> Response:
        """Return whether the signed-in person is on duty, and until when."""
        return Response(duty_of(person_of(request), at=timezone.now()))

    @extend_schema(request=DutyBody, responses=DutyBody)
    def post(self, request: Request) -> Response:
        """Go on duty until a moment (12 hours where none is given, 24 at most), or off duty at once."""
        person = person_of(request)
        body = DutyBody(data=request.data)
        body.is_valid(raise_exception=True)
        now = timezone.now()
        if body.validated_data["on_duty"]:
            latest = now + dt.timedelta(hours=24)
            until = body.validated_data.get("until") or now + dt.timedelta(hours=12)
            people.go_on_duty(person, at=now, until=min(max(until, now), latest))
        else:
            people.go_off_duty(person, at=now)
        return Response(duty_of(person, at=timezone.now()))


class ScriptView(APIView):
    """One script version by its hash."""

    @extend_schema(responses=ScriptDocument)
    def get(self, request: Request, sha256: str) -> Response:
        """Return the words of a published or retired version; they never change, so a phone may keep them for ever."""
        # Only a hash is looked up: PostgreSQL takes no NUL in a text.
        known = ScriptVersion.objects.filter(sha256=sha256).exclude(status="draft")
        version = known.first() if re.fullmatch(r"[0-9a-f]{64}", sha256) else None
        if version is None:
            raise NotHere
        response = Response(version.content | {"version": version.number, "sha256": sha256})
        patch_cache_control(response, private=True, max_age=31_536_000, immutable=True)
        return response
