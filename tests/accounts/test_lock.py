"""The lock on wrong passwords: by person, whatever a request says of itself, and by phone where it is known."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from accounts import known_devices
from accounts.people import deactivate, end_everything
from tests.accounts.conftest import DOOR, PASSWORD

pytestmark = pytest.mark.django_db
LOCKED, WRONG = "too_many_login_attempts", "username_password_mismatch"


def code(answer):
    return None if answer.status_code == 200 else answer.json()["errors"][0]["code"]


def guess(sign_in, name="lin", **how):
    return code(sign_in(name, "wrong", **how)[1])


def use_up(sign_in, name="lin"):
    """Let somebody who knows a staff number use up its tries."""
    assert [guess(sign_in, name) for _try in range(6)] == [WRONG] * 6
    assert code(sign_in(name)[1]) == LOCKED


@pytest.fixture
def phone(sign_in):
    """Lin's phone: Lin was signed in on it before."""
    client, answer = sign_in("lin")
    assert answer.status_code == 200
    return client


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("host", "testserver:{}"), ("host", "TestServer:{}"), ("x-forwarded-host", "h{}.example"),
        ("x-forwarded-for", "10.1.1.{}"), ("x-real-ip", "10.1.1.{}"), ("forwarded", "for=10.1.1.{}"),
        ("user-agent", "browser/{}"), ("accept-language", "x-{}"), ("origin", ""),
    ],
)  # fmt: skip
def test_it_locks_whatever_the_request_says_of_itself(sign_in, header, value):
    said = [guess(sign_in, says={header: value.format(number)} if value else {}) for number in range(1, 10)]
    assert said == [WRONG] * 6 + [LOCKED] * 3
    assert code(sign_in("lin")[1]) == LOCKED


def test_it_counts_both_doors_and_the_second_question_together(sign_in, phone):
    for _try in range(3):
        guess(sign_in)
        Client().post(reverse("account_login"), {"login": "lin", "password": "wrong"}, headers={"host": "localhost:9"})
    assert code(sign_in("lin")[1]) == LOCKED


def test_a_known_phone_is_let_through_while_somebody_guesses(sign_in, phone):
    use_up(sign_in)
    assert code(sign_in("lin", by=phone)[1]) is None
    use_up_again = [guess(sign_in) for _try in range(3)]
    assert use_up_again == [LOCKED] * 3


def test_a_known_phone_has_six_tries_of_its_own(sign_in, phone):
    assert [guess(sign_in, by=phone) for _try in range(7)] == [WRONG] * 6 + [LOCKED]
    assert code(sign_in("lin", by=phone)[1]) == LOCKED
    assert code(sign_in("lin")[1]) is None  # and uses up nobody else's


def test_a_known_phone_goes_by_no_ceiling_of_its_address(sign_in, phone, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login_failed": "3/m/ip,6/5m/key"}
    assert [guess(sign_in, f"nobody-{number}") for number in range(4)] == [WRONG] * 3 + [LOCKED]
    assert code(sign_in("mei")[1]) == LOCKED
    assert code(sign_in("lin", by=phone)[1]) is None


def test_a_phone_is_known_for_its_own_people_only(sign_in, phone):
    use_up(sign_in, "mei")
    assert code(sign_in("mei", by=phone)[1]) == LOCKED


def test_a_shared_phone_is_known_for_all_who_share_it(sign_in, phone):
    sign_in("mei", by=phone)
    for name in ("lin", "mei"):
        use_up(sign_in, name)
        assert code(sign_in(name, by=phone)[1]) is None


@pytest.mark.parametrize("end", [end_everything, deactivate])
def test_a_phone_is_known_no_more_when_everything_has_ended(sign_in, phone, passwords, end):
    end(passwords.lin)
    type(passwords.lin).objects.filter(pk=passwords.lin.pk).update(is_active=True)
    use_up(sign_in)
    assert code(sign_in("lin", by=phone)[1]) == LOCKED


def test_nobody_makes_the_proof_themselves(sign_in, phone, passwords):
    ours = phone.cookies[known_devices.COOKIE].value
    name, proof = ours.split(".")
    mine = sign_in("mei")[0].cookies[known_devices.COOKIE].value
    use_up(sign_in)
    for forged in (f"{name}.{'0' * 32}", f"{'A' * 22}.{proof}", mine, f"{name}.{proof}x", f"{name}.", "é", "." * 99):
        stranger = sign_in("nobody")[0]
        stranger.cookies[known_devices.COOKIE] = forged
        assert code(sign_in("lin", by=stranger)[1]) == LOCKED, forged


def test_the_cookie_is_for_the_server_alone(sign_in, phone, settings):
    cookie = phone.cookies[known_devices.COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    assert "lin" not in cookie.value
    settings.SESSION_COOKIE_SECURE = True
    assert sign_in("lin")[0].cookies[known_devices.COOKIE]["secure"]


def test_a_wrong_password_makes_no_phone_known(sign_in):
    assert known_devices.COOKIE not in sign_in("lin", "wrong")[0].cookies


def test_a_phone_keeps_ten_people_and_its_name(sign_in, phone, passwords):
    before = phone.cookies[known_devices.COOKIE].value
    again = sign_in("lin", by=phone)[0].cookies[known_devices.COOKIE].value
    assert again == before
    browser = known_devices.Browser("x" * 22)
    for number in range(12):
        browser = browser.with_person(type(passwords.lin)(username=str(number)))
    assert len(browser.proofs) == 10


def test_it_says_again_who_is_there_by_the_count_of_the_phone(sign_in, phone):
    use_up(sign_in)
    headers = {"x-csrftoken": phone.cookies[settings.CSRF_COOKIE_NAME].value}
    body = {"password": PASSWORD}
    answer = phone.post(f"{DOOR}/auth/reauthenticate", body, "application/json", headers=headers)
    assert answer.status_code == 200
