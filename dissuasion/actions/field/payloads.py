"""What an act from a phone may say, by kind: checked field by field, so that a fault names its place."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy as lazy
from rest_framework import serializers

from config.lib.http.decimals import RoundingDecimalField
from dissuasion.models import Evidence, VisitAmount
from dissuasion.rules.dispositions import DISPOSITIONS

# What can be done at a door, and what a visit can still need (the phone's chips). A newer phone may know more.
DONE = ("app_removed", "screen_sharing_off", "family_informed", "caller_blocked")
NEEDS = ("bank", "second_visit", "someone_else")
# What an officer who met nobody may have tried.
TRIED = ("knocked", "phoned", "asked_neighbours", "asked_family", "left_note")
MOST_PHOTOS, MOST_ARRIVAL_PHOTOS = 12, 2
MOST_AMOUNTS = 20
# What is dictated or pasted at a door is kept whole; a case's file shows a hundred records at once.
MOST_NOTE = 10_000
# A date outside these years is refused: a forged one must not break the arithmetic.
EARLIEST_YEAR, LATEST_YEAR = 1960, 2200


class Moment(serializers.DateTimeField):
    """A time within the years above."""

    def enforce_timezone(self, value: dt.datetime) -> dt.datetime:
        if not EARLIEST_YEAR <= value.year <= LATEST_YEAR:
            self.fail("overflow", timezone="UTC")
        return super().enforce_timezone(value)


class Choice(serializers.ChoiceField):
    """One code of a list. Its error is kept in a receipt, so it quotes nothing of what was sent."""

    default_error_messages = {"invalid_choice": lazy("This is none of the choices.")}


class Photo(serializers.Serializer[Any]):
    """A photo or signature that is uploaded separately, with the hash of its bytes."""

    uuid = serializers.UUIDField()
    sha256 = serializers.RegexField(r"^[0-9a-f]{64}$")
    bytes = serializers.IntegerField(min_value=1, max_value=2**31 - 1)
    kind = Choice(Evidence.Kind.choices, default=Evidence.Kind.PHOTO)


def photos(most: int) -> "serializers.ListSerializer[Any]":
    """Return the field of a list of photos."""
    return serializers.ListSerializer(child=Photo(), required=False, max_length=most)


class Chips(serializers.ListField):
    """Codes that were tapped; unknown ones are left out here and stay in the act as it was sent."""

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
    """The payload of receipt, acknowledge and the like: no fields."""


class Decline(serializers.Serializer[Any]):
    """Why somebody can't go."""

    reason = Choice(["on_another_case", "too_far", "knows_the_person", "unwell", "other"])
    words = serializers.CharField(max_length=300, required=False, allow_blank=True)


class WithPosition(serializers.Serializer[Any]):
    """A step with the position where the phone has one; a position that can't be read costs itself and not the step."""

    position = Position(required=False, allow_null=True)

    def to_internal_value(self, data: Any) -> Any:
        """Return what was read; `position_faults` says why the position was not."""
        try:
            return super().to_internal_value(data)
        except serializers.ValidationError as error:
            if not isinstance(error.detail, dict) or "position" not in error.detail:
                raise
            faults = {"position": error.detail["position"]}
        return {**super().to_internal_value({**data, "position": None}), "position_faults": faults}


class Depart(WithPosition):
    """Setting out."""


class Contact(serializers.Serializer[Any]):
    """A call to the resident: whether they were spoken to."""

    reached = serializers.BooleanField()


class Arrive(WithPosition):
    """A check-in; without a position it says why, and never blocks."""

    manual_reason = serializers.CharField(max_length=300, required=False, allow_blank=True)
    companion = serializers.BooleanField(required=False)
    photos = photos(MOST_ARRIVAL_PHOTOS)


class Step(serializers.Serializer[Any]):
    """One step or objection of the script as it was used, with the seconds spent on it and whether it helped.

    Its keys are compared with the script: unknown ones stay in the act as it was sent.
    """

    key = serializers.CharField(max_length=60)
    seconds = serializers.FloatField(min_value=0, max_value=86_400, required=False)
    objection = serializers.CharField(max_length=60, required=False, allow_blank=True)
    worked = Choice(["yes", "partly", "no"], required=False)


class Amount(serializers.Serializer[Any]):
    """Something of value: yuan for money and other valuables, grams for gold; when it went, and to whom."""

    meaning = Choice(VisitAmount.Meaning.choices)
    evidence = Choice(VisitAmount.Evidence.choices)
    kind = Choice(VisitAmount.Kind.choices, default=VisitAmount.Kind.MONEY)
    quantity = RoundingDecimalField(max_digits=14, decimal_places=3, min_value=0)
    happened_at = Moment(required=False, allow_null=True)
    to = serializers.CharField(max_length=120, required=False, allow_blank=True, allow_null=True)


class VisitRecord(serializers.Serializer[Any]):
    """The record of a visit; only `met` and `disposition` are required, nothing else may hold up an officer."""

    met = serializers.BooleanField()
    disposition = Choice(sorted(DISPOSITIONS))
    script = serializers.CharField(max_length=64, required=False, allow_blank=True, allow_null=True)
    steps: serializers.ListSerializer[Any] = serializers.ListSerializer(child=Step(), required=False, max_length=100)
    tried = Chips(TRIED)
    amounts: serializers.ListSerializer[Any] = serializers.ListSerializer(
        child=Amount(), required=False, max_length=MOST_AMOUNTS
    )
    follow_up_on = serializers.DateField(required=False, allow_null=True)
    note = serializers.CharField(max_length=MOST_NOTE, required=False, allow_blank=True)
    done = Chips(DONE)
    needs = Chips(NEEDS)
    photos = photos(MOST_PHOTOS)


class Correction(serializers.Serializer[Any]):
    """A new version of one's own record, with the reason; the first one is kept."""

    corrects = serializers.UUIDField()
    reason = serializers.CharField(max_length=300)
    record = VisitRecord()


class Help(serializers.Serializer[Any]):
    """A call for help from the scene, with a few words if there is time."""

    words = serializers.CharField(max_length=300, required=False, allow_blank=True)


class Resolve(serializers.Serializer[Any]):
    """The officer's answer about an act that needed one."""

    act = serializers.UUIDField()
    choice = Choice(["theirs", "mine_too", "mistake", "seen"])


class Note(serializers.Serializer[Any]):
    """A few words on the case."""

    text = serializers.CharField(max_length=MOST_NOTE)


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
