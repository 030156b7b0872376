"""`POST /api/v1/replies/<channel>`: a gateway delivers replies of residents; only signed ones count."""

from typing import Any

from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from config.lib.database.patience import row_by_row
from config.lib.http.refusals import Unavailable
from config.lib.http.schema import refusals
from dissuasion.actions.residents import replies
from dissuasion.api.gateways.delivery_reports import RawBody, Unsigned, body_of, rows_of, uuid_of
from dissuasion.transports import registry
from dissuasion.transports.gateway_config import Replies
from dissuasion.transports.json_paths import as_word, value_at


class RepliesTaken(serializers.Serializer[Any]):
    """How many replies are kept, how many answer no message of ours, how many can't be read."""

    kept = serializers.IntegerField()
    unknown = serializers.IntegerField()
    unreadable = serializers.IntegerField()


class RepliesView(APIView):
    """Replies of residents over one channel. There is no session: whoever signs them is the gateway."""

    authentication_classes = ()
    permission_classes = ()
    parser_classes = [RawBody]

    @extend_schema(
        request={"application/json": OpenApiTypes.OBJECT},
        responses={200: RepliesTaken, **refusals(401)},
        auth=[],
    )
    def post(self, request: Request, channel: str) -> Response:
        """Take one reply or a list of them; the same again does nothing more."""
        how, now = registry.replies_of(channel), timezone.now()
        body = body_of(request)
        if how is None or not how.signature.verify(request.headers, body, at=now):
            raise Unsigned
        rows = rows_of(body, how.list_path)
        read = [said for said in (_read(row, how) for row in rows) if said is not None]
        made, held = row_by_row(read, lambda said, waits_s: replies.reply(channel, said, at=now, waits_s=waits_s))
        if held:
            raise Unavailable  # sent again, those that are kept do nothing more
        kept = len(made) - made.count(None)
        return Response({"kept": kept, "unknown": len(read) - kept, "unreadable": len(rows) - len(read)})


def _read(row: Any, how: Replies) -> replies.IncomingReply | None:
    """Return a reply as it was read; None for one without text, or without anything that names its author."""

    def at(path: str) -> str:
        return (as_word(value_at(row, path)) if path else None) or ""

    said = replies.IncomingReply(
        text=at(how.text_path), message=uuid_of(at(how.id_path)), provider_id=at(how.provider_id_path),
        number=at(how.number_path), reply_id=at(how.reply_id_path),
    )  # fmt: skip
    has_author = said.message or said.provider_id or said.number
    return said if said.text and has_author else None
