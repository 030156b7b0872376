"""`POST /api/v1/reports/<channel>`: a gateway reports what became of its messages; only signed reports count."""

import datetime as dt
import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import IO, Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from config.lib.database.patience import row_by_row
from config.lib.http.json_body import is_storable, read_json_rows
from config.lib.http.problems import Problem
from config.lib.http.refusals import Unavailable
from config.lib.http.schema import refusals
from dissuasion.actions.messages import notices
from dissuasion.rules import states
from dissuasion.transports import registry
from dissuasion.transports.gateway_config import DeliveryReports
from dissuasion.transports.json_paths import as_word, value_at

MOST_BYTES, MOST_REPORTS = 1024 * 1024, 1000
SOON_S = 5


class RawBody(BaseParser):
    """Reads the raw body, at most one byte beyond the limit: the signature is over these bytes."""

    media_type = "*/*"

    def parse(
        self, stream: IO[bytes], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        return io.BytesIO(stream.read(MOST_BYTES + 1))


class Unsigned(Problem):
    """The refusal of a body that is forged, too old, or for a channel that takes none: all get the same answer."""

    auth_header = "Signature"

    def __init__(self) -> None:
        super().__init__("bad_signature", _("This report's signature does not fit, or is too old."), status=401)


class TooSoon(Problem):
    """The refusal of a report about a message that is still being sent: its id is known in some seconds."""

    wait = SOON_S

    def __init__(self) -> None:
        text = _("A message with this id is not known yet. Send the report again in some seconds.")
        super().__init__("too_soon", text, status=503)


@dataclass(frozen=True)
class Report:
    """One report, with its status as a state of ours."""

    message: UUID | None
    provider_id: str
    to: states.Delivery


class ReportsTaken(serializers.Serializer[Any]):
    """How many reports moved a message, how many nothing (known already, older, about none), how many can't be read."""

    moved = serializers.IntegerField()
    unmoved = serializers.IntegerField()
    unreadable = serializers.IntegerField()


class ReportsView(APIView):
    """Delivery reports of one channel. There is no session: whoever signs them is the gateway."""

    authentication_classes = ()
    permission_classes = ()
    parser_classes = [RawBody]

    @extend_schema(
        request={"application/json": OpenApiTypes.OBJECT},
        responses={200: ReportsTaken, **refusals(401, 503)},
        auth=[],
    )
    def post(self, request: Request, channel: str) -> Response:
        """Take one report or a list of them; the same again moves nothing."""
        how, now = registry.delivery_reports_of(channel), timezone.now()
        body = body_of(request)
        if how is None or not how.signature.verify(request.headers, body, at=now):
            raise Unsigned
        rows = rows_of(body, how.list_path)
        read = [report for report in (_read(row, how) for row in rows) if report is not None]
        came, held = row_by_row(read, lambda report, waits_s: _take(channel, report, at=now, waits_s=waits_s))
        if held:
            raise Unavailable  # the same again moves nothing that has moved
        if "early" in came:
            raise TooSoon
        moved = came.count("moved")
        return Response({"moved": moved, "unmoved": len(read) - moved, "unreadable": len(rows) - len(read)})


def _take(channel: str, report: Report, *, at: dt.datetime, waits_s: float) -> str:
    """Return what came of one report: `moved`, `unmoved`, or `early` where its message may have no id here yet."""
    message, named = report.message, report.provider_id
    if notices.reported(channel, message=message, provider_id=named, to=report.to, at=at, waits_s=waits_s):
        return "moved"
    early = message is None and notices.may_be_early(channel, provider_id=named)
    return "early" if early else "unmoved"


def body_of(request: Request) -> bytes:
    """Return the body as it came; raise a Problem where it is too large."""
    given: Any = request.data
    # An empty body never comes to the parser.
    body = given.getvalue() if isinstance(given, io.BytesIO) else b""
    if len(body) > MOST_BYTES:
        raise Problem("body_too_large", _("The request is too large. Send it in smaller parts."), status=413)
    return body


def rows_of(body: bytes, list_path: str) -> list[Any]:
    """Return the rows of a signed body, None for each that can't be kept; raise where there are none, or too many."""
    _said, rows = read_json_rows(body, lambda said: value_at(said, list_path))
    rows = [rows] if isinstance(rows, dict) else rows
    if not isinstance(rows, list):
        raise ParseError(_("There are no reports where the settings say that they stand."))
    if len(rows) > MOST_REPORTS:
        text = _("There are more than %(most)d reports. Send them in smaller parts.") % {"most": MOST_REPORTS}
        raise Problem("too_many_reports", text, status=413)
    # A row that can't be kept, such as one with half of a character, is unreadable; the others are taken.
    return [row if is_storable(row) else None for row in rows]


def _read(row: Any, how: DeliveryReports) -> Report | None:
    """Return what a report says; None where it names no message, or a status that the settings don't know."""
    to = how.words.get(as_word(value_at(row, how.status_path)) or "")
    message = uuid_of(as_word(value_at(row, how.id_path)) if how.id_path else None)
    provider_id = (as_word(value_at(row, how.provider_id_path)) if how.provider_id_path else None) or ""
    names_nothing = message is None and not provider_id
    if to is None or names_nothing:
        return None
    return Report(message, provider_id, states.Delivery(to))


def uuid_of(text: str | None) -> UUID | None:
    """Return the UUID of a text, or None."""
    try:
        return UUID(text) if text else None
    except ValueError:
        return None
