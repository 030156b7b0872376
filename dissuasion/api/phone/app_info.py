"""`GET /api/v1/app`: what a phone must know of this server before anybody has signed in."""

from typing import Any

from django.conf import settings
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from config.lib.static.built import build_id


class MapInfo(serializers.Serializer[Any]):
    """Where map tiles come from and their datum; without tiles the app draws a sketch."""

    tiles = serializers.CharField(allow_null=True)
    datum = serializers.ChoiceField(["wgs84", "gcj02", "bd09"])
    attribution = serializers.CharField(allow_blank=True)


class AppInfo(serializers.Serializer[Any]):
    """What a phone must know of the server."""

    build = serializers.CharField()
    languages = serializers.ListField(child=serializers.CharField())
    hotline = serializers.CharField()
    map = MapInfo()
    now = serializers.DateTimeField()
    maintenance_until = serializers.DateTimeField(allow_null=True)


class AppInfoView(APIView):
    """For everybody, signed in or not."""

    authentication_classes = ()
    permission_classes = ()

    @extend_schema(responses=AppInfo, auth=[])
    def get(self, request: Request) -> Response:
        """Return the build of the app that this server serves, its languages, hotline, map and clock."""
        until = settings.MAINTENANCE_UNTIL
        now = timezone.now()
        return Response(
            {
                "build": build_id(),
                "languages": [code for code, _name in settings.LANGUAGES],
                "hotline": settings.HOTLINE,
                "map": {
                    "tiles": settings.MAP_TILES or None,
                    "datum": settings.MAP_DATUM,
                    "attribution": settings.MAP_ATTRIBUTION,
                },
                "now": now,
                "maintenance_until": until if until and until > now else None,
            }
        )
