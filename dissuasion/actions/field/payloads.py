"""What an act from a phone may say, by kind: checked field by field, so that a fault names its place."""

import datetime as dt
from typing import Any

from rest_framework import serializers

from dissuasion.models import Evidence, VisitAmount
from dissuasion.rules.dispositions import DISPOSITIONS

# What can be done at a door, and what a visit can still need (the phone's chips). A newer phone may know more.
DONE = ("app_removed", "screen_sharing_off", "family_informed", "caller_blocked")
NEEDS = ("bank", "second_visit", "someone_else")
# What an officer may have tried who met nobody.
TRIED = ("knocked", "phoned", "asked_neighbours", "asked_family", "left_note")
MOST_PHOTOS, MOST_ARRIVAL_PHOTOS = 12, 2
# No money moved outside these years; a forged date beyond them must not break the arithmetic on it.
EARLIEST_YEAR, LATEST_YEAR = 1960, 2200


class Moment(serializers.DateTimeField):
    """A time that can be reckoned with."""

    def enforce_timezone(self, value: dt.datetime) -> dt.datetime:
        if not EARLIEST_YEAR <= value.year <= LATEST_YEAR:
            self.fail("overflow", timezone="UTC")
        return super().enforce_timezone(value)


class Photo(serializers.Serializer[Any]):
    """A photo or signature that follows by itself, known by the hash of its bytes."""

    uuid = serializers.UUIDField()
    sha256 = serializers.RegexField(r"^[0-9a-f]{64}$")
    bytes = serializers.IntegerField(min_value=1, max_value=2**31 - 1)
    kind = serializers.ChoiceField(Evidence.Kind.choices, default=Evidence.Kind.PHOTO)


def photos(most: int) -> "serializers.ListSerializer[Any]":
    """Return the field of a list of photos."""
    return serializers.ListSerializer(child=Photo(), required=False, max_length=most)


class Chips(serializers.ListField):
    """Codes that were tapped; those that this server does not know yet stay in the act as it was sent."""

    child = serializers.CharField(max_length=60)

    def __init__(self, known: tuple[str, ...]) -> None:
        super().__init__(required=False, max_length=20)
        self.known = known

    def to_internal_value(self, data: Any) -> list[Any]:
        tapped = super().to_internal_value(data)
        return [code for code in self.known if code in tapped]


class Position(serializers.Serializer[Any]):
    """A position from the phone: WGS-84 degrees, accuracy in metres, age in seconds."""

    lat = serializers.FloatField(min_value=-90, max_value=90)
    lon = serializers.FloatField(min_value=-180, max_value=180)
    accuracy_m = serializers.FloatField(min_value=0, max_value=1_000_000)
    age_s = serializers.FloatField(min_value=0, max_value=31_536_000, default=0)


class Plain(serializers.Serializer[Any]):
    """Receipt, acknowledge and the like carry nothing that must be read."""


class Decline(serializers.Serializer[Any]):
    """Why somebody can't go."""

    reason = serializers.ChoiceField(["on_another_case", "too_far", "knows_the_person", "unwell", "other"])
    words = serializers.CharField(max_length=300, required=False, allow_blank=True)


class Depart(serializers.Serializer[Any]):
    """Setting out, with the position where the phone has one."""

    position = Position(required=False, allow_null=True)


class Contact(serializers.Serializer[Any]):
    """Having rung the resident: whether they were spoken to."""

    reached = serializers.BooleanField()


class Arrive(serializers.Serializer[Any]):
    """A check-in; without a position it says why, and never blocks."""

    position = Position(required=False, allow_null=True)
    manual_reason = serializers.CharField(max_length=200, required=False, allow_blank=True)
    companion = serializers.BooleanField(required=False)
    photos = photos(MOST_ARRIVAL_PHOTOS)


class Step(serializers.Serializer[Any]):
    """One step or objection of the script as it was used, with the seconds spent on it and whether it helped."""

    key = serializers.CharField(max_length=60)
    seconds = serializers.FloatField(min_value=0, max_value=86_400, required=False)
    objection = serializers.CharField(max_length=60, required=False, allow_blank=True)
    worked = serializers.ChoiceField(["yes", "partly", "no"], required=False)


class Amount(serializers.Serializer[Any]):
    """Something of value: yuan for money and other valuables, grams for gold; when it went, and to whom."""

    meaning = serializers.ChoiceField(VisitAmount.Meaning.choices)
    evidence = serializers.ChoiceField(VisitAmount.Evidence.choices)
    kind = serializers.ChoiceField(VisitAmount.Kind.choices, default=VisitAmount.Kind.MONEY)
    quantity = serializers.DecimalField(max_digits=14, decimal_places=3, min_value=0)
    happened_at = Moment(required=False, allow_null=True)
    to = serializers.CharField(max_length=120, required=False, allow_blank=True, allow_null=True)


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
    done = Chips(DONE)
    needs = Chips(NEEDS)
    photos = photos(MOST_PHOTOS)


class Correction(serializers.Serializer[Any]):
    """A record of one's own said anew, with the reason; the first one stays."""

    corrects = serializers.UUIDField()
    reason = serializers.CharField(max_length=300)
    record = VisitRecord()


class Help(serializers.Serializer[Any]):
    """An officer on scene asks for help, in a few words where there is time for them."""

    words = serializers.CharField(max_length=300, required=False, allow_blank=True)


class Resolve(serializers.Serializer[Any]):
    """What the officer said about an act that needed them."""

    act = serializers.UUIDField()
    choice = serializers.ChoiceField(["theirs", "mine_too", "mistake", "seen"])


class Note(serializers.Serializer[Any]):
    """A few words on the case."""

    text = serializers.CharField(max_length=4000)


PAYLOADS: dict[str, type[serializers.Serializer[Any]]] = {
    "receipt": Plain,
    "acknowledge": Plain,
    "decline": Decline,
    "depart": Depart,
    "contact": Contact,
    "arrive": Arrive,
    "visit": VisitRecord,
    "note": Note,
    "correction": Correction,
    "all_right": Plain,
    "help": Help,
    "resolve": Resolve,
    "undone": Plain,
}


def read(kind: str, payload: Any) -> dict[str, Any]:
    """Return the checked payload of an act; raise DRF's ValidationError with the places of its faults."""
    serializer = PAYLOADS[kind](data=payload if payload is not None else {})
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)
