"""`/api/v1/handover`: the key for a phone's box, and the box itself, brought by anybody who is signed in."""

import base64
import datetime as dt
import logging
from typing import Any, TypedDict

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import Person
from accounts.rate_limit import allow_try
from config.lib.http.json_body import is_storable
from config.lib.http.problems import Problem
from config.lib.http.schema import refusals
from dissuasion.actions.field import handover, receipts
from dissuasion.actions.field.acts import ActIn
from dissuasion.actions.field.handover import Opened
from dissuasion.api.fields import Id, Words
from dissuasion.api.phone.acts import MOST_ACTS, ActBody
from dissuasion.api.shared import TooMany, person_of

logger = logging.getLogger(__name__)
BOXES, STRETCH_S = 30, 300


class KeyQuery(serializers.Serializer[Any]):
    """Which phone."""

    device = Words(max_length=64)


class HandoverKey(serializers.Serializer[Any]):
    """The key (base64, 32 bytes) with which this phone of this person seals what it can't send."""

    key = serializers.CharField()
    person = serializers.UUIDField()


class HandoverBody(serializers.Serializer[Any]):
    """A box: AES-256-GCM over the JSON `{"acts": […]}`, bound to `doorstep-handover`; nonce of 12 bytes."""

    person = Id()
    device = Words(max_length=64)
    nonce = Words(max_length=24)
    box = Words()


class CarriedReceipt(serializers.Serializer[Any]):
    """What became of one act; whoever brings it learns nothing else."""

    uuid = serializers.CharField(allow_null=True)
    verdict = serializers.ChoiceField(receipts.VERDICTS)


class CarriedRow(TypedDict):
    """What became of one act that was carried."""

    uuid: str | None
    verdict: str


class HandoverReceipts(serializers.Serializer[Any]):
    """One receipt an act, in their order, and the first character of the author's name."""

    receipts = CarriedReceipt(many=True)
    person_name_initial = serializers.CharField()


class HandoverKeyView(APIView):
    """The key of a phone."""

    @extend_schema(parameters=[OpenApiParameter("device", str, required=True)], responses=HandoverKey)
    def get(self, request: Request) -> Response:
        """Return the key, to be kept on the phone for the day on which it can't send any more."""
        person = person_of(request)
        query = KeyQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        key = base64.b64encode(handover.key_of(person, query.validated_data["device"])).decode()
        return Response({"key": key, "person": person.pk})


class HandoverView(APIView):
    """A box from another phone."""

    @extend_schema(request=HandoverBody, responses={200: HandoverReceipts, **refusals(422, 429)})
    def post(self, request: Request) -> Response:
        """Take the acts in the box as their author's; the same box again gets the same receipts."""
        carrier = person_of(request)
        body = HandoverBody(data=request.data)
        body.is_valid(raise_exception=True)
        said = body.validated_data
        if not allow_try("handover", carrier.pk.hex, most=BOXES, seconds=STRETCH_S, at=timezone.now()):
            raise TooMany(STRETCH_S)
        opened = handover.open_box(said.pop("person"), **said)
        if len(opened.acts) > MOST_ACTS:
            text = _("At most %(most)d acts at once; these are %(count)d. None was taken.")
            raise Problem("too_many_acts", text % {"most": MOST_ACTS, "count": len(opened.acts)}, status=413)
        receipts = [_take(opened, row, carrier=carrier) for row in opened.acts]
        return Response({"receipts": receipts, "person_name_initial": opened.author.name[:1]})


def _take(opened: Opened, row: Any, *, carrier: Person) -> CarriedRow:
    body = ActBody(data=row)
    claimed = row.get("uuid") if isinstance(row, dict) else None
    named = claimed if isinstance(claimed, str) and is_storable(claimed) else None
    if not body.is_valid():
        return {"uuid": named, "verdict": "refused"}
    given: dict[str, Any] = {"assignment": None, **body.validated_data}
    given["happened_at"] = given["happened_at"].astimezone(dt.UTC)
    try:
        receipt = handover.take_carried(opened, ActIn(**given), carrier=carrier, at=timezone.now())
    except Exception:
        # As with a phone's own acts: one that can't be taken now does not hold up those behind it.
        logger.exception("A carried act was not taken; it is brought again.")
        return {"uuid": str(given["uuid"]), "verdict": "busy"}
    return {"uuid": receipt["uuid"], "verdict": receipt["verdict"]}
