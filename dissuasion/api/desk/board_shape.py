"""The shape of the board and its rows, for the schema."""

from typing import Any

from rest_framework import serializers

from accounts.models import Unit
from accounts.models.person import ROLE_NAMES
from dissuasion.api.shapes import RISKS, Reason, Yuan
from dissuasion.models import Assignment, Case
from dissuasion.rules.clocks import Clock

S = serializers
CLOCKS = [clock.value for clock in Clock]


class BoardUnit(S.Serializer[Any]):
    """Whose board this is."""

    id = S.IntegerField()
    code = S.CharField()
    name = S.CharField()
    kind = S.ChoiceField(Unit.Kind.choices)


class RunningClock(S.Serializer[Any]):
    """Which clock runs on an assignment, and until when."""

    what = S.ChoiceField(CLOCKS)
    by = S.DateTimeField()


class AssignmentRow(S.Serializer[Any]):
    """Who is on a case, at which step, and how old the position is."""

    id = S.UUIDField()
    person = S.UUIDField()
    name = S.CharField()
    part = S.ChoiceField(Assignment.Part.choices)
    status = S.ChoiceField(Assignment.Status.choices)
    shown_at = S.DateTimeField(allow_null=True)
    clock = RunningClock()
    chosen_by_desk = S.BooleanField()
    position_at = S.DateTimeField(allow_null=True)


class BoardCase(S.Serializer[Any]):
    """One case on the board; the name is masked."""

    id = S.UUIDField()
    number = S.CharField()
    name = S.CharField()
    place = S.CharField()
    unit = S.CharField()
    risk = S.ChoiceField(RISKS)
    points = S.IntegerField()
    scam_type = S.CharField()
    scam_name = S.CharField()
    amount_at_risk = Yuan()
    already_transferred = Yuan()
    status = S.ChoiceField(Case.Status.choices)
    attention = S.ChoiceField(Case.Attention.choices, allow_blank=True)
    shortfall = Reason(many=True)
    opened_at = S.DateTimeField()
    follow_up_on = S.DateField(allow_null=True)
    team = AssignmentRow(many=True)


class BoardWaiting(S.Serializer[Any]):
    """What waits and is not handled on the board: messages and calls of the hotline."""

    message = S.IntegerField()
    hotline = S.IntegerField()


class TriageRow(S.Serializer[Any]):
    """An unclear alert on the board, numbers masked."""

    id = S.UUIDField()
    unit = S.CharField()
    risk = S.ChoiceField(RISKS)
    points = S.IntegerField()
    reasons = Reason(many=True)
    scam_name = S.CharField()
    amount_at_risk = Yuan()
    already_transferred = Yuan()
    name = S.CharField(allow_blank=True)
    phone = S.CharField(allow_blank=True)
    address = S.CharField(allow_blank=True)
    division_code = S.CharField(allow_blank=True)
    made_at = S.DateTimeField()
    settle_by = S.DateTimeField()


class BoardPerson(S.Serializer[Any]):
    """Somebody on duty."""

    id = S.UUIDField()
    name = S.CharField()
    role = S.ChoiceField(ROLE_NAMES)
    on_duty_until = S.DateTimeField()
    open_cases = S.IntegerField()
    seen_at = S.DateTimeField(allow_null=True)
    position_at = S.DateTimeField(allow_null=True)


class BoardUnitRow(S.Serializer[Any]):
    """A unit directly below, with everything below it."""

    id = S.IntegerField()
    name = S.CharField()
    kind = S.ChoiceField(Unit.Kind.choices)
    high = S.IntegerField()
    decide = S.IntegerField()
    on_duty = S.IntegerField()


class Board(S.Serializer[Any]):
    """The desk's view: the people of a station, or the units below any other."""

    unit = BoardUnit()
    at = S.DateTimeField()
    page = S.IntegerField()
    next_page = S.IntegerField(allow_null=True)
    cases = BoardCase(many=True)
    waiting = BoardWaiting()
    triage = TriageRow(many=True)
    triage_waiting = S.IntegerField()
    people = BoardPerson(many=True, required=False)
    units = BoardUnitRow(many=True, required=False)


class Candidate(S.Serializer[Any]):
    """Somebody who could go: the estimated minutes to the door, and why."""

    person = S.UUIDField()
    name = S.CharField()
    role = S.ChoiceField(ROLE_NAMES)
    minutes = S.FloatField()
    reasons = Reason(many=True)


class LeftOut(S.Serializer[Any]):
    """Somebody who can't lead, and why."""

    person = S.UUIDField()
    name = S.CharField()
    role = S.ChoiceField(ROLE_NAMES)
    code = S.CharField()
    text = S.CharField()


class Suggested(S.Serializer[Any]):
    """Who could go to a case; `shortfall` says why nobody can."""

    suggestions = Candidate(many=True)
    companions = Candidate(many=True)
    left_out = LeftOut(many=True)
    shortfall = Reason(many=True)
