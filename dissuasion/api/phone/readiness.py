"""`/api/v1/readiness`: the ready check of a phone at the start of duty, and the chief's view of all of them."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import phones
from config.lib.http.schema import refusals
from dissuasion import access
from dissuasion.api.fields import Words
from dissuasion.api.phone.device import Gap
from dissuasion.api.shared import person_of
from dissuasion.models import Delivery
from dissuasion.queries.desk.readiness import readiness

CHECKS = ("sound", "notifications", "push", "position", "storage", "version", "clock", "socket")


class Check(serializers.Serializer[Any]):
    """One thing that a phone must be able to do; a newer app may know further ones."""

    code = Words(max_length=20, help_text=f"Such as {', '.join(CHECKS)}.")
    state = serializers.ChoiceField(["ok", "warn", "bad"])
    value = Words(max_length=80, required=False, allow_blank=True)


class ReadinessBody(serializers.Serializer[Any]):
    """The result of one ready check."""

    device = Words(max_length=64)
    on_duty = serializers.BooleanField()
    took_ms = serializers.IntegerField(min_value=0, max_value=2**31 - 1)
    checks: serializers.ListSerializer[Any] = serializers.ListSerializer(child=Check(), max_length=20)


class ReadinessSaved(serializers.Serializer[Any]):
    """When it was kept."""

    saved_at = serializers.DateTimeField()


class PersonCheck(serializers.Serializer[Any]):
    """The latest ready check of a person."""

    at = serializers.DateTimeField()
    checks: serializers.ListSerializer[Any] = serializers.ListSerializer(child=Check())


class PersonDevice(serializers.Serializer[Any]):
    """What the person's phone, of several the one last heard, claims about itself."""

    app_version = serializers.CharField()
    last_seq = serializers.IntegerField()
    unsent = serializers.IntegerField()
    oldest_unsent_at = serializers.DateTimeField(allow_null=True)
    gap = Gap(allow_null=True)
    at = serializers.DateTimeField()


class ReadyPerson(serializers.Serializer[Any]):
    """One person of the unit."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    role = serializers.CharField()
    unit = serializers.CharField(allow_null=True)
    on_duty = serializers.BooleanField()
    seen_at = serializers.DateTimeField(allow_null=True)
    readiness = PersonCheck(allow_null=True)
    device = PersonDevice(allow_null=True)
    reachable_by = serializers.ListField(
        child=serializers.ChoiceField(["socket", "push", "phone"]),
        help_text="The ways that are open: a phone that is connected, a proven push, a telephone number.",
    )
    channels = serializers.ListField(
        child=serializers.ChoiceField(Delivery.Channel.choices),
        help_text="The channels on which a rung of the ladder would reach them. `push` only where a phone has shown a "
        "push message within 24 hours; the others where there is a telephone number. Empty: no rung reaches them.",
    )


class ReadinessPage(serializers.Serializer[Any]):
    """The people of a unit, worst first; `total` counts those beyond the page as well."""

    people: serializers.ListSerializer[Any] = serializers.ListSerializer(child=ReadyPerson())
    total = serializers.IntegerField()


class UnitQuery(serializers.Serializer[Any]):
    """The own unit, or one below it."""

    unit = serializers.IntegerField(min_value=1, max_value=2**31, required=False)


class ReadinessView(APIView):
    """Who is ready, and a phone's own ready check."""

    @extend_schema(parameters=[OpenApiParameter("unit", int)], responses={200: ReadinessPage, **refusals(404)})
    def get(self, request: Request) -> Response:
        """Return the people of the unit that the person commands, or of one below it, worst first."""
        person = person_of(request)
        query = UnitQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        unit = access.unit_to_watch(person, query.validated_data.get("unit"))
        return Response(readiness(unit, now=timezone.now()))

    @extend_schema(request=ReadinessBody, responses=ReadinessSaved)
    def post(self, request: Request) -> Response:
        """Keep the latest ready check of the signed-in person."""
        person = person_of(request)
        body = ReadinessBody(data=request.data)
        body.is_valid(raise_exception=True)
        now = timezone.now()
        phones.save_readiness(person, at=now, **body.validated_data)
        return Response({"saved_at": now})
