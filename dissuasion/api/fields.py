"""Fields that several doors read: text that is text, moments with their zone, amounts in yuan."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from config.lib.http.decimals import RoundingDecimalField


class Moment(serializers.DateTimeField):
    """A time with its zone; the value is in UTC."""

    def to_internal_value(self, value: Any) -> dt.datetime:
        if not isinstance(value, str):
            raise serializers.ValidationError(_("A time is text in ISO 8601 with a zone."), code="time_format")
        try:
            moment = parse_datetime(value)
        except ValueError:
            moment = None
        if moment is None:
            raise serializers.ValidationError(_("A time is text in ISO 8601 with a zone."), code="time_format")
        if timezone.is_naive(moment):
            raise serializers.ValidationError(_("The time has no zone, such as +08:00."), code="time_without_zone")
        try:
            return moment.astimezone(dt.UTC)
        except OverflowError as error:
            raise serializers.ValidationError(_("This time is out of range."), code="time_format") from error


class Words(serializers.CharField):
    """Text only: a number or a boolean is refused."""

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            raise serializers.ValidationError(_("This must be text."), code="not_text")
        return super().to_internal_value(data)


class Id(serializers.UUIDField):
    """A UUID as text: a number is refused, although Python can convert one."""

    def to_internal_value(self, data: Any) -> UUID:
        if not isinstance(data, str | UUID):
            self.fail("invalid", value=data)
        return super().to_internal_value(data)


class Pattern(Words, serializers.RegexField):
    """Text of one form."""


@extend_schema_field(
    {"type": ["string", "number", "null"], "description": "Yuan; a number is rounded to fen, a text is not."}
)
class Yuan(RoundingDecimalField):
    """An amount of money in yuan."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_digits=14, decimal_places=2, min_value=0, required=False, allow_null=True, **kwargs)
