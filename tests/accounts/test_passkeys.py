"""A passkey as a way in: made by who has just proved who they are, used without a password, taken away again."""

import pytest
import time_machine
from django.conf import settings
from django.test import Client

from accounts.people import deactivate
from tests.accounts.authenticator import Authenticator
from tests.accounts.conftest import DOOR, PASSWORD

pytestmark = pytest.mark.django_db
KEYS, LOGIN, WORK = f"{DOOR}/account/authenticators/webauthn", f"{DOOR}/auth/webauthn/login", "/api/v1/work"


def send(client, method, path, body=None):
    token = client.cookies.get(settings.CSRF_COOKIE_NAME)
    headers = {"x-csrftoken": token.value} if token else {}
    return getattr(client, method)(path, body, "application/json", headers=headers)


def make(client, key):
    options = client.get(f"{KEYS}?passwordless").json()["data"]["creation_options"]
    return send(client, "post", KEYS, {"name": "phone", "credential": key.makes(options)})


def sign_in_by(key, **how):
    client = Client(headers={"accept-language": "en"})
    options = client.get(LOGIN).json()["data"]["request_options"]
    return client, send(client, "post", LOGIN, {"credential": key.signs(options, **how)})


def says_again(client, password=PASSWORD):
    return send(client, "post", f"{DOOR}/auth/reauthenticate", {"password": password})


@pytest.fixture
def lin(sign_in):
    """Lin's phone; Lin has just said the password once more."""
    client = sign_in("lin")[0]
    assert says_again(client).status_code == 200
    return client


@pytest.fixture
def key(lin):
    made = Authenticator()
    answer = make(lin, made)
    assert answer.status_code == 200, answer.content
    return made


def test_it_opens_the_door(key):
    client, answer = sign_in_by(key)
    assert (answer.status_code, answer.json()["meta"]["is_authenticated"]) == (200, True)
    assert client.get(WORK).json()["person"]["name"] == "林警官"


def test_it_asks_for_finger_face_or_pin(lin):
    asked = lin.get(f"{KEYS}?passwordless").json()["data"]["creation_options"]["publicKey"]
    assert asked["authenticatorSelection"]["userVerification"] == "required"
    assert asked["authenticatorSelection"]["residentKey"] == "required"
    assert asked["rp"]["id"] == "testserver"


def test_the_password_alone_still_opens(key, sign_in):
    client, answer = sign_in("lin")
    assert answer.status_code == 200
    assert client.get(WORK).status_code == 200


def test_it_is_worth_one_sign_in(key):
    client = Client()
    options = client.get(LOGIN).json()["data"]["request_options"]
    signed = {"credential": key.signs(options)}
    assert send(client, "post", LOGIN, signed).status_code == 200
    assert send(Client(), "post", LOGIN, signed).status_code == 400


def test_a_strange_key_opens_nothing(key):
    stranger = Authenticator()
    stranger.user = key.user
    client, answer = sign_in_by(stranger)
    assert answer.status_code == 400
    assert client.get(WORK).status_code == 401


def test_it_opens_nothing_for_who_was_deactivated(key, passwords):
    deactivate(passwords.lin)
    client, answer = sign_in_by(key)
    assert answer.status_code in (400, 401, 403)
    assert client.get(WORK).status_code == 401


def test_it_wants_to_know_again_who_is_there(passwords, sign_in):
    with time_machine.travel("2026-03-04T09:00:00+08:00", tick=False) as clock:
        client = sign_in("lin")[0]
        assert client.get(f"{KEYS}?passwordless").status_code == 401
        assert says_again(client, "wrong").status_code == 400
        assert says_again(client).status_code == 200
        assert make(client, Authenticator()).status_code == 200
        clock.shift(301)
        assert client.get(f"{KEYS}?passwordless").status_code == 401


def test_it_says_again_who_is_there(key, lin):
    path = f"{DOOR}/auth/webauthn/reauthenticate"
    options = lin.get(path).json()["data"]["request_options"]
    assert send(lin, "post", path, {"credential": key.signs(options)}).status_code == 200


def test_it_is_listed_and_taken_away(key, lin):
    (row,) = lin.get(f"{DOOR}/account/authenticators").json()["data"]
    assert (row["type"], row["name"]) == ("webauthn", "phone")
    assert send(lin, "delete", KEYS, {"authenticators": [row["id"]]}).status_code == 200
    assert sign_in_by(key)[1].status_code == 400


def test_another_person_neither_sees_nor_removes_it(key, lin, sign_in):
    mei = sign_in("mei")[0]
    (row,) = lin.get(f"{DOOR}/account/authenticators").json()["data"]
    assert mei.get(f"{DOOR}/account/authenticators").json()["data"] == []
    assert send(mei, "delete", KEYS, {"authenticators": [row["id"]]}).status_code == 400
    assert sign_in_by(key)[1].status_code == 200


@pytest.mark.parametrize(
    "place", ["id", "rawId", "response", "clientDataJSON", "authenticatorData", "signature", "userHandle"]
)
def test_it_refuses_whatever_was_altered(key, place):
    client = Client()
    for value in (None, 7, "", "x", "é", "AAAA", [], {}, "\x00", "A" * 9000):
        signed = key.signs(client.get(LOGIN).json()["data"]["request_options"])
        (signed if place in signed else signed["response"])[place] = value
        assert send(client, "post", LOGIN, {"credential": signed}).status_code == 400, value
    assert client.get(WORK).status_code == 401


def test_it_refuses_a_key_that_is_none(lin):
    key = Authenticator()
    made = key.makes(lin.get(f"{KEYS}?passwordless").json()["data"]["creation_options"])
    for place in ("clientDataJSON", "attestationObject"):
        odd = made | {"response": made["response"] | {place: "AAAA"}}
        assert send(lin, "post", KEYS, {"name": "phone", "credential": odd}).status_code == 400


@pytest.mark.parametrize("body", [{}, [], None, {"credential": None}, {"credential": {}}, {"credential": "x"},
                                  {"credential": {"id": "x", "response": {}}}])  # fmt: skip
def test_it_stumbles_over_nothing(key, body):
    client = Client()
    client.get(LOGIN)
    assert send(client, "post", LOGIN, body).status_code == 400


@pytest.mark.parametrize(
    "door", ["auth/2fa/authenticate", "auth/webauthn/signup", "account/authenticators/totp", "account/email",
             "account/authenticators/recovery-codes", "auth/password/request", "auth/code/request"],
)  # fmt: skip
def test_the_other_doors_stay_shut(lin, door):
    assert send(lin, "post", f"{DOOR}/{door}", {}).status_code == 404
