"""`GET /api/v1/figures`: the figures of the person's unit, or one below it, over a period."""

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from config.lib.http.schema import refusals
from dissuasion import access
from dissuasion.api.desk.figures_shape import Figures
from dissuasion.api.shared import person_of
from dissuasion.reports.figures import Period, figures

LONGEST = dt.timedelta(days=366)
# The first and last days of the calendar can't be converted to another time zone.
FIRST_DAY, LAST_DAY = dt.date(1970, 1, 1), dt.date(9998, 12, 31)


class FiguresQuery(serializers.Serializer[Any]):
    """Which days (the last included, by the city's calendar) and which unit."""

    start = serializers.DateField(required=False)
    end = serializers.DateField(required=False)
    unit = serializers.IntegerField(min_value=1, max_value=2**31, required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        end = attrs.setdefault("end", timezone.localdate())
        start = attrs.setdefault("start", end)
        if start > end:
            raise serializers.ValidationError({"start": _("The first day lies after the last.")})
        if end - start > LONGEST:
            raise serializers.ValidationError({"start": _("Ask for at most a year.")})
        if start < FIRST_DAY or end > LAST_DAY:
            place = "start" if start < FIRST_DAY else "end"
            raise serializers.ValidationError({place: _("This time is out of range.")})
        return attrs


def period_of(start: dt.date, end: dt.date) -> Period:
    """Return the period from the beginning of one day to the end of another, by the city's clock."""
    zone = timezone.get_default_timezone()
    first = dt.datetime.combine(start, dt.time.min, zone)
    return Period(first, dt.datetime.combine(end, dt.time.min, zone) + dt.timedelta(days=1))


class FiguresView(APIView):
    """The figures."""

    @extend_schema(
        parameters=[
            OpenApiParameter("start", dt.date), OpenApiParameter("end", dt.date), OpenApiParameter("unit", int),
        ],
        responses={200: Figures, **refusals(404)},
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """Return counts, intervals, face-to-face rate, outcomes and amounts; today where no period is given."""
        query = FiguresQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        given = query.validated_data
        unit = access.unit_with_figures(person_of(request), given.get("unit"))
        return Response(figures(unit, period_of(given["start"], given["end"])))
