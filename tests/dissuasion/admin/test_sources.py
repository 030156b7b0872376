"""Alert sources: a key is shown once and works, and a revoked one is a stranger."""

import pytest
from django.test import Client
from django.urls import reverse

from dissuasion.models import SourceKey
from tests.cast import SOURCE_KEY, alert
from tests.dissuasion.admin.conftest import form_of


def address(source):
    return reverse("admin:dissuasion_alertsource_change", args=[source.pk])


def send(key, external_id):
    return Client(headers={"authorization": f"Bearer {key}"}).post(
        "/api/v1/alerts", alert(external_id=external_id), "application/json"
    )


def issue(client, source):
    return client.post(reverse("admin:dissuasion_alertsource_issue_key", args=[source.pk]))


def test_looking_at_the_page_issues_nothing(cast, sun):
    page = sun.get(reverse("admin:dissuasion_alertsource_issue_key", args=[cast.source.pk]))
    assert page.status_code == 200
    assert SourceKey.objects.count() == 1


def test_a_new_key_is_shown_once_and_kept_nowhere(cast, sun):
    response = issue(sun, cast.source)
    key = response.context["key"]
    assert f'value="{key}"' in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    assert SourceKey.objects.filter(key_hash=SourceKey.digest(key)).exists()
    assert key not in sun.get(address(cast.source)).content.decode()
    assert key not in "".join(str(cookie) for cookie in sun.cookies.values())
    assert key not in str(dict(sun.session))


@pytest.mark.django_db(transaction=True)
def test_a_new_key_lets_alerts_in_beside_the_old_one(live_cast):
    key = issue(live_cast.client("sun"), live_cast.source).context["key"]
    assert send(key, "k-1").status_code == 201
    assert send(SOURCE_KEY, "k-2").status_code == 201


@pytest.mark.django_db(transaction=True)
def test_a_revoked_key_is_a_stranger(live_cast):
    sun = live_cast.client("sun")
    data = form_of(sun, address(live_cast.source)) | {"keys-0-revoke": "on"}
    assert sun.post(address(live_cast.source), data).status_code == 302
    assert send(SOURCE_KEY, "k-1").status_code == 401
    revoked = SourceKey.objects.get().revoked_at
    sun.post(address(live_cast.source), data)
    assert SourceKey.objects.get().revoked_at == revoked is not None


def test_the_hash_of_a_key_is_not_shown(cast, sun):
    assert SourceKey.objects.get().key_hash not in sun.get(address(cast.source)).content.decode()


def test_the_right_to_instruct_is_given_here_and_never_to_an_adviser(cast, sun):
    data = form_of(sun, address(cast.source)) | {"kind": "police", "instructs": "on"}
    assert sun.post(address(cast.source), data).status_code == 302
    cast.source.refresh_from_db()
    assert cast.source.instructs
    for kind in ("carrier", "commercial"):
        page = sun.post(address(cast.source), data | {"kind": kind})
        assert "A carrier or a company only advises." in page.content.decode()
    cast.source.refresh_from_db()
    assert cast.source.kind == "police"


def test_only_an_admin_issues_keys(cast):
    assert issue(cast.client("gu"), cast.source).status_code == 403
    assert SourceKey.objects.count() == 1


def test_a_source_is_silenced_and_never_deleted(cast, sun):
    assert (
        sun.post(reverse("admin:dissuasion_alertsource_delete", args=[cast.source.pk]), {"post": "y"}).status_code
        == 403
    )
