"""The shape of the figures, for the schema: seconds, yuan, grams."""

from typing import Any

from rest_framework import serializers

from accounts.models import Unit
from dissuasion.models import VisitAmount
from dissuasion.rules.dispositions import DISPOSITIONS

S = serializers


class FiguresUnit(S.Serializer[Any]):
    """Whose figures these are."""

    id = S.IntegerField()
    name = S.CharField()
    kind = S.ChoiceField(Unit.Kind.choices)


class FiguresCounts(S.Serializer[Any]):
    """What came in and what was done with it."""

    alerts = S.IntegerField()
    cases = S.IntegerField()
    high = S.IntegerField()
    medium = S.IntegerField()
    low = S.IntegerField()
    repeats = S.IntegerField()
    triage = S.IntegerField()
    assignments = S.IntegerField()
    lapsed = S.IntegerField()
    declined = S.IntegerField()
    shortfalls = S.IntegerField()
    flagged = S.IntegerField()
    closed = S.IntegerField()


class FiguresInterval(S.Serializer[Any]):
    """How long a step took, in seconds: `missed` counts those not in time, `clock` those that end before they began."""

    n = S.IntegerField()
    missed = S.IntegerField()
    clock = S.IntegerField()
    p50_s = S.FloatField(allow_null=True)
    p90_s = S.FloatField(allow_null=True)
    target_s = S.IntegerField()
    within_target = S.FloatField(allow_null=True)


class FiguresIntervals(S.Serializer[Any]):
    """Each step from the alert to the record."""

    assign = FiguresInterval()
    show = FiguresInterval()
    acknowledge = FiguresInterval()
    arrive = FiguresInterval()
    record = FiguresInterval()


class FaceToFace(S.Serializer[Any]):
    """The outcome of the visits that fell due."""

    due = S.IntegerField()
    visited = S.IntegerField()
    met = S.IntegerField()
    closed_unvisited = S.IntegerField()
    in_hand = S.IntegerField()
    lowered = S.IntegerField()
    rate = S.FloatField(allow_null=True)


class FiguresAmount(S.Serializer[Any]):
    """A sum of one meaning, kind and grade of evidence."""

    meaning = S.ChoiceField(VisitAmount.Meaning.choices)
    kind = S.ChoiceField(VisitAmount.Kind.choices)
    evidence = S.ChoiceField(VisitAmount.Evidence.choices)
    sum = S.CharField()
    n = S.IntegerField()
    unit = S.ChoiceField(["yuan", "gram"])


class FiguresResults(S.Serializer[Any]):
    """How many visits ended with each disposition that occurred."""

    def get_fields(self) -> dict[str, S.Field[Any, Any, Any, Any]]:
        return {code: S.IntegerField(required=False) for code in sorted(DISPOSITIONS)}


class Figures(S.Serializer[Any]):
    """The figures of a unit and all below it."""

    unit = FiguresUnit()
    to = S.DateTimeField()
    counts = FiguresCounts()
    intervals = FiguresIntervals()
    face_to_face = FaceToFace()
    dispositions = FiguresResults()
    amounts = FiguresAmount(many=True)

    def get_fields(self) -> dict[str, S.Field[Any, Any, Any, Any]]:
        # `from` is a keyword of Python: it can't be the name of an attribute.
        return super().get_fields() | {"from": S.DateTimeField()}
