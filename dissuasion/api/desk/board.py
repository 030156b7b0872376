"""`GET /api/v1/board` and what a desk reads of a case: its file, and who could go."""

from typing import Any, TypedDict
from uuid import UUID

from django.utils import timezone, translation
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from config.lib.http.schema import refusals
from dissuasion import access
from dissuasion.api.desk.board_shape import Board, Suggested
from dissuasion.api.desk.case_shape import CaseFile, TriageFile
from dissuasion.api.shared import person_of
from dissuasion.queries import matching
from dissuasion.queries.desk.board import board
from dissuasion.queries.desk.case_file import case_file
from dissuasion.queries.desk.triage_entry import entry_file
from dissuasion.rules import words
from dissuasion.rules.ranking import Candidate
from dissuasion.rules.reasons import ReasonWithText


class CandidateRow(TypedDict):
    """Somebody who could go."""

    person: str
    name: str
    role: str
    minutes: float
    reasons: list[ReasonWithText]


class PageQuery(serializers.Serializer[Any]):
    """Which page of the open cases."""

    page = serializers.IntegerField(min_value=1, max_value=1000, default=1)
    unit = serializers.IntegerField(min_value=1, max_value=2**31, required=False)


class BoardView(APIView):
    """The desk's view."""

    @extend_schema(
        parameters=[OpenApiParameter("page", int), OpenApiParameter("unit", int)],
        responses={200: Board, **refusals(404)},
    )
    def get(self, request: Request) -> Response:
        """Return open cases with their clocks, triage, shortfalls and people on duty of the unit, or one below."""
        query = PageQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        unit = access.unit_to_watch(person_of(request), query.validated_data.get("unit"))
        language = translation.get_language()
        return Response(board(unit, now=timezone.now(), language=language, page=query.validated_data["page"]))


class HistoryQuery(serializers.Serializer[Any]):
    """Which lines of the history."""

    before = serializers.IntegerField(min_value=1, max_value=2**62, required=False)


class CaseView(APIView):
    """One case."""

    @extend_schema(parameters=[OpenApiParameter("before", int)], responses=CaseFile)
    def get(self, request: Request, case_id: UUID) -> Response:
        """Return the file of a case that the person commands, with the newest lines of its history or older ones."""
        person = person_of(request)
        query = HistoryQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        case = access.case_to_command(person, case_id)
        before = query.validated_data.get("before")
        return Response(case_file(case, language=translation.get_language(), before=before))


class TriageView(APIView):
    """One unclear alert."""

    @extend_schema(responses=TriageFile)
    def get(self, request: Request, entry_id: UUID) -> Response:
        """Return an unclear alert with the numbers it came with, and the residents whom it may mean."""
        chief = person_of(request)
        entry = access.triage_to_settle(chief, entry_id)
        return Response(entry_file(chief, entry, language=translation.get_language()))


class SuggestionsView(APIView):
    """Who could go."""

    @extend_schema(responses=Suggested)
    def get(self, request: Request, case_id: UUID) -> Response:
        """Return three suggestions in words, companions, who was left out and why, or the shortfall."""
        case = access.case_to_command(person_of(request), case_id)
        found = matching.suggest(case, now=timezone.now())
        return Response(
            {
                "suggestions": [_candidate(candidate) for candidate in found.best],
                "companions": [_candidate(candidate) for candidate in found.companions],
                "left_out": [
                    {"person": str(person.pk), "name": person.name, "role": person.role, "code": code,
                     "text": words.sentence(code)}
                    for person, code in found.left_out
                ],
                "shortfall": words.with_text(found.shortfall),
            }
        )  # fmt: skip


def _candidate(candidate: Candidate) -> CandidateRow:
    person = candidate.person
    return {
        "person": str(person.pk),
        "name": person.name,
        "role": person.role,
        "minutes": round(max(candidate.minutes, 0), 1),
        "reasons": words.with_text(candidate.reasons),
    }
