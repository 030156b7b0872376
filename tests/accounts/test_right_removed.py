"""401 says why: a right that was taken away is told by its own code, for as long as the browser asks."""

import pytest
from django.conf import settings
from django.test import Client

from accounts import known_devices
from accounts.models import Person
from accounts.people import deactivate, end_everything
from accounts.sign_in import person_of_session
from tests.accounts.conftest import DOOR

pytestmark = pytest.mark.django_db
WORK = "/api/v1/work"
ENDS = [deactivate, end_everything]


def told(client, person=None):
    answer = client.get(WORK, headers={"x-person": str(person.pk)} if person else {})
    return answer.status_code, answer.json()["code"]


@pytest.fixture
def phone(sign_in):
    return sign_in("lin")[0]


@pytest.mark.parametrize("end", ENDS)
def test_it_is_told_at_once_and_again(phone, passwords, end):
    end(passwords.lin)
    assert told(phone, passwords.lin) == (401, "right_removed")
    assert told(phone, passwords.lin) == (401, "right_removed")


@pytest.mark.parametrize("end", ENDS)
def test_the_session_alone_says_it_too(passwords, end):
    client = passwords.client("lin")
    end(passwords.lin)
    assert told(client) == (401, "right_removed")


@pytest.mark.parametrize("end", ENDS)
def test_it_is_told_when_the_session_is_long_gone(phone, passwords, end):
    end(passwords.lin)
    phone.cookies.pop(settings.SESSION_COOKIE_NAME)
    assert told(phone, passwords.lin) == (401, "right_removed")


@pytest.mark.parametrize("end", ENDS)
def test_a_socket_that_looked_first_takes_no_answer_away(passwords, end):
    client = passwords.client("lin")
    end(passwords.lin)
    assert person_of_session(client.cookies[settings.SESSION_COOKIE_NAME].value) is None
    assert told(client) == (401, "right_removed")


def test_every_door_says_it(phone, passwords):
    deactivate(passwords.lin)
    for answer in (
        phone.post("/api/v1/acts", {"acts": []}, "application/json"),
        phone.get("/api/v1/card"),
        phone.get("/api/v1/duty"),
        phone.get("/api/v1/handover/key?device=x"),
        phone.post("/api/v1/device", {}, "application/json"),
    ):
        assert (answer.status_code, answer.json()["code"]) == (401, "right_removed")
        assert answer.headers["WWW-Authenticate"] == "Session"


def test_signing_out_is_no_removed_right(phone, passwords):
    headers = {"x-csrftoken": phone.cookies[settings.CSRF_COOKIE_NAME].value}
    phone.delete(f"{DOOR}/auth/session", headers=headers)
    assert told(phone, passwords.lin) == (401, "not_authenticated")


def test_an_own_new_password_elsewhere_is_no_removed_right(phone, passwords):
    passwords.lin.set_password("another-long-one-8")
    passwords.lin.save(update_fields=["password"])
    assert told(phone, passwords.lin) == (401, "not_authenticated")


def test_a_session_that_ran_out_is_no_removed_right(phone, passwords):
    phone.cookies.pop(settings.SESSION_COOKIE_NAME)
    assert told(phone, passwords.lin) == (401, "not_authenticated")


@pytest.mark.parametrize("cookie", ["", "x", "A" * 22 + "." + "0" * 32])
def test_a_stranger_learns_nothing_by_naming_somebody(phone, passwords, cookie):
    deactivate(passwords.lin)
    stranger = Client()
    stranger.cookies[known_devices.COOKIE] = cookie
    assert told(stranger, passwords.lin) == (401, "not_authenticated")
    assert stranger.get(WORK, headers={"x-person": "no id"}).json()["code"] == "not_authenticated"


def test_of_a_shared_phone_only_the_one_is_told(phone, passwords, sign_in):
    sign_in("mei", by=phone)
    deactivate(passwords.lin)
    assert phone.get(WORK).status_code == 200
    assert told(phone, passwords.lin) == (403, "another_person")
    phone.cookies.pop(settings.SESSION_COOKIE_NAME)
    assert told(phone, passwords.lin) == (401, "right_removed")
    assert told(phone, passwords.mei) == (401, "not_authenticated")


def test_it_is_over_when_the_person_signs_in_anew(phone, passwords, sign_in):
    deactivate(passwords.lin)
    Person.objects.filter(pk=passwords.lin.pk).update(is_active=True)
    assert told(phone, passwords.lin) == (401, "right_removed")
    assert sign_in("lin", by=phone)[1].status_code == 200
    assert phone.get(WORK, headers={"x-person": str(passwords.lin.pk)}).status_code == 200
    phone.cookies.pop(settings.SESSION_COOKIE_NAME)
    assert told(phone, passwords.lin) == (401, "not_authenticated")


def test_it_is_said_in_words(sign_in, passwords):
    for language, said in (("en", "taken away"), ("zh-hans", "收回")):
        client = sign_in("lin", language=language)[0]
        end_everything(passwords.lin)
        assert said in client.get(WORK).json()["detail"]
