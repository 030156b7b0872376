"""Reads one alert of the public contract; unknown fields stay in the raw payload."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from dissuasion.api.fields import Moment, Words, Yuan
from dissuasion.api.resident_body import ToldResidentBody
from dissuasion.api.shapes import RISKS
from dissuasion.api.sources.raw_bound import bounded, known_fields
from dissuasion.rules import scam_types
from dissuasion.rules.incoming import TIME_IMPLAUSIBLE, FieldCode, Incoming, content_hash
from dissuasion.rules.sources import SPELLINGS

CHANNELS = ("funds", "app", "call", "sms", "web", "bank", "hotline")
AHEAD = dt.timedelta(minutes=5)
# Alerts are about now: an older time comes from a wrong clock or from an archive.
BEHIND = dt.timedelta(days=30)


class SuspectBody(serializers.Serializer[Any]):
    """What is known of the fraudster; kept in the raw payload only."""

    phone = Words(max_length=60, required=False, allow_blank=True, allow_null=True)
    account = Words(max_length=120, required=False, allow_blank=True, allow_null=True)
    app = Words(max_length=120, required=False, allow_blank=True, allow_null=True)
    plate = Words(max_length=20, required=False, allow_blank=True, allow_null=True)


class AlertBody(serializers.Serializer[Any]):
    """One alert, as the public contract says; amounts in yuan, points in WGS-84."""

    external_id = Words(max_length=100)
    occurred_at = Moment()
    scam_type = Words(max_length=60)
    resident = ToldResidentBody()
    risk = serializers.ChoiceField(RISKS, required=False, allow_blank=True, allow_null=True)
    instruction = serializers.ChoiceField(tuple(SPELLINGS), required=False, allow_blank=True, allow_null=True)
    channel = serializers.ChoiceField(CHANNELS, required=False, allow_blank=True, allow_null=True)
    amount_at_risk = Yuan()
    already_transferred = Yuan()
    suspect = SuspectBody(required=False, allow_null=True)
    note = Words(max_length=4000, required=False, allow_blank=True, allow_null=True)

    def validate_occurred_at(self, value: dt.datetime) -> dt.datetime:
        if value > self.context["now"] + AHEAD:
            raise serializers.ValidationError(_("This time lies in the future."), code="time_in_future")
        return value


KNOWN = known_fields(AlertBody)


def understand(raw: dict[str, Any], checked: dict[str, Any], *, now: dt.datetime) -> Incoming:
    """Return the alert of a checked body; an unknown scam type becomes `other`, and the raw value is kept."""
    resident = checked["resident"]
    plain = ("external_id", "occurred_at", "amount_at_risk", "already_transferred")
    given = {name: checked[name] for name in plain if checked.get(name) is not None}
    who = ("phone", "id_number", "name", "address", "division_code", "lat", "lon")
    return Incoming(
        scam_type=scam_types.known_or_other(checked["scam_type"]),
        risk=checked.get("risk") or "",
        instruction=SPELLINGS[checked["instruction"]].value if checked.get("instruction") else "",
        channel=checked.get("channel") or "",
        faults=tuple(_faults(checked, now)),
        raw=bounded(raw, known=KNOWN),
        content_hash=content_hash(raw),
        **given,
        **{name: resident[name] for name in who if resident.get(name) is not None},
    )


def _faults(checked: dict[str, Any], now: dt.datetime) -> Iterator[FieldCode]:
    """Yield the faults of an alert that is kept all the same."""
    for name, code in checked["resident"]["faults"].items():
        yield {"field": f"resident.{name}", "code": code}
    if checked["occurred_at"] < now - BEHIND:
        yield {"field": "occurred_at", "code": TIME_IMPLAUSIBLE}
