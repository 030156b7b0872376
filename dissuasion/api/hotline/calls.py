"""The hotline's doors: the queue's counts, the next call, its result."""

from typing import Any
from uuid import UUID

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.roles import CALLS
from config.lib.http.schema import refusals
from dissuasion import access
from dissuasion.actions.hotline import operator
from dissuasion.api.fields import Id, Moment, Words
from dissuasion.api.hotline.call_shape import CallOutcome, ClaimedCall, HotlineQueue, Lease
from dissuasion.api.shared import person_of
from dissuasion.models import HotlineAttempt, HotlineCall
from dissuasion.queries.hotline import CallDocument, call_document, call_in_hand, queue_counts
from dissuasion.rules import words
from dissuasion.rules.residents import calls
from dissuasion.rules.residents.calls import Result

REFUSALS = refusals(409)


class UnitQuery(serializers.Serializer[Any]):
    """Whose queue: the own unit's, or that of one below."""

    unit = serializers.IntegerField(min_value=1, max_value=2**31, required=False)


class ResultBody(serializers.Serializer[Any]):
    """The result of a call, under a UUID made by the client. A call back needs its time, within two days."""

    uuid = Id()
    result = serializers.ChoiceField(HotlineAttempt.Result.choices)
    happened_at = Moment(required=False, allow_null=True)
    call_back_at = Moment(required=False, allow_null=True)
    follow_up_on = serializers.DateField(required=False, allow_null=True)
    close = serializers.BooleanField(default=False)
    note = Words(max_length=2000, required=False, allow_blank=True)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        # No time is too early: a result may be sent again late, with its first times.
        now, call_back, day = timezone.now(), attrs.get("call_back_at"), attrs.get("follow_up_on")
        if (attrs["result"] == Result.CALL_BACK) != (call_back is not None):
            raise serializers.ValidationError({"call_back_at": _("A call back has a time, and nothing else has.")})
        if call_back is not None and call_back > now + calls.LATEST_CALL_BACK:
            raise serializers.ValidationError({"call_back_at": _("Call back within two days.")})
        if day is not None and day > timezone.localdate(now) + calls.LATEST_FOLLOW_UP:
            raise serializers.ValidationError({"follow_up_on": _("Look again within four weeks.")})
        return attrs


class HotlineView(APIView):
    """The queue."""

    @extend_schema(parameters=[OpenApiParameter("unit", int)], responses={200: HotlineQueue, **refusals(404)})
    def get(self, request: Request) -> Response:
        """Return how many calls wait in the unit and below, and for an operator the call in hand."""
        person, now = person_of(request), timezone.now()
        query = UnitQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        unit = access.queue_to_count(person, query.validated_data.get("unit"))
        held = None
        if person.role in CALLS:
            held = call_in_hand(person, access.hotline_of(person), at=now)
        about = {"id": unit.pk, "code": unit.code, "name": unit.name}
        return Response({"at": now, "unit": about, "queue": queue_counts(unit, at=now), "call": _document(held)})


class ClaimView(APIView):
    """The next call."""

    @extend_schema(request=None, responses=ClaimedCall)
    def post(self, request: Request) -> Response:
        """Take the most urgent call for ten minutes; whoever has one gets that one again. Null when none is due."""
        person = person_of(request)
        call = operator.claim_next(person, access.hotline_of(person), at=timezone.now())
        return Response({"call": _document(call)})


class ResultView(APIView):
    """The result of a call."""

    @extend_schema(request=ResultBody, responses={200: CallOutcome, **REFUSALS})
    def post(self, request: Request, call_id: UUID) -> Response:
        """Keep the result and say what it led to; the same UUID again gets the same answer, with other content 409."""
        person = person_of(request)
        call = access.call_of_operator(person, call_id)
        body = ResultBody(data=request.data)
        body.is_valid(raise_exception=True)
        answer = operator.record_result(person, call, operator.CallResult(**body.validated_data), at=timezone.now())
        return Response({**answer, "flags": words.with_text([{"code": code} for code in answer["flags"]])})


class ProlongView(APIView):
    """Ten more minutes."""

    @extend_schema(request=None, responses={200: Lease, **REFUSALS})
    def post(self, request: Request, call_id: UUID) -> Response:
        """Hold the call for ten more minutes; 409 when it is no longer theirs."""
        person = person_of(request)
        call = access.call_of_operator(person, call_id)
        return Response({"lease_until": operator.prolong(person, call, at=timezone.now())})


class ReleaseView(APIView):
    """Giving a call back."""

    @extend_schema(request=None, responses={204: None, **REFUSALS})
    def post(self, request: Request, call_id: UUID) -> Response:
        """Give the call back without a result, for the next operator; 409 when it is no longer theirs."""
        person = person_of(request)
        operator.release(person, access.call_of_operator(person, call_id))
        return Response(status=204)


def _document(call: HotlineCall | None) -> CallDocument | None:
    return call_document(call, language=translation.get_language()) if call else None
