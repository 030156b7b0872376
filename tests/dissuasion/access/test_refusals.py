"""Every refusal is a problem document with a stable code, and a sentence in the caller's language."""

import re

import pytest
from django.test import Client

from tests.dissuasion.access.doors import NOWHERE

pytestmark = pytest.mark.django_db
CHINESE = re.compile(r"[一-鿿]")
REFUSALS = [
    ("anonymous", "get", "work", 401, "not_authenticated"),
    ("lin", "get", "board", 403, "forbidden"),
    ("gu", "get", f"cases/{NOWHERE}", 404, "not_found"),
    ("lin", "get", "scripts/none", 404, "not_found"),
    ("gu", "get", "board?unit=none", 400, "invalid"),
    ("gu", "post", f"cases/{NOWHERE}/assign", 400, "invalid"),
    ("gu", "delete", "board", 405, "method_not_allowed"),
    ("gu", "get", "nothing-here", 404, "not_found"),
    ("gu", "get", "cases/not-an-id", 404, "not_found"),
]


def refused(cast, who, method, path, language):
    headers = {"accept-language": language}
    client = Client(headers=headers) if who == "anonymous" else cast.client(who, language)
    return getattr(client, method)(f"/api/v1/{path}", content_type="application/json")


@pytest.mark.parametrize(("language", "chinese"), [("en", False), ("zh-hans", True)])
def test_it_refuses_in_the_callers_language(cast, language, chinese):
    for who, method, path, status, code in REFUSALS:
        answer = refused(cast, who, method, path, language)
        body = answer.json()
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert (answer.status_code, body["status"], body["code"]) == (status, status, code), path
        assert body["type"] == f"urn:doorstep:problem:{code}"
        assert bool(CHINESE.search(body["detail"])) is chinese, path


def test_it_names_the_field_in_both_languages(cast):
    for language, chinese in (("en", False), ("zh-hans", True)):
        (error,) = refused(cast, "gu", "get", "figures?start=2026-02-30", language).json()["errors"]
        assert error["field"] == "start"
        assert bool(CHINESE.search(error["reason"])) is chinese
