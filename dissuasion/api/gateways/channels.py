"""`/api/v1/gateways`: how each channel is set up, and its test button. For admins only."""

from dataclasses import asdict
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.rate_limit import allow_try
from config.lib.http.problems import Conflict, NotHere
from config.lib.http.schema import refusals
from dissuasion import access
from dissuasion.actions.messages import trial
from dissuasion.api.shared import TooMany, person_of
from dissuasion.rules import words
from dissuasion.transports.base import Outcome
from dissuasion.transports.registry import CHANNELS

# Each test costs money and rings somebody.
TESTS, STRETCH_S = 5, 300


class GatewayRow(serializers.Serializer[Any]):
    """One channel: what serves it, at which host, how many messages a minute it takes (null: no limit)."""

    channel = serializers.ChoiceField(CHANNELS)
    kind = serializers.ChoiceField(["console", "http"])
    host = serializers.CharField(allow_blank=True)
    per_minute = serializers.IntegerField(allow_null=True)
    reports = serializers.BooleanField(help_text="Whether it says what became of a message.")
    resting = serializers.BooleanField(help_text="Whether this process leaves it alone after time-outs.")


class GatewayList(serializers.Serializer[Any]):
    """Every channel to a telephone number."""

    gateways = GatewayRow(many=True)


class GatewayTested(serializers.Serializer[Any]):
    """What the channel said of a test message; `reason` is a code, `text` its words."""

    outcome = serializers.ChoiceField([outcome.value for outcome in Outcome])
    reason = serializers.CharField(allow_blank=True)
    text = serializers.CharField(allow_blank=True)
    provider_id = serializers.CharField(allow_blank=True)
    ms = serializers.IntegerField()


class GatewaysView(APIView):
    """The channels."""

    @extend_schema(responses=GatewayList)
    def get(self, request: Request) -> Response:
        """Return how each channel is set up."""
        access.administer(person_of(request))
        return Response({"gateways": [asdict(channel) for channel in trial.channels()]})


class GatewayTestView(APIView):
    """The test button."""

    @extend_schema(request=None, responses={200: GatewayTested, **refusals(409, 429)})
    def post(self, request: Request, channel: str) -> Response:
        """Send a test to the own number of the signed-in admin, now."""
        person, now = person_of(request), timezone.now()
        access.administer(person)
        if channel not in CHANNELS:
            raise NotHere
        if not person.phone:
            raise Conflict("no_number", _("You have no telephone number here. Enter it under People, then try again."))
        if not allow_try("gateway-test", person.pk.hex, most=TESTS, seconds=STRETCH_S, at=now):
            raise TooMany(STRETCH_S)
        tried = trial.send(channel, to=person.phone, language=person.language)
        said = tried.answer
        return Response(
            {
                "outcome": said.outcome.value,
                "reason": said.reason,
                "text": words.sentence(said.reason) if said.reason else "",
                "provider_id": said.provider_id,
                "ms": tried.ms,
            }
        )
