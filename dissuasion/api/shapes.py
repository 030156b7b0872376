"""Shapes that several doors answer with: a reason, a past call, family."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from dissuasion.models import HotlineAttempt
from dissuasion.rules.levels import Risk

S = serializers
RISKS = [risk.value for risk in Risk]


@extend_schema_field({"type": "object", "additionalProperties": {"type": ["string", "number", "boolean", "null"]}})
class Params(S.DictField):
    """The values in a reason's sentence."""


class Reason(S.Serializer[Any]):
    """A reason: the code is for programs, the text for people."""

    code = S.CharField()
    text = S.CharField()
    points = S.IntegerField(required=False)
    params = Params(required=False)


class Yuan(S.DecimalField):
    """An amount in yuan, as text."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_digits=14, decimal_places=2, **kwargs)


class FamilyContact(S.Serializer[Any]):
    """Family who can be asked to help."""

    name = S.CharField()
    relation = S.CharField()
    phone = S.CharField()


class PastCall(S.Serializer[Any]):
    """One earlier call of the hotline: when, who called, what came of it and what was noted."""

    at = S.DateTimeField(allow_null=True)
    by = S.CharField()
    result = S.ChoiceField(HotlineAttempt.Result.choices)
    text = S.CharField()
    flags = Reason(many=True)
    note = S.CharField(allow_blank=True)
