"""The shape of a case's file and of an unclear alert, for the schema."""

from typing import Any

from rest_framework import serializers

from dissuasion.api.desk.board_shape import AssignmentRow, TriageRow
from dissuasion.api.shapes import RISKS, PastCall, Reason, Yuan
from dissuasion.models import Case, CaseEvent, Delivery, Evidence, Reply, TriageEntry, VisitAmount
from dissuasion.rules.levels import Way

S = serializers
WAYS = [way.value for way in Way]


class HouseholdRow(S.Serializer[Any]):
    """A household, and since when and why it gets no messages."""

    id = S.UUIDField()
    no_messages_since = S.DateTimeField(allow_null=True)
    no_messages_reason = S.CharField(allow_blank=True)


class CaseResident(S.Serializer[Any]):
    """Whom the case is about, masked."""

    name = S.CharField()
    phone = S.CharField(allow_blank=True)
    id_number = S.CharField(allow_blank=True)
    household = HouseholdRow()


class CaseMessage(S.Serializer[Any]):
    """A message to the resident; `text` says why one was not sent or put off."""

    id = S.UUIDField()
    channel = S.ChoiceField(Delivery.Channel.choices)
    says = S.CharField()
    state = S.ChoiceField(Delivery.State.choices)
    reason = S.CharField(allow_blank=True)
    text = S.CharField()
    planned_at = S.DateTimeField()
    due_at = S.DateTimeField(allow_null=True)
    sent_at = S.DateTimeField(allow_null=True)
    ended_at = S.DateTimeField(allow_null=True)
    tries = S.IntegerField()


class CaseReply(S.Serializer[Any]):
    """A reply of the resident, in their own words."""

    at = S.DateTimeField()
    channel = S.ChoiceField(Delivery.Channel.choices)
    meaning = S.ChoiceField(Reply.Meaning.choices)
    said = S.CharField(allow_blank=True)


class CaseAssignment(AssignmentRow):
    """Somebody who is or was on the case, and why they were chosen."""

    ended_at = S.DateTimeField(allow_null=True)
    reasons = Reason(many=True)


class CaseAmount(S.Serializer[Any]):
    """What was kept safe or lost: yuan for money and other valuables, grams for gold."""

    meaning = S.ChoiceField(VisitAmount.Meaning.choices)
    evidence = S.ChoiceField(VisitAmount.Evidence.choices)
    kind = S.ChoiceField(VisitAmount.Kind.choices)
    quantity = S.DecimalField(max_digits=14, decimal_places=3)
    happened_at = S.DateTimeField(allow_null=True)
    to = S.CharField(allow_null=True)


class CaseVisit(S.Serializer[Any]):
    """One record of a visit."""

    id = S.UUIDField()
    by = S.CharField()
    happened_at = S.DateTimeField()
    met = S.BooleanField()
    disposition = S.CharField()
    decides = S.BooleanField()
    note = S.CharField(allow_blank=True)
    done = S.ListField(child=S.CharField())
    needs = S.ListField(child=S.CharField())
    corrects = S.UUIDField(allow_null=True)
    reason = S.CharField(allow_null=True)
    amounts = CaseAmount(many=True)


class CaseEvidence(S.Serializer[Any]):
    """One photo or signature."""

    id = S.UUIDField()
    act = S.UUIDField()
    kind = S.ChoiceField(Evidence.Kind.choices)
    state = S.ChoiceField(Evidence.State.choices)
    size = S.IntegerField()


class CaseCheckIn(S.Serializer[Any]):
    """One check-in; metres."""

    at = S.DateTimeField()
    grade = S.ChoiceField(["A", "B", "C", "D"])
    distance_m = S.FloatField(allow_null=True)
    accuracy_m = S.FloatField(allow_null=True)
    reasons = Reason(many=True)
    manual_reason = S.CharField(allow_blank=True)


class CaseDelivery(S.Serializer[Any]):
    """One try of a message to staff."""

    to = S.CharField(allow_null=True)
    channel = S.ChoiceField(Delivery.Channel.choices)
    purpose = S.ChoiceField(Delivery.Purpose.choices)
    state = S.ChoiceField(Delivery.State.choices)
    reasons = Reason(many=True)
    planned_at = S.DateTimeField()
    due_at = S.DateTimeField(allow_null=True)
    sent_at = S.DateTimeField(allow_null=True)
    ended_at = S.DateTimeField(allow_null=True)
    tries = S.IntegerField()


class CaseEventRow(S.Serializer[Any]):
    """One line of the history; `said` are the words of somebody who asked for help, or of the desk."""

    said = S.CharField(required=False, allow_blank=True)
    kind = S.ChoiceField(CaseEvent.Kind.choices)
    text = S.CharField()
    at = S.DateTimeField()
    happened_at = S.DateTimeField()
    by = S.CharField(allow_null=True)
    about = S.CharField(allow_null=True)
    # Each kind has its own members; they are declared where events are recorded.
    data = S.DictField()  # type: ignore[assignment]


class CaseFile(S.Serializer[Any]):
    """One case: what, who, why, and the newest hundred lines of its history."""

    id = S.UUIDField()
    number = S.CharField()
    status = S.ChoiceField(Case.Status.choices)
    risk = S.ChoiceField(RISKS)
    points = S.IntegerField()
    due_way = S.ChoiceField(WAYS)
    reasons = Reason(many=True)
    weights_version = S.IntegerField()
    scam_type = S.CharField()
    scam_name = S.CharField()
    amount_at_risk = Yuan()
    already_transferred = Yuan()
    attention = S.ChoiceField(Case.Attention.choices, allow_blank=True)
    shortfall = Reason(many=True)
    opened_at = S.DateTimeField()
    closed_at = S.DateTimeField(allow_null=True)
    follow_up_on = S.DateField(allow_null=True)
    disposition = S.CharField(allow_blank=True)
    unit = S.CharField()
    place = S.CharField()
    resident = CaseResident()
    messages = CaseMessage(many=True)
    replies = CaseReply(many=True)
    assignments = CaseAssignment(many=True)
    visits = CaseVisit(many=True)
    calls = PastCall(many=True)
    evidence = CaseEvidence(many=True)
    check_ins = CaseCheckIn(many=True)
    deliveries = CaseDelivery(many=True)
    history = CaseEventRow(many=True)
    history_before = S.IntegerField(allow_null=True, help_text="`?before=` this gives the lines before these.")
    cut = S.ListField(child=S.CharField(), help_text="Lists of which only the newest hundred rows stand here.")


class TriageCandidate(S.Serializer[Any]):
    """A resident whom an unclear alert may mean."""

    resident = S.UUIDField()
    name = S.CharField()
    birth_year = S.IntegerField(allow_null=True)
    division = S.CharField()
    address = S.CharField(allow_blank=True)


class TriageFile(TriageRow):
    """An unclear alert with the numbers it came with; `given` is the resident as the source wrote them."""

    given = S.DictField()
    note = S.CharField(allow_blank=True)
    occurred_at = S.DateTimeField()
    status = S.ChoiceField(TriageEntry.Status.choices)
    candidates = TriageCandidate(many=True)


class Settled(S.Serializer[Any]):
    """What became of an unclear alert, and its case where there is one."""

    entry = S.UUIDField()
    status = S.ChoiceField(TriageEntry.Status.choices)
    case = S.UUIDField(allow_null=True)
