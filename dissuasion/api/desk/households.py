"""`/api/v1/households/<id>/no-messages`: stops messages to a household that complained, or allows them again."""

from typing import Any
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from dissuasion import access
from dissuasion.actions.residents import complaints
from dissuasion.api.desk.case_shape import HouseholdRow
from dissuasion.api.fields import Words
from dissuasion.api.shared import person_of
from dissuasion.queries.desk.resident_messages import household_row


class ComplaintBody(serializers.Serializer[Any]):
    """The household's complaint."""

    reason = Words(max_length=200)


class NoMessagesView(APIView):
    """Whether a household gets messages."""

    @extend_schema(request=ComplaintBody, responses=HouseholdRow)
    def post(self, request: Request, household_id: UUID) -> Response:
        """Stop messages to this household: planned ones are not sent. The first complaint stands."""
        chief = person_of(request)
        body = ComplaintBody(data=request.data)
        body.is_valid(raise_exception=True)
        access.household_to_command(chief, household_id)
        reason = body.validated_data["reason"]
        return Response(household_row(complaints.complain(household_id, by=chief, reason=reason, at=timezone.now())))

    @extend_schema(responses={200: HouseholdRow})
    def delete(self, request: Request, household_id: UUID) -> Response:
        """Allow messages to this household again."""
        chief = person_of(request)
        access.household_to_command(chief, household_id)
        return Response(household_row(complaints.allow(household_id, by=chief, at=timezone.now())))
