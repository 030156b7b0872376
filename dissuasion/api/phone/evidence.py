"""`/api/v1/evidence/<uuid>`: photos and signatures, sent in pieces that resume; read as a clean copy."""

import io
from collections.abc import Mapping
from typing import IO, Any, TypedDict
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.parsers import BaseParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.rate_limit import allow_try
from config.lib import pictures
from config.lib.http.problems import Conflict, Problem
from config.lib.http.schema import refusals
from config.lib.sealing.keys import CannotOpen
from dissuasion import access
from dissuasion.actions.field import evidence
from dissuasion.actions.field.evidence import MOST_BYTES, PIECE_BYTES, Piece
from dissuasion.api.shared import TooMany, person_of
from dissuasion.models import Evidence

NEVER = "no-store"
READS_A_MINUTE = 120


class PieceBytes(BaseParser):
    """Reads the raw bytes of one piece, at most one byte beyond the limit."""

    media_type = "application/octet-stream"

    def parse(
        self, stream: IO[bytes], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        return io.BytesIO(stream.read(PIECE_BYTES + 1))


class PieceHead(serializers.Serializer[Any]):
    """The query and headers of a piece: where it begins, and what the whole file will be."""

    offset = serializers.IntegerField(min_value=0, max_value=MOST_BYTES)
    size = serializers.IntegerField(min_value=1, max_value=2**31 - 1)
    sha256 = serializers.RegexField(r"^[0-9a-f]{64}$")
    mime = serializers.CharField(max_length=60)


class EvidenceState(serializers.Serializer[Any]):
    """How much of a file the server has."""

    uuid = serializers.UUIDField(required=False)
    have = serializers.IntegerField()
    complete = serializers.BooleanField()


class StateRow(TypedDict):
    """How much of a file the server has."""

    have: int
    complete: bool


class EvidenceView(APIView):
    """One photo or signature."""

    parser_classes = [PieceBytes]

    @extend_schema(
        parameters=[
            OpenApiParameter("offset", int, required=True),
            OpenApiParameter("X-Sha256", str, OpenApiParameter.HEADER, required=True),
            OpenApiParameter("X-Bytes", int, OpenApiParameter.HEADER, required=True),
            OpenApiParameter("X-Mime", str, OpenApiParameter.HEADER, required=True),
        ],
        request={"application/octet-stream": OpenApiTypes.BINARY},
        responses={200: EvidenceState, **refusals(409, 429, 503)},
    )
    def put(self, request: Request, evidence_id: UUID) -> Response:
        """Keep one piece of one's own file; the answer says how much of it is on the server's disk."""
        kept = evidence.take_piece(person_of(request), evidence_id, _piece(request), at=timezone.now())
        return Response({"uuid": str(kept.pk), **_state(kept)})

    @extend_schema(
        parameters=[OpenApiParameter("state", bool)],
        responses={
            200: EvidenceState,
            (200, "image/*"): OpenApiTypes.BINARY,
            **refusals(409, 410, 415, 429),
        },
    )
    def get(self, request: Request, evidence_id: UUID) -> HttpResponseBase:
        """Return a clean copy, for its author and the desks of its case; with `state=1` or HEAD how much is here."""
        person = person_of(request)
        kept = access.evidence_to_see(person, evidence_id)
        if request.method == "HEAD" or request.query_params.get("state"):
            headers = {"X-Have": str(kept.have), "X-Complete": str(_complete(kept)).lower()}
            return Response(_state(kept), headers=headers)
        now = timezone.now()
        if not allow_try("evidence-read", person.pk.hex, most=READS_A_MINUTE, seconds=60, at=now):
            raise TooMany(60)
        evidence.check_whole(kept, at=now)
        if not _complete(kept):
            raise Conflict("not_complete", _("Not all of this file has come yet."), have=kept.have)
        data, mime = _copy(kept)
        return HttpResponse(data, content_type=mime, headers={"Cache-Control": NEVER, "Content-Disposition": "inline"})


def _state(kept: Evidence) -> StateRow:
    return {"have": kept.have, "complete": _complete(kept)}


def _complete(kept: Evidence) -> bool:
    return kept.state == Evidence.State.COMPLETE


def _copy(kept: Evidence) -> tuple[bytes, str]:
    try:
        copy = evidence.clean_copy(kept)
    except (CannotOpen, pictures.NotAPicture) as error:
        raise Problem("not_readable", _("This file can't be read any more. Tell the desk."), status=410) from error
    return copy, pictures.media_type_of_copy(copy)


def _piece(request: Request) -> Piece:
    """Return the piece of a request; raise Problem where it, or what it promises, can't be taken."""
    named = {"size": "X-Bytes", "sha256": "X-Sha256", "mime": "X-Mime"}
    head = PieceHead(
        data={"offset": request.query_params.get("offset")}
        | {name: request.headers[header] for name, header in named.items() if header in request.headers}
    )
    head.is_valid(raise_exception=True)
    given = head.validated_data
    if given["size"] > MOST_BYTES:
        text = _("The file is larger than %(size)d MB.") % {"size": MOST_BYTES // 1024 // 1024}
        raise Problem("file_too_large", text, status=413)
    if given["mime"] not in pictures.FORMATS.values():
        raise Problem("not_an_image", _("Only JPEG, PNG and WebP pictures are kept here."), status=415)
    body: Any = request.data
    # An empty body never comes to the parser.
    data = body.getvalue() if isinstance(body, io.BytesIO) else b""
    if len(data) > PIECE_BYTES:
        text = _("A piece is at most %(size)d kB.") % {"size": PIECE_BYTES // 1024}
        raise Problem("piece_too_large", text, status=413)
    if not data or given["offset"] + len(data) > given["size"]:
        raise Problem("wrong_length", _("A piece has at least one byte and ends within its file."))
    return Piece(data=data, **given)
