"""`POST /api/v1/acts`: what a phone has recorded, one or many at once; each gets its own receipt."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, PolymorphicProxySerializer, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import Person
from config.lib.allowance import Allowance
from config.lib.database.patience import LockBudget, one_of_many
from config.lib.http.json_body import Flaw, JSONRowsParser, is_storable
from config.lib.http.problems import FieldFault, Problem, field_errors
from config.lib.http.schema import Fault, refusals
from dissuasion import access
from dissuasion.actions.field import receipts
from dissuasion.actions.field.acts import ActIn, take
from dissuasion.actions.field.payloads import VisitRecord
from dissuasion.api.fields import Id, Moment, Words
from dissuasion.api.shared import TooMany, person_of
from dissuasion.queries.visit_record import as_written

MOST_ACTS = 100  # a phone sends fifty
# Acts of one person that each process takes: two long days without a network at once. The phone keeps the others.
ALLOWED = Allowance(burst=500, per_second=5)
OFFSET_MS = 50 * 365 * 86_400_000  # a phone whose clock stands at 1970 still counts


class ActBody(serializers.Serializer[Any]):
    """One act: `happened_at` by the phone's clock, `clock_offset_ms` what must be added to it (server minus phone)."""

    uuid = Id()
    # Any word: a kind that only a newer phone knows is kept until the server knows it.
    kind = Words(max_length=40)
    assignment = Id(required=False, allow_null=True)
    happened_at = Moment()
    clock_offset_ms = serializers.IntegerField(default=0, min_value=-OFFSET_MS, max_value=OFFSET_MS)
    device = Words(max_length=64)
    seq = serializers.IntegerField(min_value=0, max_value=2**62)
    payload = serializers.DictField(required=False, default=dict)


class ActsBody(serializers.Serializer[Any]):
    """Up to 100 acts, in the order in which they happened."""

    acts: serializers.ListSerializer[Any] = serializers.ListSerializer(child=ActBody(), max_length=MOST_ACTS)


ACTS = PolymorphicProxySerializer(
    component_name="Acts",
    serializers=[ActsBody, ActBody, ActBody(many=True)],
    resource_type_field_name=None,
    many=False,
)


class ActFlag(serializers.Serializer[Any]):
    """Why a kept act is flagged."""

    code = serializers.CharField()
    text = serializers.CharField()


class PhotoState(serializers.Serializer[Any]):
    """The state of a photo of an act; `have` is the number of bytes that the server has."""

    uuid = serializers.UUIDField()
    state = serializers.ChoiceField(["wanted", "complete", "refused"])
    have = serializers.IntegerField()


class Receipt(serializers.Serializer[Any]):
    """The answer to one act: only after it may the phone delete the act."""

    uuid = serializers.CharField(allow_null=True)
    verdict = serializers.ChoiceField(receipts.VERDICTS)
    flags = ActFlag(many=True, required=False)
    code = serializers.CharField(required=False)
    detail = serializers.CharField(required=False)
    errors = Fault(many=True, required=False)  # type: ignore[assignment]
    received_at = serializers.DateTimeField(required=False)
    repeated = serializers.BooleanField(required=False)
    status = serializers.IntegerField(required=False)
    holder = serializers.CharField(required=False)
    holder_since = serializers.DateTimeField(required=False)
    grade = serializers.ChoiceField(["A", "B", "C", "D"], required=False)
    distance_m = serializers.FloatField(required=False, allow_null=True)
    reasons = ActFlag(many=True, required=False)
    photos = PhotoState(many=True, required=False)


class Receipts(serializers.Serializer[Any]):
    """One receipt for each act, in their order."""

    receipts = Receipt(many=True)


class ActRows(JSONRowsParser):
    """Acts, as a bare list or as `acts` of an object."""

    rows = "acts"


class ActsView(APIView):
    """Acts from a phone."""

    parser_classes = [ActRows]

    @extend_schema(
        parameters=[OpenApiParameter("X-Person", str, OpenApiParameter.HEADER)],
        request=ACTS,
        responses={200: Receipts, **refusals(429)},
    )
    def post(self, request: Request) -> Response:
        """Keep and apply acts; the answer holds a receipt for each. One act alone may be sent without the list.

        `X-Person` names whose acts they are; a session that has become another person's gets 403 and nothing is taken.
        """
        person = person_of(request)
        rows = _rows(request.data)
        if len(rows) > MOST_ACTS:
            text = _("At most %(most)d acts at once; these are %(count)d. None was taken.")
            raise Problem("too_many_acts", text % {"most": MOST_ACTS, "count": len(rows)}, status=413)
        count_acts(person, len(rows))
        patience = LockBudget()
        return Response({"receipts": [_take(person, row, patience) for row in rows]})


class WrittenView(APIView):
    """A record as its author wrote it."""

    @extend_schema(responses=VisitRecord)
    def get(self, request: Request, visit_id: UUID) -> Response:
        """Return the payload of one's own record, or of its newest correction: what a correction begins with."""
        return Response(as_written(access.visit_to_correct(person_of(request), visit_id)))


def count_acts(person: Person, count: int) -> None:
    """Count acts that `person` sends; raise TooMany where they exceed the person's allowance in this process."""
    wait = ALLOWED.take(person.pk, count)
    if wait:
        raise TooMany(wait)


def _rows(data: Any) -> list[Any]:
    """Return the acts of a body; raise a Problem for one without a list, or its sender would think it was received."""
    if isinstance(data, dict):
        data = [data] if "uuid" in data and "acts" not in data else data.get("acts")
    if not isinstance(data, list):
        raise Problem("invalid", _("Send one act, or an object with a list called acts."))
    return data


def _take(person: Person, row: Any, patience: LockBudget) -> receipts.Receipt:
    try:
        act = read_act(row)
    except NoAct as fault:
        return _unreadable(row, fault.errors)
    taken = one_of_many(lambda waits_s: take(person, act, at=timezone.now(), waits_s=waits_s), patience, what="An act")
    if taken is None:
        text = _("The server can't take this now. Keep it; it will be sent again.")
        return {"uuid": str(act.uuid), "verdict": "busy", "code": "busy", "status": 503, "detail": text}
    return taken


class NoAct(Exception):
    """Not even the envelope of an act can be read; `errors` say where."""

    def __init__(self, errors: list[FieldFault]) -> None:
        super().__init__("no act")
        self.errors = errors


def read_act(row: Any) -> ActIn:
    """Return an act as it stands in a list that a phone sends or another one carries; raise NoAct for what is none."""
    if isinstance(row, Flaw):
        raise NoAct(row.problem().errors)
    body = ActBody(data=row)
    if not body.is_valid():
        raise NoAct(field_errors(body.errors))
    given: dict[str, Any] = {"assignment": None, **body.validated_data}
    given["happened_at"] = given["happened_at"].astimezone(dt.UTC)
    return ActIn(**given)


def named(row: Any) -> str | None:
    """Return the id that something calls itself by, which may be no act; None where it has none that can be said."""
    claimed = row.get("uuid") if isinstance(row, dict) else None
    return claimed if isinstance(claimed, str) and is_storable(claimed) else None


def _unreadable(row: Any, errors: list[FieldFault]) -> receipts.Receipt:
    return {
        "uuid": named(row),
        "verdict": "refused",
        "code": "unreadable",
        "detail": _("This is not an act: its envelope can't be read. Keep it on the phone and tell the desk."),
        "errors": errors,
    }
