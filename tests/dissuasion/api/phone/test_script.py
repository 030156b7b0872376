"""Scripts are served by their hash, to whoever is signed in, and a phone may keep them for ever."""

import pytest
from django.test import Client
from django.utils import timezone

from dissuasion.actions.scripts.publication import publish
from dissuasion.models import ScriptVersion
from dissuasion.models.script import content_hash
from tests.dissuasion.actions.field.phone import Phone

pytestmark = pytest.mark.django_db


def get(client, sha256):
    return client.get(f"/api/v1/scripts/{sha256}")


def test_it_serves_the_words_by_their_hash(cast, published):
    body = get(cast.client("mei"), published.sha256).json()
    assert (body.pop("version"), body.pop("sha256")) == (1, published.sha256)
    assert body == published.content
    assert content_hash(body) == published.sha256


def test_it_lets_a_phone_keep_them_for_ever(cast, published):
    answer = get(cast.client("lin"), published.sha256)
    directives = {part.strip() for part in answer.headers["Cache-Control"].split(",")}
    assert directives == {"private", "max-age=31536000", "immutable"}


def test_it_serves_no_stranger(published):
    answer = get(Client(), published.sha256)
    assert answer.status_code == 401
    assert "max-age" not in answer.headers.get("Cache-Control", "")
    assert published.content["title"] not in answer.content.decode()


def test_it_never_serves_a_draft(cast, draft):
    for name in ("lin", "gu", "sun"):
        assert get(cast.client(name), draft.sha256).status_code == 404


def test_it_still_serves_what_was_retired(cast, published, draft):
    publish(draft, by=cast.sun, at=timezone.now())
    for version in (published, draft):
        assert get(cast.client("lin"), version.sha256).json()["version"] == version.number


@pytest.mark.parametrize("sha256", ["0" * 64, "0" * 63, "a" * 5000, "%ff", "..%2f..%2fwork", "'--", "草稿"])
def test_it_finds_nothing_under_other_names(cast, published, sha256):
    answer = get(cast.client("lin"), sha256)
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert "immutable" not in answer.headers.get("Cache-Control", "")


def test_it_lists_every_published_hash_in_both_languages(cast, draft):
    listed = cast.client("lin").get("/api/v1/work").json()["scripts"]
    published = ScriptVersion.objects.filter(status="published")
    assert {row["sha256"] for row in listed} == set(published.values_list("sha256", flat=True))
    by_language = {
        language: {(row["scam_type"], row["audience"]) for row in listed if row["language"] == language}
        for language in ("zh-hans", "en")
    }
    assert by_language["zh-hans"] == by_language["en"]
    assert {"investment", "police_impersonation", "loan", "credit_record"} <= {kind for kind, _for in by_language["en"]}


def test_it_serves_every_hash_that_it_lists(cast, published):
    client = cast.client("wen")
    for row in client.get("/api/v1/work").json()["scripts"]:
        body = get(client, row["sha256"]).json()
        assert (body["scam_type"], body["audience"], body["language"]) == (
            row["scam_type"], row["audience"], row["language"]
        )  # fmt: skip


def test_it_asks_the_same_number_of_queries_for_every_script(cast, published, django_assert_num_queries):
    phone = Phone(cast, "lin")
    get(phone.client, published.sha256)
    with django_assert_num_queries(3):
        get(phone.client, published.sha256)
