"""The shape of what an operator sees, for the schema."""

from typing import Any

from rest_framework import serializers

from dissuasion.api.shapes import RISKS, FamilyContact, PastCall, Reason, Yuan
from dissuasion.models import HotlineAttempt
from dissuasion.rules.residents.calls import LeadsTo

S = serializers
LED_TO = ["monitoring", "closed", LeadsTo.CALL_AGAIN.value, LeadsTo.RAISE.value, LeadsTo.VISIT.value, "kept"]


class QueueUnit(S.Serializer[Any]):
    """Whose queue this is."""

    id = S.IntegerField()
    code = S.CharField()
    name = S.CharField()


class QueueCounts(S.Serializer[Any]):
    """How many calls are due, come later, are being made; since when the longest has waited."""

    due = S.IntegerField()
    money_moves = S.IntegerField()
    later = S.IntegerField()
    calling = S.IntegerField()
    waiting_since = S.DateTimeField(allow_null=True)


class CallCase(S.Serializer[Any]):
    """Why the resident is called."""

    number = S.CharField()
    risk = S.ChoiceField(RISKS)
    points = S.IntegerField()
    reasons = Reason(many=True)
    scam_type = S.CharField()
    scam_name = S.CharField()
    amount_at_risk = Yuan()
    already_transferred = Yuan()
    opened_at = S.DateTimeField()
    unit = S.CharField()
    place = S.CharField()


class CallResident(S.Serializer[Any]):
    """Who is called."""

    name = S.CharField()
    phone = S.CharField(allow_blank=True)
    birth_year = S.IntegerField(allow_null=True)
    dialect = S.CharField(allow_blank=True)
    lives_alone = S.BooleanField()
    earlier_victim = S.BooleanField()


class CallScript(S.Serializer[Any]):
    """The script for the call."""

    sha256 = S.CharField()
    number = S.IntegerField()
    audience = S.CharField()


class CallVisit(S.Serializer[Any]):
    """An earlier visit to the resident."""

    at = S.DateTimeField()
    met = S.BooleanField()
    disposition = S.CharField()
    scam_type = S.CharField()


class CallHistory(S.Serializer[Any]):
    """What happened with this resident before."""

    warnings = S.IntegerField()
    visits = CallVisit(many=True)
    calls = PastCall(many=True)


class Call(S.Serializer[Any]):
    """The call in hand: all that is needed to talk."""

    id = S.UUIDField()
    lease_until = S.DateTimeField(allow_null=True)
    tries = S.IntegerField()
    misses = S.IntegerField()
    denials = S.IntegerField()
    waiting_since = S.DateTimeField()
    case = CallCase()
    resident = CallResident()
    contacts = FamilyContact(many=True)
    script = CallScript(allow_null=True)
    history = CallHistory()


class HotlineQueue(S.Serializer[Any]):
    """The queue, and for an operator the call in hand."""

    at = S.DateTimeField()
    unit = QueueUnit()
    queue = QueueCounts()
    call = Call(allow_null=True)


class ClaimedCall(S.Serializer[Any]):
    """The call that was taken; null when none is due."""

    call = Call(allow_null=True)


class CallOutcome(S.Serializer[Any]):
    """What a result led to; `due_at` says when to call again."""

    call = S.UUIDField()
    result = S.ChoiceField(HotlineAttempt.Result.choices)
    flags = Reason(many=True)
    repeated = S.BooleanField()
    led_to = S.ChoiceField(LED_TO)
    reason = S.CharField(allow_blank=True)
    due_at = S.DateTimeField(required=False)
    risk = S.ChoiceField(RISKS)
    follow_up_on = S.DateField(allow_null=True)


class Lease(S.Serializer[Any]):
    """Until when the call is held."""

    lease_until = S.DateTimeField()
