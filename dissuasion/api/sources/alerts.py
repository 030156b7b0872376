"""`POST /api/v1/alerts` and `/alerts/batch`: the doors for a city's alerts."""

from typing import Any, NotRequired, TypedDict

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from drf_spectacular.utils import PolymorphicProxySerializer, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from config.lib.http.json_body import Flaw, JSONRowsParser
from config.lib.http.problems import Problem, ProblemDocument, field_errors, problem_document
from config.lib.http.schema import Fault, ProblemShape, refusals
from dissuasion.actions.intake import reception
from dissuasion.api.resident_body import REASONS
from dissuasion.api.shapes import RISKS
from dissuasion.api.sources.alert_body import AlertBody, understand
from dissuasion.api.sources.source_key import IsSource, SourceKeyAuthentication, source_of
from dissuasion.rules.incoming import TIME_IMPLAUSIBLE, Incoming
from households.ground import county_seats

MOST_ROWS = 1000
FAULTS = REASONS | {TIME_IMPLAUSIBLE: lazy("This time can't be right; the time at which it was received counts.")}


class AlertAnswer(serializers.Serializer[Any]):
    """What a source is told of an alert: its id here, and its case or that it waits in triage."""

    alert = serializers.UUIDField()
    external_id = serializers.CharField()
    way = serializers.ChoiceField(["case", "triage"])
    case = serializers.UUIDField(allow_null=True)
    risk = serializers.ChoiceField(RISKS, allow_null=True)
    received_at = serializers.DateTimeField()
    faults = Fault(many=True, required=False)


class BatchBody(serializers.Serializer[Any]):
    """Up to 1,000 alerts."""

    alerts: serializers.ListSerializer[Any] = serializers.ListSerializer(child=AlertBody(), max_length=MOST_ROWS)


# A bare list is taken as well.
BATCH = PolymorphicProxySerializer(
    component_name="AlertBatch",
    serializers=[BatchBody, AlertBody(many=True)],
    resource_type_field_name=None,
    many=False,
)


class BatchRow(serializers.Serializer[Any]):
    """The answer to one row: the status that it would have had alone, and its answer or its problem."""

    row = serializers.IntegerField()
    status = serializers.IntegerField()
    answer = AlertAnswer(required=False)
    problem = ProblemShape(required=False)


class RowAnswer(TypedDict):
    """The answer to one row, or its problem."""

    row: int
    status: int
    answer: NotRequired[dict[str, Any]]
    problem: NotRequired[ProblemDocument]


class BatchAnswer(serializers.Serializer[Any]):
    """The counts, and every row in the order in which it was sent."""

    received = serializers.IntegerField()
    kept = serializers.IntegerField()
    known = serializers.IntegerField()
    refused = serializers.IntegerField()
    rows = BatchRow(many=True)


def read_alert(raw: Any, context: dict[str, Any]) -> Incoming | Problem:
    """Return the alert of a JSON value, or the problem with the place and reason of each fault."""
    if isinstance(raw, Flaw):
        return raw.problem()
    if not isinstance(raw, dict):
        return Problem("invalid", _("An alert is a JSON object."))
    body = AlertBody(data=raw, context=context)
    if not body.is_valid():
        errors = field_errors(body.errors)
        return Problem("invalid", _("Some fields can't be read; each is named below."), errors=errors)
    return understand(raw, body.validated_data, now=context["now"])


def _context(rows: list[Any]) -> dict[str, Any]:
    """Read the counties' seats once, and only when some row has a point to compare with them."""
    located = any(isinstance(r, dict) and isinstance(r.get("resident"), dict) and "lat" in r["resident"] for r in rows)
    return {"now": timezone.now(), "centres": county_seats() if located else []}


class AlertsView(APIView):
    """One alert."""

    authentication_classes = (SourceKeyAuthentication,)
    permission_classes = (IsSource,)

    @extend_schema(
        request=AlertBody,
        responses={201: AlertAnswer, 200: AlertAnswer, **refusals(409, 503)},
    )
    def post(self, request: Request) -> Response:
        """Take in one alert: 201 with its answer; 200 with the first answer when it is known; 409 when it differs."""
        context = _context([request.data])
        row = read_alert(request.data, context)
        if isinstance(row, Problem):
            raise row
        answer = reception.receive(source_of(request), [row], at=context["now"])[0]
        if answer.problem is not None:
            raise answer.problem
        return Response(_told(answer), status=answer.status)


class AlertRows(JSONRowsParser):
    """Alerts, as a bare list or as `alerts` of an object."""

    rows = "alerts"


class AlertBatchView(APIView):
    """Many alerts."""

    parser_classes = [AlertRows]
    authentication_classes = (SourceKeyAuthentication,)
    permission_classes = (IsSource,)

    @extend_schema(request=BATCH, responses=BatchAnswer)
    def post(self, request: Request) -> Response:
        """Take in up to 1,000 alerts; each row gets its own answer, and the good ones are kept."""
        rows = request.data.get("alerts") if isinstance(request.data, dict) else request.data
        if not isinstance(rows, list):
            raise Problem("invalid", _("A batch is a list, or an object with a list called alerts."))
        if len(rows) > MOST_ROWS:
            text = _("A batch has at most %(most)d alerts; this one has %(count)d. Nothing was kept.")
            raise Problem("too_many_rows", text % {"most": MOST_ROWS, "count": len(rows)}, status=413)
        context = _context(rows)
        read = [read_alert(row, context) for row in rows]
        good = {number: row for number, row in enumerate(read) if isinstance(row, Incoming)}
        received = reception.receive(source_of(request), list(good.values()), at=context["now"])
        answers = dict(zip(good, received, strict=True))
        told = [_row(number, row, answers) for number, row in enumerate(read)]
        statuses = [row["status"] for row in told]
        counts = {"kept": statuses.count(201), "known": statuses.count(200)}
        refused = len(told) - sum(counts.values())
        return Response({"received": len(told), **counts, "refused": refused, "rows": told})


def _row(number: int, row: Incoming | Problem, answers: dict[int, reception.Answer]) -> RowAnswer:
    if isinstance(row, Problem):
        return {"row": number, "status": row.status, "problem": problem_document(row)}
    answer = answers[number]
    if answer.problem is not None:
        return {"row": number, "status": answer.status, "problem": problem_document(answer.problem)}
    return {"row": number, "status": answer.status, "answer": _told(answer)}


def _told(answer: reception.Answer) -> dict[str, Any]:
    """Return the answer to a kept alert; each field that could not be read is named with the reason in words."""
    body: dict[str, Any] = dict(answer.body or {})
    if "faults" in body:
        body["faults"] = [fault | {"reason": str(FAULTS[fault["code"]])} for fault in body["faults"]]
    return body
