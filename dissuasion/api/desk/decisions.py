"""The chief's requests: assign, reassign, recall, decide, set the level, settle an unclear alert."""

from typing import Any
from uuid import UUID

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from config.lib.http.schema import refusals
from dissuasion import access
from dissuasion.actions.desk import decisions
from dissuasion.actions.intake import settlement
from dissuasion.actions.intake.settlement import Newcomer
from dissuasion.api.desk.board_shape import AssignmentRow
from dissuasion.api.desk.case_shape import CaseFile, Settled
from dissuasion.api.fields import Id, Pattern, Words
from dissuasion.api.resident_body import ResidentBody
from dissuasion.api.shapes import RISKS
from dissuasion.api.shared import person_of
from dissuasion.queries.desk.board import assignment_row
from dissuasion.queries.desk.case_file import case_file
from households.ground import county_seats

REFUSALS = refusals(409)


class AssignBody(serializers.Serializer[Any]):
    """Who goes, who goes along, and which assignment (if any) the chief saw and replaces."""

    person = Id()
    companion = Id(required=False, allow_null=True)
    instead_of = Id(required=False, allow_null=True)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs.get("companion") == attrs["person"]:
            raise serializers.ValidationError({"companion": _("Nobody is their own companion.")})
        return attrs


class ReasonBody(serializers.Serializer[Any]):
    """The reason."""

    reason = Words(max_length=200)


class DecideBody(ReasonBody):
    """Close it or let it go on, and why."""

    decision = serializers.ChoiceField(["close", "go_on"])


class RiskBody(ReasonBody):
    """The level, and why."""

    risk = serializers.ChoiceField(RISKS)


class NewResidentBody(ResidentBody):
    """A resident whom the desk registers: name, township or village, and address are needed."""

    name = Words(max_length=40)
    address = Words(max_length=300)
    division_code = Pattern(r"^([0-9]{9}|[0-9]{12})$")


class SettleBody(serializers.Serializer[Any]):
    """The resident of the alert (a known or a new one), or why it is dismissed: exactly one of the three."""

    resident = Id(required=False, allow_null=True)
    new_resident = NewResidentBody(required=False, allow_null=True)
    dismiss = Words(max_length=200, required=False, allow_null=True)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        given = [name for name in ("resident", "new_resident", "dismiss") if attrs.get(name) is not None]
        if len(given) != 1:
            raise serializers.ValidationError(_("Give one of resident, new_resident and dismiss."), code="one_of")
        return attrs


def _read(body: serializers.Serializer[Any]) -> dict[str, Any]:
    body.is_valid(raise_exception=True)
    return dict(body.validated_data)


class AssignView(APIView):
    """Give a case to somebody."""

    @extend_schema(request=AssignBody, responses={200: AssignmentRow, **REFUSALS})
    def post(self, request: Request, case_id: UUID) -> Response:
        """Assign or, with `instead_of`, reassign; 409 with the holder's name when somebody else was faster."""
        chief = person_of(request)
        given = _read(AssignBody(data=request.data))
        access.case_to_command(chief, case_id)
        companion = given.get("companion")
        made = decisions.assign(
            chief, case_id,
            to=access.person_to_send(chief, given["person"]),
            companion=access.person_to_send(chief, companion) if companion else None,
            instead_of=given.get("instead_of"), at=timezone.now(),
        )  # fmt: skip
        return Response(assignment_row(made))


class RecallView(APIView):
    """Take a case back."""

    @extend_schema(request=ReasonBody, responses={200: CaseFile, **REFUSALS})
    def post(self, request: Request, case_id: UUID) -> Response:
        """Recall everybody who holds the case; it then waits for the desk."""
        chief = person_of(request)
        given = _read(ReasonBody(data=request.data))
        access.case_to_command(chief, case_id)
        case = decisions.recall(chief, case_id, reason=given["reason"], at=timezone.now())
        return Response(case_file(case, language=translation.get_language()))


class DecideView(APIView):
    """Answer what the desk was asked."""

    @extend_schema(request=DecideBody, responses={200: CaseFile, **REFUSALS})
    def post(self, request: Request, case_id: UUID) -> Response:
        """Close the case, or note that it goes on; the desk's question is answered by that."""
        chief = person_of(request)
        given = _read(DecideBody(data=request.data))
        access.case_to_command(chief, case_id)
        close = given["decision"] == "close"
        case = decisions.decide(chief, case_id, close=close, reason=given["reason"], at=timezone.now())
        return Response(case_file(case, language=translation.get_language()))


class RiskView(APIView):
    """The level of a case."""

    @extend_schema(request=RiskBody, responses={200: CaseFile, **REFUSALS})
    def post(self, request: Request, case_id: UUID) -> Response:
        """Raise or lower the level; raised to high, the case is dispatched at once unless somebody holds it."""
        chief = person_of(request)
        given = _read(RiskBody(data=request.data))
        access.case_to_command(chief, case_id)
        case = decisions.set_risk(chief, case_id, risk=given["risk"], reason=given["reason"], at=timezone.now())
        return Response(case_file(case, language=translation.get_language()))


class SettleView(APIView):
    """Settle an unclear alert."""

    @extend_schema(request=SettleBody, responses={200: Settled, **REFUSALS})
    def post(self, request: Request, entry_id: UUID) -> Response:
        """Name the resident (the case is opened or joined, and dispatched when high), or dismiss the alert."""
        chief = person_of(request)
        located = isinstance(request.data, dict) and request.data.get("new_resident") is not None
        given = _read(SettleBody(data=request.data, context={"centres": county_seats() if located else []}))
        access.triage_to_settle(chief, entry_id)
        now = timezone.now()
        if given.get("dismiss") is not None:
            entry = settlement.dismiss(chief, entry_id, reason=given["dismiss"], at=now)
            return Response({"entry": str(entry.pk), "status": entry.status, "case": None})
        new = given.get("new_resident")
        case = settlement.settle(
            chief,
            entry_id,
            resident=given.get("resident"),
            newcomer=Newcomer(**new) if new else None,
            at=now,
        )
        return Response({"entry": str(entry_id), "status": "settled", "case": str(case.pk)})
