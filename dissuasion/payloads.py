"""What an act from a phone may say, by kind: checked field by field, so that a fault names its place."""

from typing import Any

from rest_framework import serializers

from dissuasion.dispositions import DISPOSITIONS
from dissuasion.models import VisitAmount


class Position(serializers.Serializer[Any]):
    """A position from the phone: WGS-84 degrees, accuracy in metres, age in seconds."""

    lat = serializers.FloatField(min_value=-90, max_value=90)
    lon = serializers.FloatField(min_value=-180, max_value=180)
    accuracy_m = serializers.FloatField(min_value=0, max_value=1_000_000)
    age_s = serializers.FloatField(min_value=0, max_value=31_536_000, default=0)


class Plain(serializers.Serializer[Any]):
    """Receipt and acknowledge carry nothing that must be read."""


class Decline(serializers.Serializer[Any]):
    """Why somebody can't go."""

    reason = serializers.ChoiceField(["on_another_case", "too_far", "knows_the_person", "unwell", "other"])
    words = serializers.CharField(max_length=300, required=False, allow_blank=True)


class Depart(serializers.Serializer[Any]):
    """Setting out, with the position where the phone has one."""

    position = Position(required=False, allow_null=True)


class Arrive(serializers.Serializer[Any]):
    """A check-in; without a position it says why, and never blocks."""

    position = Position(required=False, allow_null=True)
    manual_reason = serializers.CharField(max_length=200, required=False, allow_blank=True)


class Step(serializers.Serializer[Any]):
    """One step or objection of the script as it was used, with the seconds spent on it."""

    key = serializers.CharField(max_length=60)
    seconds = serializers.FloatField(min_value=0, max_value=86_400, required=False)
    objection = serializers.CharField(max_length=60, required=False, allow_blank=True)


class Amount(serializers.Serializer[Any]):
    """Something of value: yuan for money and other valuables, grams for gold."""

    meaning = serializers.ChoiceField(VisitAmount.Meaning.choices)
    evidence = serializers.ChoiceField(VisitAmount.Evidence.choices)
    kind = serializers.ChoiceField(VisitAmount.Kind.choices, default=VisitAmount.Kind.MONEY)
    quantity = serializers.DecimalField(max_digits=14, decimal_places=3, min_value=0)


class VisitRecord(serializers.Serializer[Any]):
    """The record of a visit; only met and the result are asked for, nothing else may hold up an officer."""

    met = serializers.BooleanField()
    disposition = serializers.ChoiceField(sorted(DISPOSITIONS))
    script = serializers.CharField(max_length=64, required=False, allow_blank=True, allow_null=True)
    steps: serializers.ListSerializer[Any] = serializers.ListSerializer(child=Step(), required=False, max_length=100)
    tried = serializers.ListField(child=serializers.CharField(max_length=60), required=False, max_length=20)
    amounts: serializers.ListSerializer[Any] = serializers.ListSerializer(child=Amount(), required=False, max_length=20)
    follow_up_on = serializers.DateField(required=False, allow_null=True)
    note = serializers.CharField(max_length=4000, required=False, allow_blank=True)


class Note(serializers.Serializer[Any]):
    """A few words on the case."""

    text = serializers.CharField(max_length=4000)


PAYLOADS: dict[str, type[serializers.Serializer[Any]]] = {
    "receipt": Plain,
    "acknowledge": Plain,
    "decline": Decline,
    "depart": Depart,
    "arrive": Arrive,
    "visit": VisitRecord,
    "note": Note,
}


def read(kind: str, payload: Any) -> dict[str, Any]:
    """Return the checked payload of an act; raise DRF's ValidationError with the places of its faults."""
    serializer = PAYLOADS[kind](data=payload if payload is not None else {})
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)
