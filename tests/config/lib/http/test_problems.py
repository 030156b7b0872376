"""The shape of every refusal (RFC 9457)."""

import json
import re

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404, HttpResponse
from django.test import Client, RequestFactory
from django.utils import translation
from rest_framework import exceptions
from rest_framework.exceptions import ErrorDetail

from config.lib.http.exception_handler import handle_exception
from config.lib.http.problems import (
    MAX_REASON_LENGTH,
    MEDIA_TYPE,
    Conflict,
    NotHere,
    Problem,
    ProblemMiddleware,
    field_errors,
    problem_document,
)


def test_it_has_the_members_of_the_standard():
    assert problem_document(Problem("stale", "Look again.", status=412)) == {
        "type": "urn:doorstep:problem:stale",
        "title": "Precondition Failed",
        "status": 412,
        "code": "stale",
        "detail": "Look again.",
    }


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 409, 413, 415, 429, 500, 503])
def test_its_title_is_in_the_language_of_the_caller(status):
    titles = {}
    for language in ("en", "zh-hans"):
        with translation.override(language):
            titles[language] = problem_document(Problem("code", "Detail.", status=status))["title"]
    assert titles["en"].isascii()
    assert re.fullmatch("[\u4e00-\u9fff]+", titles["zh-hans"])


def test_it_adds_places_and_further_members():
    told = problem_document(Problem("invalid", "No.", errors=[{"field": "a"}], extra={"row": 3}))
    assert (told["status"], told["errors"], told["row"]) == (400, [{"field": "a"}], 3)


def test_it_says_conflict_and_not_here():
    conflict = problem_document(Conflict("already_assigned", "Taken.", holder="Lin"))
    assert (conflict["status"], conflict["holder"]) == (409, "Lin")
    assert (NotHere().status, NotHere().code) == (404, "not_found")


def test_it_flattens_nested_faults():
    detail = {
        "resident": {"lat": [ErrorDetail("Swapped.", "swapped")], "non_field_errors": [ErrorDetail("Who?", "who")]},
        "rows": [{}, {"a": [ErrorDetail("Bad.", code="bad")]}],
        "non_field_errors": ["Whole."],
    }
    assert [(row["field"], row["code"], row["reason"]) for row in field_errors(detail)] == [
        ("resident.lat", "swapped", "Swapped."),
        ("resident", "who", "Who?"),
        ("rows.1.a", "bad", "Bad."),
        ("non_field_errors", "invalid", "Whole."),
    ]


def test_it_quotes_no_more_than_can_be_sent():
    (row,) = field_errors({"risk": [ErrorDetail('"\ud800' + "x" * 2_000_000, code="invalid_choice")]})
    assert len(row["reason"]) < MAX_REASON_LENGTH + 10
    assert row["reason"].encode().startswith(b'"\\ud800xx')


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (Problem("stale", "Look again.", status=412), 412, "stale"),
        (exceptions.ValidationError({"a": ["Bad."]}), 400, "invalid"),
        (exceptions.ParseError("Line 1."), 400, "not_json"),
        (Http404(), 404, "not_found"),
        (exceptions.NotFound(), 404, "not_found"),
        (PermissionDenied(), 403, "forbidden"),
        (RequestDataTooBig(), 413, "body_too_large"),
        (exceptions.MethodNotAllowed("GET"), 405, "method_not_allowed"),
        (exceptions.UnsupportedMediaType("text/csv"), 415, "unsupported_media_type"),
        (exceptions.NotAuthenticated(), 401, "not_authenticated"),
    ],
)
def test_it_turns_every_refusal_into_a_problem(error, status, code):
    response = handle_exception(error, {})
    assert response is not None
    assert (response.status_code, response.content_type) == (status, MEDIA_TYPE)
    assert (response.data["status"], response.data["code"]) == (status, code)
    assert response.data["detail"]


def test_it_says_how_long_to_wait():
    response = handle_exception(exceptions.Throttled(wait=11), {})
    assert response is not None
    assert response["Retry-After"] == "12"


def test_it_leaves_what_nobody_foresaw():
    assert handle_exception(ZeroDivisionError(), {}) is None


def through_middleware(path, response):
    return ProblemMiddleware(lambda request: response)(RequestFactory().get(path))


@pytest.mark.parametrize(("status", "code"), [(404, "not_found"), (500, "internal_server_error"), (403, "forbidden")])
def test_it_puts_a_bare_page_under_api_into_the_shape(status, code):
    response = through_middleware("/api/v1/x", HttpResponse("<h1>Oh</h1>", status=status))
    told = json.loads(response.content)
    assert (response.status_code, response["Content-Type"]) == (status, MEDIA_TYPE)
    assert (told["status"], told["code"]) == (status, code)


@pytest.mark.parametrize(
    ("path", "status", "kind"),
    [("/accounts/x", 404, "text/html"), ("/api/v1/x", 200, "text/html"), ("/api/v1/x", 404, MEDIA_TYPE)],
)
def test_it_leaves_other_answers_alone(path, status, kind):
    response = HttpResponse("as it was", status=status, content_type=kind)
    assert through_middleware(path, response) is response


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("path", ["/api/v1/nothing", "/api/v1/alerts/", "/api/v1/cases/1"])
def test_it_answers_an_unknown_address_with_a_problem(path, language):
    response = Client(headers={"accept-language": language}).get(path)
    assert (response.status_code, response["Content-Type"]) == (404, MEDIA_TYPE)
    assert response.json()["code"] == "not_found"
