"""`GET /api/v1/card`: what a phone needs to show the officer card (亮证), also without a network."""

from typing import Any

from django.conf import settings
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import cards
from dissuasion.access import NotYours
from dissuasion.api.shared import person_of


class CardDocument(serializers.Serializer[Any]):
    """The card; from `secret` (base32) the phone makes a code of `digits` digits each `period_s` seconds (RFC 6238)."""

    number = serializers.CharField()
    name = serializers.CharField()
    role = serializers.CharField()
    unit = serializers.CharField(allow_null=True)
    secret = serializers.CharField()
    period_s = serializers.IntegerField()
    digits = serializers.IntegerField()
    hotline = serializers.CharField()


class CardView(APIView):
    """The officer card of the signed-in person."""

    @extend_schema(responses=CardDocument)
    def get(self, request: Request) -> Response:
        """Return the card; 403 for a role that has none, because it never acts for the police at a door."""
        person = person_of(request)
        if not cards.has_card(person):
            raise NotYours
        return Response(
            {
                "number": person.username,
                "name": person.name,
                "role": person.role,
                "unit": person.unit.name if person.unit else None,
                "secret": cards.card_secret(person),
                "period_s": cards.PERIOD_S,
                "digits": cards.CODE_LENGTH,
                "hotline": settings.HOTLINE,
            }
        )
