"""The shape of a dissuasion script, for the schema: what is said at the door, step by step."""

from typing import Any

from rest_framework import serializers

S = serializers


class ScriptStep(S.Serializer[Any]):
    """One step: what to say and its key phrase, what to ask, what to do, what not to say."""

    key = S.CharField()
    title = S.CharField()
    say = S.CharField()
    key_phrase = S.CharField(required=False, allow_null=True)
    ask = S.CharField(allow_null=True)
    do = S.CharField()
    dont_say = S.CharField(allow_null=True)


class ScriptObjection(S.Serializer[Any]):
    """What the resident may object, the answer and its key phrase, and what to do then."""

    key = S.CharField()
    they_say = S.CharField()
    answer = S.CharField()
    key_phrase = S.CharField(required=False, allow_null=True)
    then = S.CharField(allow_null=True)


class ScriptCard(S.Serializer[Any]):
    """Something to show on the screen, in a few lines; with a picture for each where they are drawn."""

    key = S.CharField()
    title = S.CharField()
    lines = S.ListField(child=S.CharField())
    pictures = S.ListField(child=S.CharField(), required=False)


class ScriptFollowUp(S.Serializer[Any]):
    """What to ask again after one, fourteen and twenty-eight days."""

    def get_fields(self) -> dict[str, S.Field[Any, Any, Any, Any]]:
        return {days: S.CharField() for days in ("1", "14", "28")}


class ScriptDocument(S.Serializer[Any]):
    """The words of one version; they never change."""

    scam_type = S.CharField()
    audience = S.CharField()
    language = S.CharField()
    title = S.CharField()
    before = S.ListField(child=S.CharField())
    steps = ScriptStep(many=True)
    objections = ScriptObjection(many=True)
    show = ScriptCard(many=True)
    never_ask = S.ListField(child=S.CharField())
    never_say = S.ListField(child=S.CharField())
    agree = S.ListField(child=S.CharField())
    basis = S.ListField(child=S.CharField())
    follow_up = ScriptFollowUp()
    version = S.IntegerField()
    sha256 = S.CharField()
