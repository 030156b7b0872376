"""Reads one alert of the public contract; everything that it does not understand stays in the raw payload."""

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from rest_framework import serializers

from config.lib import identity
from dissuasion import scam_types
from dissuasion.incoming import Incoming, content_hash
from households.ground import place_fault

CHANNELS = ("funds", "app", "call", "sms", "web", "bank", "hotline")
AHEAD = dt.timedelta(minutes=5)
REASONS = {
    "phone_format": lazy("This is not a telephone number of the mainland."),
    "id_format": lazy("An ID number has 17 digits and a digit or X."),
    "id_date": lazy("The date of birth in the ID number does not exist."),
    "id_checksum": lazy("The last character of the ID number does not fit the others."),
    "coordinates_swapped": lazy("Latitude and longitude are swapped."),
    "outside_ground": lazy("This place is outside the ground that is served here."),
}


class Moment(serializers.DateTimeField):
    """A time with its zone, not in the future."""

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
    """Text and nothing else: a number or a boolean in its place is a fault, not a text."""

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            raise serializers.ValidationError(_("This must be text."), code="not_text")
        return super().to_internal_value(data)


class Pattern(Words, serializers.RegexField):
    """Text of one form."""


class Yuan(serializers.DecimalField):
    """An amount of money in yuan."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_digits=14, decimal_places=2, min_value=0, required=False, allow_null=True, **kwargs)


class ResidentBody(serializers.Serializer[Any]):
    """Whom the alert means: at least one of phone, ID number and address."""

    phone = Words(max_length=40, required=False, allow_blank=True, allow_null=True)
    id_number = Words(max_length=40, required=False, allow_blank=True, allow_null=True)
    address = Words(max_length=300, required=False, allow_blank=True, allow_null=True)
    name = Words(max_length=40, required=False, allow_blank=True, allow_null=True)
    division_code: serializers.RegexField = Pattern(
        r"^([0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12})$", required=False, allow_blank=True,
        error_messages={"invalid": lazy("A division code has 4, 6, 9 or 12 digits.")},
    )  # fmt: skip
    lat = serializers.FloatField(required=False, allow_null=True, min_value=-180, max_value=180)
    lon = serializers.FloatField(required=False, allow_null=True, min_value=-180, max_value=180)

    def validate_phone(self, value: str | None) -> str:
        return _checked(identity.phone, value) if value else ""

    def validate_id_number(self, value: str | None) -> str:
        return _checked(identity.id_number, value) if value else ""

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if not any(attrs.get(name) for name in ("phone", "id_number", "address")):
            raise serializers.ValidationError(_("Give a phone, an ID number or an address."), code="nobody_named")
        lat, lon = attrs.get("lat"), attrs.get("lon")
        if (lat is None) != (lon is None):
            raise serializers.ValidationError({"lon" if lon is None else "lat": _("A point has both lat and lon.")})
        if lat is not None and lon is not None:
            # Beyond the pole lies no place, although the sphere's formula finds one there.
            beyond = "outside_ground" if abs(lat) > 90 else ""
            if fault := place_fault(lat, lon, self.context.get("centres", [])) or beyond:
                raise serializers.ValidationError({"lat": serializers.ErrorDetail(str(REASONS[fault]), code=fault)})
        return attrs


def _checked(check: Any, value: str) -> str:
    try:
        return str(check(value))
    except identity.BadNumber as bad:
        raise serializers.ValidationError(str(REASONS[bad.code]), code=bad.code) from bad


class SuspectBody(serializers.Serializer[Any]):
    """What is known of the fraudster; kept in the raw payload only."""

    phone = Words(max_length=60, required=False, allow_blank=True, allow_null=True)
    account = Words(max_length=120, required=False, allow_blank=True, allow_null=True)
    app = Words(max_length=120, required=False, allow_blank=True, allow_null=True)


class AlertBody(serializers.Serializer[Any]):
    """One warning, as the public contract says; amounts in yuan, points in WGS-84."""

    external_id = Words(max_length=100)
    occurred_at = Moment()
    scam_type = Words(max_length=60)
    resident = ResidentBody()
    risk = serializers.ChoiceField(["low", "medium", "high"], required=False, allow_blank=True, allow_null=True)
    channel = serializers.ChoiceField(CHANNELS, required=False, allow_blank=True, allow_null=True)
    amount_at_risk = Yuan()
    already_transferred = Yuan()
    suspect = SuspectBody(required=False, allow_null=True)
    note = Words(max_length=4000, required=False, allow_blank=True, allow_null=True)

    def validate_occurred_at(self, value: dt.datetime) -> dt.datetime:
        if value > self.context["now"] + AHEAD:
            raise serializers.ValidationError(_("This time lies in the future."), code="time_in_future")
        return value


def understand(raw: dict[str, Any], checked: dict[str, Any]) -> Incoming:
    """Return the alert that a checked body means; an unknown scam type is kept as `other` with the raw value."""
    resident = checked["resident"]
    plain = ("external_id", "occurred_at", "amount_at_risk", "already_transferred")
    given = {name: checked[name] for name in plain if checked.get(name) is not None}
    who = ("phone", "id_number", "name", "address", "division_code", "lat", "lon")
    return Incoming(
        scam_type=scam_types.known(checked["scam_type"]),
        risk=checked.get("risk") or "",
        channel=checked.get("channel") or "",
        raw=raw,
        content_hash=content_hash(raw),
        **given,
        **{name: resident[name] for name in who if resident.get(name) is not None},
    )
