"""Reads one alert of the public contract; everything that it does not understand stays in the raw payload."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from dissuasion.api.fields import Moment, Words, Yuan
from dissuasion.api.resident_body import ResidentBody
from dissuasion.api.shapes import RISKS
from dissuasion.rules import scam_types
from dissuasion.rules.incoming import Incoming, content_hash

CHANNELS = ("funds", "app", "call", "sms", "web", "bank", "hotline")
AHEAD = dt.timedelta(minutes=5)


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
    risk = serializers.ChoiceField(RISKS, required=False, allow_blank=True, allow_null=True)
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
        scam_type=scam_types.known_or_other(checked["scam_type"]),
        risk=checked.get("risk") or "",
        channel=checked.get("channel") or "",
        raw=raw,
        content_hash=content_hash(raw),
        **given,
        **{name: resident[name] for name in who if resident.get(name) is not None},
    )
