"""Source keys: only their hashes are kept, and a revoked key or a silenced source is a stranger."""

import pytest
from django.test import Client
from django.utils import timezone

from dissuasion.models import Alert, AlertSource, SourceKey
from tests.cast import SOURCE_KEY, alert
from tests.dissuasion.actions.intake.conftest import BATCH, ONE

pytestmark = pytest.mark.django_db


def test_it_keeps_only_the_hash(door):
    made = SourceKey.issue(door)
    kept = SourceKey.objects.latest("pk")
    assert len(made) >= 43
    assert made not in str(vars(kept))
    assert (kept.prefix, kept.key_hash) == (made[:8], SourceKey.digest(made))


def test_it_lets_every_living_key_in(door, post):
    second, body = SourceKey.issue(door), alert()
    assert post(body).status_code == 201
    assert post(body, authorization=f"Bearer {second}").status_code == 200
    assert post(body, authorization=f"bearer   {second}  ").status_code == 200


@pytest.mark.parametrize("path", [ONE, BATCH])
@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("", "not_authenticated"),
        ("Bearer", "not_authenticated"),
        ("Bearer  ", "not_authenticated"),
        (f"Basic {SOURCE_KEY}", "not_authenticated"),
        (SOURCE_KEY, "not_authenticated"),
        ("Bearer wrong", "bad_source_key"),
        (f"Bearer {SOURCE_KEY}x", "bad_source_key"),
        (f"Bearer {SOURCE_KEY.upper()}", "bad_source_key"),
        ("Bearer \xff\xfe\x00", "bad_source_key"),
        ("Bearer " + "k" * 10_000, "bad_source_key"),
    ],
)
def test_it_lets_no_stranger_in(door, post, path, header, code):
    answer = post(alert(), path, authorization=header)
    assert (answer.status_code, answer["content-type"]) == (401, "application/problem+json")
    assert (answer.json()["code"], answer["www-authenticate"]) == (code, "Bearer")
    assert not Alert.objects.exists()


def test_it_is_over_at_once_for_a_revoked_key(door, post):
    second = SourceKey.issue(door)
    SourceKey.objects.filter(prefix=SOURCE_KEY[:8]).update(revoked_at=timezone.now())
    assert (post(alert()).status_code, post(alert()).json()["code"]) == (401, "bad_source_key")
    assert post(alert(), authorization=f"Bearer {second}").status_code == 201


def test_it_is_over_at_once_for_a_silenced_source(door, post):
    AlertSource.objects.update(is_active=False)
    assert post(alert()).status_code == 401


@pytest.mark.parametrize("name", ["lin", "gu", "sun"])
def test_it_is_no_door_for_people(cast, name):
    answer = cast.client(name).post(ONE, alert(), "application/json")
    assert answer.status_code == 401


@pytest.mark.parametrize("path", ["/api/v1/work", "/api/v1/board", "/api/v1/figures"])
def test_it_opens_no_other_door(cast, path):
    answer = Client(headers={"authorization": f"Bearer {SOURCE_KEY}"}).get(path)
    assert answer.status_code == 401
