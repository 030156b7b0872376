"""`POST /api/v1/device`: a phone says how far its outbox is; the server says how many acts it misses."""

from typing import Any

from django.conf import settings
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import phones
from config.lib.static.built import build_id
from dissuasion.api.fields import Moment, Words
from dissuasion.api.phone.acts import OFFSET_MS
from dissuasion.api.shared import person_of
from dissuasion.queries.desk.readiness import gap_of
from dissuasion.queries.sequence_gaps import received
from dissuasion.telling import versions

LARGEST = 2**62


class DeviceClaim(serializers.Serializer[Any]):
    """What a phone claims: `last_seq` is the number of its newest act, `unsent` how many are only on the phone."""

    device = Words(max_length=64)
    app_version = Words(max_length=40)
    last_seq = serializers.IntegerField(min_value=0, max_value=LARGEST)
    unsent = serializers.IntegerField(min_value=0, max_value=LARGEST)
    oldest_unsent_at = Moment(required=False, allow_null=True)
    clock_offset_ms = serializers.IntegerField(default=0, min_value=-OFFSET_MS, max_value=OFFSET_MS)
    persisted = serializers.BooleanField(default=False)
    standalone = serializers.BooleanField(default=False)
    language = serializers.CharField(max_length=10, required=False, allow_blank=True)


class AppBuilds(serializers.Serializer[Any]):
    """The build that this server serves, and the oldest that may still send (empty: any)."""

    current = serializers.CharField()
    oldest = serializers.CharField(allow_blank=True)


class Gap(serializers.Serializer[Any]):
    """How many acts are missing, and up to which number none is."""

    missing = serializers.IntegerField()
    received_through = serializers.IntegerField()


class DeviceAnswer(serializers.Serializer[Any]):
    """The server's clock, its builds, the gap in the acts it has."""

    server_time = serializers.DateTimeField()
    app = AppBuilds()
    gap = Gap(allow_null=True)


class DeviceView(APIView):
    """The phone in the hand of the signed-in person."""

    @extend_schema(request=DeviceClaim, responses=DeviceAnswer)
    def post(self, request: Request) -> Response:
        """Keep the claim; say how many acts the phone made and no longer has, but the server never got."""
        person = person_of(request)
        body = DeviceClaim(data=request.data)
        body.is_valid(raise_exception=True)
        said = dict(body.validated_data)
        now = timezone.now()
        said.setdefault("oldest_unsent_at", None)
        code = said.pop("device")
        with versions.one_change():
            if phones.follow_language(person, code, said.get("language", "")):
                versions.touch([person.pk])  # the worklist holds reasons and names in the person's language
            device = phones.save_device(person, code, at=now, **said)
        # Numbers that were counted once are not read again.
        after = min(device.received_through, device.last_seq)
        count, through = received(person.pk, device.code, after=after, upto=device.last_seq)
        missing = max(device.last_seq - device.unsent - count, 0)
        phones.save_received(device, through=through, missing=missing)
        return Response(
            {
                "server_time": now,
                "app": {"current": build_id(), "oldest": settings.OLDEST_APP},
                "gap": gap_of(device),
            }
        )
