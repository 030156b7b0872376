"""Signing in: by the app's door and by the form, refused in words, locked after six wrong passwords."""

import os
import re
import subprocess
import sys

import pytest
import time_machine
from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.test import Client

from accounts.models import Person
from accounts.people import deactivate
from tests.accounts.conftest import DOOR, PASSWORD

pytestmark = pytest.mark.django_db
WORK = "/api/v1/work"


def errors(answer):
    return [error["code"] for error in answer.json()["errors"]]


def by_form(name, password=PASSWORD, language="en"):
    client = Client(headers={"accept-language": language})
    return client, client.post("/accounts/login/", {"login": name, "password": password})


def test_it_signs_in_by_the_apps_door(sign_in):
    client, answer = sign_in("lin")
    assert (answer.status_code, answer.json()["meta"]["is_authenticated"]) == (200, True)
    assert client.get(WORK).json()["person"]["name"] == "林警官"


def test_it_signs_in_by_the_form(passwords):
    client, answer = by_form("lin")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/start")
    assert client.get(WORK).status_code == 200


def test_it_keeps_the_cookie_from_scripts_and_other_sites(sign_in):
    cookie = sign_in("lin")[0].cookies[settings.SESSION_COOKIE_NAME]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 14 * 3600)


def test_it_takes_no_sign_in_from_another_page(passwords):
    client = Client(enforce_csrf_checks=True)
    body = {"username": "lin", "password": PASSWORD}
    assert client.post(f"{DOOR}/auth/login", body, "application/json").status_code == 403
    assert client.post("/accounts/login/", {"login": "lin", "password": PASSWORD}).status_code == 403
    assert client.get(WORK).status_code == 401


@pytest.mark.parametrize(("language", "words"), [("en", r"not correct"), ("zh-hans", r"[一-鿿]")])
def test_it_says_that_the_password_is_wrong(sign_in, language, words):
    client, answer = sign_in("lin", "wrong", language=language)
    assert (answer.status_code, errors(answer)) == (400, ["username_password_mismatch"])
    assert re.search(words, answer.json()["errors"][0]["message"])
    assert client.get(WORK).status_code == 401


@pytest.mark.parametrize(("language", "words"), [("en", r"password"), ("zh-hans", r"[一-鿿]")])
def test_it_says_so_on_the_form(passwords, language, words):
    client, answer = by_form("lin", "wrong", language)
    told = re.search(r'role="alert".*?</p>', answer.content.decode(), re.DOTALL)
    assert answer.status_code == 200
    assert told is not None
    assert re.search(words, told[0])
    assert client.get(WORK).status_code == 401


def test_it_answers_a_stranger_as_it_answers_a_wrong_password(sign_in):
    assert sign_in("nobody", "wrong")[1].content == sign_in("lin", "wrong")[1].content


@pytest.mark.parametrize(
    "body", ["", "[]", "null", "{", '{"username": 7}', '{"username": "lin\\u0000", "password": "x"}']
)
def test_it_stumbles_over_nothing(passwords, body):
    answer = Client().generic("POST", f"{DOOR}/auth/login", body, "application/json")
    assert answer.status_code == 400


def test_it_locks_a_person_after_six_wrong_passwords(sign_in):
    for _try in range(6):
        assert errors(sign_in("lin", "wrong")[1]) == ["username_password_mismatch"]
    client, answer = sign_in("lin")
    assert (answer.status_code, errors(answer)) == (400, ["too_many_login_attempts"])
    assert client.get(WORK).status_code == 401


def test_it_counts_where_every_process_counts_and_drops_nothing_for_made_up_names(sign_in):
    for _try in range(6):
        sign_in("lin", "wrong")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM doorstep_cache")
        assert cursor.fetchone()[0] > 0
    for number in range(400):
        caches["default"].set(f"made-up-{number}", 1)
    assert errors(sign_in("lin")[1]) == ["too_many_login_attempts"]


def test_it_does_not_lock_the_others_at_the_same_address(sign_in):
    for _try in range(7):
        sign_in("lin", "wrong")
    assert sign_in("mei")[1].status_code == 200


def test_it_locks_the_person_wherever_they_come_from(sign_in):
    for number in range(6):
        sign_in("lin", "wrong", address=f"10.9.0.{number}")
    assert errors(sign_in("lin", address="10.9.1.1")[1]) == ["too_many_login_attempts"]


def test_it_locks_both_doors_at_once(sign_in):
    for _try in range(6):
        sign_in("lin", "wrong")
    client, answer = by_form("lin")
    assert answer.status_code == 200
    assert client.get(WORK).status_code == 401


def test_it_locks_a_name_however_it_is_written(sign_in):
    for name in ("lin", "LIN", " lin", "Lin", "lin ", "lIn"):
        sign_in(name, "wrong")
    assert errors(sign_in("lin")[1]) == ["too_many_login_attempts"]


def test_it_opens_again_after_five_minutes(sign_in):
    with time_machine.travel("2026-03-04T09:00:00+08:00", tick=False) as clock:
        for _try in range(6):
            sign_in("lin", "wrong")
        clock.shift(299)
        assert sign_in("lin")[1].status_code == 400
        clock.shift(302)
        assert sign_in("lin")[1].status_code == 200


def test_it_has_no_door_for_signing_up(passwords):
    new = {"username": "new", "password": PASSWORD, "password1": PASSWORD, "password2": PASSWORD}
    assert Client().post(f"{DOOR}/auth/signup", new, "application/json").status_code == 404
    assert Client().post("/accounts/signup/", new).status_code == 404
    assert not Person.objects.filter(username="new").exists()


def test_it_lets_nobody_in_who_was_deactivated(sign_in, passwords):
    deactivate(passwords.lin)
    client, answer = sign_in("lin")
    assert answer.status_code in (400, 401, 403)
    assert client.get(WORK).status_code == 401
    assert by_form("lin")[0].get(WORK).status_code == 401


TYPED = ["ｌｉｎ", " lin\u200b", "l\u00adin", "\ufefflin", "\u2066lin\u2069", "li\u2060n ", "lin\u3000"]


@pytest.mark.parametrize("number", TYPED)
def test_it_reads_a_staff_number_however_it_was_typed(sign_in, number):
    assert sign_in(number)[1].status_code == 200
    client, answer = by_form(number)
    assert answer.status_code == 302
    assert client.get(WORK).status_code == 200


def test_it_counts_every_way_of_typing_a_number_together(sign_in):
    said = [errors(sign_in(number, "wrong")[1]) for number in TYPED]
    assert said[:6] == [["username_password_mismatch"]] * 6
    assert said[6] == ["too_many_login_attempts"]


def test_a_number_that_is_kept_in_full_width_still_opens(sign_in, passwords):
    Person.objects.filter(username="lin").update(username="ｌｉｎ")
    assert sign_in("ｌｉｎ")[1].status_code == 200


NEIGHBOUR = {"csrftoken": "n" * 32, "sessionid": "s" * 32, "django_language": "xx", "device": "theirs"}


def test_a_neighbours_cookies_hide_none_of_ours(sign_in):
    client = Client(enforce_csrf_checks=True)
    client.cookies.load(NEIGHBOUR)
    assert sign_in("lin", by=client)[1].status_code == 200
    headers = {"x-csrftoken": client.cookies[settings.CSRF_COOKIE_NAME].value}
    assert client.post("/api/v1/duty", {"on_duty": True}, "application/json", headers=headers).status_code == 200


def test_a_token_that_did_not_arrive_is_said_as_that(sign_in):
    client, _answer = sign_in("lin")
    api = client.post("/api/v1/duty", {"on_duty": True}, "application/json")
    assert (api.status_code, api.json()["code"]) == (403, "csrf")
    door = client.post(f"{DOOR}/auth/login", {}, "application/json")
    assert (door.status_code, errors(door)) == (403, ["csrf"])
    page = client.post("/accounts/login/", {})
    assert (page.status_code, page.headers["Content-Type"][:9]) == (403, "text/html")


def test_an_app_of_before_can_sign_in_until_it_has_loaded_the_newer_one(passwords):
    client = Client(enforce_csrf_checks=True)
    client.cookies["csrftoken"] = "o" * 32
    said = {"content_type": "application/json", "headers": {"x-csrftoken": "o" * 32}}
    answer = client.post(f"{DOOR}/auth/login", {"username": "lin", "password": PASSWORD}, **said)
    assert answer.status_code == 200
    assert client.post("/api/v1/duty", {"on_duty": True}, **said).status_code == 200
    forged = {"content_type": "application/json", "headers": {"x-csrftoken": "p" * 32}}
    assert client.post("/api/v1/duty", {"on_duty": True}, **forged).status_code == 403


def test_over_https_no_neighbour_can_set_a_cookie_of_ours():
    names = "s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE"
    code = f"from django.conf import settings as s; print({names})"
    told = subprocess.run(
        [sys.executable, "manage.py", "shell", "-v0", "-c", code],
        cwd=settings.ROOT, env=os.environ | {"HTTPS": "1"}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert told.stdout.split() == ["__Host-doorstep-session", "__Host-doorstep-csrf", "True"]
