"""The shape of the worklist document, for the schema: the phone's types are generated from it."""

from typing import Any

from rest_framework import serializers

from accounts.models.person import ROLE_NAMES
from dissuasion.api.shapes import RISKS, FamilyContact, Reason, Yuan
from dissuasion.models import Assignment
from dissuasion.rules import states

S = serializers
OPEN_STATUSES = [(status.value, status.value) for status in states.OPEN_ASSIGNMENT]
ENDED_STATUSES = [(status.value, status.value) for status in states.Assignment if status not in states.OPEN_ASSIGNMENT]


class WorkPerson(S.Serializer[Any]):
    """Whose worklist this is."""

    id = S.UUIDField()
    name = S.CharField()
    role = S.ChoiceField(ROLE_NAMES)
    unit = S.CharField(allow_null=True)
    language = S.CharField()
    card_tried_at = S.DateTimeField(allow_null=True)


class WorkClocks(S.Serializer[Any]):
    """The deadlines, frozen when the assignment was made."""

    acknowledge_by = S.DateTimeField()
    contact_by = S.DateTimeField()
    arrive_by = S.DateTimeField()
    record_by = S.DateTimeField()


class WorkCase(S.Serializer[Any]):
    """Why somebody must go; amounts in yuan."""

    id = S.UUIDField()
    number = S.CharField()
    risk = S.ChoiceField(RISKS)
    points = S.IntegerField()
    scam_type = S.CharField()
    scam_name = S.CharField()
    reasons = Reason(many=True)
    amount_at_risk = Yuan()
    already_transferred = Yuan()
    opened_at = S.DateTimeField()


class WorkResident(S.Serializer[Any]):
    """Whom to see."""

    name = S.CharField()
    short_name = S.CharField()
    phone = S.CharField()
    birth_year = S.IntegerField(allow_null=True)
    dialect = S.CharField()
    lives_alone = S.BooleanField()
    earlier_victim = S.BooleanField()


class WorkPlace(S.Serializer[Any]):
    """Where to go, WGS-84; divisions from the city down. `outline` is null until a source gives the ground's line."""

    address = S.CharField(allow_null=True)
    divisions = S.ListField(child=S.CharField())
    lat = S.FloatField(allow_null=True)
    lon = S.FloatField(allow_null=True)
    safety_note = S.CharField()
    outline = S.ListField(child=S.ListField(child=S.FloatField(), min_length=2, max_length=2), allow_null=True)


class WorkColleague(S.Serializer[Any]):
    """Somebody else on the same case."""

    name = S.CharField()
    role = S.CharField()
    part = S.ChoiceField(Assignment.Part.choices)
    status = S.ChoiceField(OPEN_STATUSES)
    phone = S.CharField()


class WorkEarlierVisit(S.Serializer[Any]):
    """An earlier visit to the resident."""

    at = S.DateTimeField()
    met = S.BooleanField()
    disposition = S.CharField()
    scam_type = S.CharField()
    by = S.CharField()


class WorkHistory(S.Serializer[Any]):
    """What happened with this resident before."""

    warnings = S.IntegerField()
    visits = WorkEarlierVisit(many=True)


class WorkAssignment(S.Serializer[Any]):
    """One assignment."""

    id = S.UUIDField()
    part = S.ChoiceField(Assignment.Part.choices)
    purpose = S.ChoiceField(Assignment.Purpose.choices)
    status = S.ChoiceField(OPEN_STATUSES)
    assigned_at = S.DateTimeField()
    clocks = WorkClocks()
    acknowledged_at = S.DateTimeField(allow_null=True)
    contacted_at = S.DateTimeField(allow_null=True)
    departed_at = S.DateTimeField(allow_null=True)
    arrived_at = S.DateTimeField(allow_null=True)
    safety_due_at = S.DateTimeField(allow_null=True)
    reasons = Reason(many=True)
    case = WorkCase()
    resident = WorkResident()
    place = WorkPlace()
    contacts = FamilyContact(many=True)
    team = WorkColleague(many=True)
    history = WorkHistory()


class WorkDone(S.Serializer[Any]):
    """An assignment that ended today, with the person's own record if there is one: no full name, phone or address."""

    id = S.UUIDField()
    case_number = S.CharField()
    short_name = S.CharField()
    scam_name = S.CharField()
    risk = S.ChoiceField(RISKS)
    ended_at = S.DateTimeField()
    status = S.ChoiceField(ENDED_STATUSES)
    disposition = S.CharField(allow_null=True)
    visit = S.UUIDField(allow_null=True)
    decides = S.BooleanField()


class WorkScript(S.Serializer[Any]):
    """A published script, identified by its hash."""

    scam_type = S.CharField()
    audience = S.ChoiceField(["resident", "family"])
    language = S.CharField()
    number = S.IntegerField()
    sha256 = S.CharField()


class WorkDocument(S.Serializer[Any]):
    """The whole worklist: a phone deletes assignments that are no longer in it.

    `readings`: how names of people and divisions in it are read (pinyin), by the name as it stands; only in English.
    """

    epoch = S.UUIDField()
    version = S.IntegerField()
    person = WorkPerson()
    assignments = WorkAssignment(many=True)
    done_today = WorkDone(many=True)
    scripts = WorkScript(many=True)
    readings = S.DictField(child=S.CharField())
