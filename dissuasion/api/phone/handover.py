"""`/api/v1/handover`: the key for a phone's box, and the box itself, brought by anybody who is signed in."""

import base64
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
from config.lib import pictures
from config.lib.database.patience import LockBudget, one_of_many
from config.lib.http.problems import Problem
from config.lib.http.schema import refusals
from dissuasion.actions.field import handover, receipts
from dissuasion.actions.field.evidence import MOST_BYTES
from dissuasion.actions.field.handover import Opened
from dissuasion.api.fields import Id, Words
from dissuasion.api.phone.acts import NoAct, count_acts, named, read_act
from dissuasion.api.shared import TooMany, person_of

BOXES, STRETCH_S = 30, 300
MOST_CARRIED = 500  # acts and photos in a box: files that older phones have made are taken whole


class KeyQuery(serializers.Serializer[Any]):
    """The id of the phone."""

    device = Words(max_length=64)


class HandoverKey(serializers.Serializer[Any]):
    """The key (base64, 32 bytes) with which this phone of this person seals what it can't send."""

    key = serializers.CharField()
    person = serializers.UUIDField()


class HandoverBody(serializers.Serializer[Any]):
    """A box: AES-256-GCM over the JSON `{"acts": […], "photos": […]}`, bound to `doorstep-handover`; nonce of 12 bytes.

    `photos` may be missing; each has `uuid`, `sha256`, `mime` and `content` (base64, the whole file).
    """

    person = Id()
    device = Words(max_length=64)
    nonce = Words(max_length=24)
    box = Words()


class CarriedPhoto(serializers.Serializer[Any]):
    """A photo or signature in a box."""

    uuid = Id()
    sha256 = serializers.RegexField(r"^[0-9a-f]{64}$")
    mime = serializers.ChoiceField(sorted(pictures.FORMATS.values()))
    content = Words()

    def validate_content(self, text: str) -> bytes:
        try:
            data = base64.b64decode(text, validate=True)
        except ValueError as error:
            raise serializers.ValidationError(code="not_base64") from error
        if not 0 < len(data) <= MOST_BYTES:
            raise serializers.ValidationError(code="file_too_large")
        return data


class CarriedReceipt(serializers.Serializer[Any]):
    """What became of one act or photo; whoever brings the box learns nothing else."""

    uuid = serializers.CharField(allow_null=True)
    verdict = serializers.ChoiceField(receipts.VERDICTS)


class CarriedRow(TypedDict):
    """What became of one act or photo that was carried."""

    uuid: str | None
    verdict: str


class HandoverReceipts(serializers.Serializer[Any]):
    """One receipt for each act, then for each photo, in their order, and the first character of the author's name."""

    receipts = CarriedReceipt(many=True)
    person_name_initial = serializers.CharField()


class HandoverKeyView(APIView):
    """The key of a phone."""

    @extend_schema(parameters=[OpenApiParameter("device", str, required=True)], responses=HandoverKey)
    def get(self, request: Request) -> Response:
        """Return the key, which the phone keeps for a time when it can't send."""
        person = person_of(request)
        query = KeyQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        key = base64.b64encode(handover.key_of(person, query.validated_data["device"])).decode()
        return Response({"key": key, "person": person.pk})


class HandoverView(APIView):
    """A box from another phone."""

    @extend_schema(request=HandoverBody, responses={200: HandoverReceipts, **refusals(422, 429)})
    def post(self, request: Request) -> Response:
        """Take the acts and photos in the box as their author's; the same box again gets the same receipts."""
        carrier = person_of(request)
        body = HandoverBody(data=request.data)
        body.is_valid(raise_exception=True)
        said = body.validated_data
        if not allow_try("handover", carrier.pk.hex, most=BOXES, seconds=STRETCH_S, at=timezone.now()):
            raise TooMany(STRETCH_S)
        opened = handover.open_box(said.pop("person"), **said)
        count = len(opened.acts) + len(opened.photos)
        if count > MOST_CARRIED:
            text = _("At most %(most)d acts at once; these are %(count)d. None was taken.")
            raise Problem("too_many_acts", text % {"most": MOST_CARRIED, "count": count}, status=413)
        count_acts(carrier, count)
        patience = LockBudget()
        rows = [_take(opened, row, carrier=carrier, patience=patience) for row in opened.acts]
        rows += [_take_photo(opened, row, patience=patience) for row in opened.photos]
        return Response({"receipts": rows, "person_name_initial": opened.author.name[:1]})


def _take_photo(opened: Opened, row: Any, *, patience: LockBudget) -> CarriedRow:
    body = CarriedPhoto(data=row)
    if not body.is_valid():
        return {"uuid": named(row), "verdict": "refused"}
    photo = handover.PhotoIn(**body.validated_data)

    def work(waits_s: float) -> str:
        return handover.take_photo(opened, photo, at=timezone.now(), waits_s=waits_s)

    return {"uuid": str(photo.uuid), "verdict": one_of_many(work, patience, what="A carried photo") or "busy"}


def _take(opened: Opened, row: Any, *, carrier: Person, patience: LockBudget) -> CarriedRow:
    try:
        act = read_act(row)
    except NoAct:
        return {"uuid": named(row), "verdict": "refused"}

    def work(waits_s: float) -> receipts.Receipt:
        return handover.take_carried(opened, act, carrier=carrier, at=timezone.now(), waits_s=waits_s)

    taken = one_of_many(work, patience, what="A carried act")
    return {"uuid": taken["uuid"], "verdict": taken["verdict"]} if taken else {"uuid": str(act.uuid), "verdict": "busy"}
