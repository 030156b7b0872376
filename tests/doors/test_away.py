"""A database that takes nothing in, or is away, is 503 with Retry-After at every door, and nothing is lost by it."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.db.utils import OperationalError
from django.test import Client
from django.urls import reverse

from accounts.models import Person
from dissuasion.models import Alert
from tests.cast import SOURCE_KEY, alert
from tests.dissuasion.actions.field.phone import Phone

pytestmark = pytest.mark.django_db(transaction=True)
SOURCE = {"authorization": f"Bearer {SOURCE_KEY}"}
READ_ONLY = {
    "postgresql": ("SET default_transaction_read_only = on", "SET default_transaction_read_only = off"),
    "sqlite": ("PRAGMA query_only = on", "PRAGMA query_only = off"),
}


@contextmanager
def read_only() -> Iterator[None]:
    """Let the database take nothing in, as a standby does, or a file on a disk that was mounted again."""
    on, off = READ_ONLY[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(on)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(off)


def away(answer):
    assert answer.status_code == 503, (answer.status_code, answer.content)
    assert int(answer["Retry-After"]) > 0
    return answer


@pytest.fixture
def stranger():
    return Client(raise_request_exception=False)


def test_it_takes_no_alert_and_says_so(live_cast, stranger):
    with read_only():
        for path, body in (("", alert()), ("/batch", [alert()])):
            answer = away(stranger.post(f"/api/v1/alerts{path}", body, "application/json", headers=SOURCE))
            assert answer["content-type"] == "application/problem+json"
            assert answer.json()["code"] == "unavailable"
    assert not Alert.objects.exists()


def test_it_takes_no_acts_and_says_so(live_cast, stranger, send_alert):
    send_alert()
    phone = Phone(live_cast, "lin")
    document = phone.work()
    client = phone.client
    client.raise_request_exception = False
    body = {"uuid": "0198c1f0-0000-7000-8000-000000000001", "kind": "acknowledge", "assignment": phone.assignment,
            "happened_at": alert()["occurred_at"], "device": "d", "seq": 1}  # fmt: skip
    with read_only():
        assert away(client.post("/api/v1/acts", [body], "application/json")).json()["code"] == "unavailable"
        assert away(client.post("/api/v1/duty", {"on_duty": True}, "application/json")).json()["status"] == 503
        assert client.get("/api/v1/work").json() == document
    assert client.post("/api/v1/acts", [body], "application/json").json()["receipts"][0]["verdict"] == "applied"


def test_nobody_signs_in_and_everybody_is_told(live_cast, stranger, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    live_cast.lin.set_password("a-right-password-7")
    live_cast.lin.save()
    told = {"username": "lin", "password": "a-right-password-7"}
    with read_only():
        by_app = away(stranger.post("/_allauth/browser/v1/auth/login", told, "application/json"))
        assert by_app.json()["errors"][0]["code"] == "unavailable"
        form = {"login": "lin", "password": "a-right-password-7"}
        by_form = away(stranger.post("/accounts/login/", form, headers={"accept-language": "en"}))
        assert "What your phone has saved is safe" in by_form.content.decode()
        away(stranger.get("/_allauth/browser/v1/auth/webauthn/login"))  # keeps its question in a session
        away(stranger.post("/verify", {"number": "lin", "code": "123456"}))


def test_the_admin_says_so(live_cast):
    client = live_cast.client("sun")
    client.raise_request_exception = False
    with read_only():
        assert client.get("/admin/").status_code == 200
        away(client.post(reverse("admin:dissuasion_alertsource_issue_key", args=[live_cast.source.pk])))


def test_what_middlewares_ask_of_a_database_that_is_away_is_503_too(live_cast, monkeypatch):
    client = live_cast.client("sun")
    client.raise_request_exception = False

    def gone(*args, **kwargs):
        raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(type(Person.objects.all()), "_fetch_all", gone)
    monkeypatch.setattr(type(Person.objects.all()), "get", gone)
    for path in ("/admin/", "/start", "/api/v1/work", "/api/v1/board", "/accounts/login/"):
        away(client.get(path))


def test_a_fault_of_ours_stays_one(live_cast, monkeypatch):
    client = live_cast.client("lin")
    client.raise_request_exception = False

    def broken(*args, **kwargs):
        raise ZeroDivisionError

    monkeypatch.setattr("dissuasion.api.phone.work.work_tag", broken)
    assert client.get("/api/v1/work").status_code == 500
