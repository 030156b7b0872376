"""The few pages that the server draws, and what the browser may do on them."""

import html
import re

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from config.urls import urlpatterns
from tests.browser.support.words import word
from tests.cast import Cast

STRICT = {
    "default-src": "'none'", "script-src": "'self'", "style-src": "'self'", "require-trusted-types-for": "'script'",
    "frame-ancestors": "'none'", "base-uri": "'none'", "form-action": "'self'",
}  # fmt: skip


def policy(response):
    parts = (part.strip().partition(" ") for part in response["Content-Security-Policy"].split(";"))
    return {name: value for name, _space, value in parts}


@pytest.fixture
def sun(cast: Cast) -> Client:
    """The admin's browser."""
    return cast.client("sun")


@pytest.fixture
def lin(cast: Cast) -> Cast:
    """The cast, with a password for Lin."""
    cache.clear()
    cast.lin.set_password("a-long-one-for-lin")
    cast.lin.save()
    return cast


def sign_in(password, client=None, language="en"):
    client = client or Client(headers={"accept-language": language})
    return client.post("/accounts/login/", {"login": "lin", "password": password})


ADDRESSES = ["/start", "/accounts/login/", "/accounts/logout/", "/accounts/password/change/", "/nothing/"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_strict_policy_stands_everywhere(cast, address):
    for client in (Client(), cast.client("lin")):
        found = policy(client.get(address))
        assert {name: found[name] for name in STRICT} == STRICT


@pytest.mark.parametrize("address", ["/start", "/admin/", "/admin/accounts/person/"])
def test_no_browser_keeps_a_page_that_names_people(sun, address):
    page = sun.get(address)
    assert (page.status_code, "no-store" in page["Cache-Control"]) == (200, True)


def test_the_admin_gets_the_little_more_that_it_needs(cast, sun):
    found = policy(sun.get("/admin/"))
    more = {"script-src": "'self' 'unsafe-eval'", "style-src-attr": "'unsafe-inline'"}
    expected = {name: value for name, value in STRICT.items() if name != "require-trusted-types-for"} | more
    assert {name: found[name] for name in expected} == expected
    assert "require-trusted-types-for" not in found


def test_a_refusal_under_the_admin_stays_strict(cast, sun):
    assert policy(cast.client("lin").get("/admin/"))["script-src"] == "'self'"
    assert policy(sun.get("/admin/nothing/"))["script-src"] == "'self'"
    assert policy(Client().get("/admin/"))["script-src"] == "'self'"


@pytest.mark.parametrize("address", [*ADDRESSES, "/admin/"])
def test_no_page_has_a_script_or_style_of_its_own(cast, address):
    for client in (Client(), cast.client("lin")):
        page = client.get(address, follow=True).content.decode()
        assert not re.search(r"<script|<style|\sstyle=|\son[a-z]+=|javascript:", page), address


def test_the_admin_writes_no_style_sheet_into_a_page(sun):
    for address in ("/admin/", reverse("admin:accounts_person_changelist"), reverse("admin:accounts_person_add")):
        assert "<style" not in sun.get(address).content.decode()


def test_sign_in_leads_to_the_start_page(lin):
    answer = sign_in("a-long-one-for-lin")
    assert (answer.status_code, answer["Location"]) == (302, "/start")


def test_a_wrong_password_gets_a_sentence(lin):
    page = sign_in("wrong").content.decode()
    assert 'value="lin"' in page
    assert 'role="alert"' in page


# What the page says, by what is typed: each sentence is the app's own.
SAYS = {
    "signin.refused": ("lin", "wrong"),
    "need.number": ("", "a-long-one-for-lin"),
    "need.password": ("lin", ""),
    "signin.too_many": ("lin", "wrong"),
}


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_sign_in_speaks_as_the_app_does(lin, language):
    client = Client(headers={"accept-language": language})
    first = said(client.get("/accounts/login/"))
    for key in ("title", "number", "password", "go", "forgot"):
        assert word(f"sign-in:{key}", language) in first
    assert word("core:app.name", language) in first
    for key, (number, password) in SAYS.items():
        for _try in range(6 if key == "signin.too_many" else 1):
            page = client.post("/accounts/login/", {"login": number, "password": password})
        assert word(f"sign-in:{key}", language) in said(page), key


def said(answer):
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


def test_too_many_wrong_passwords_lock_with_a_sentence(lin):
    for _try in range(6):
        sign_in("wrong")
    page = sign_in("a-long-one-for-lin").content.decode()
    assert "Too many tries" in page


def test_the_start_page_says_who_and_what(cast):
    lin = cast.client("lin").get("/start").content.decode()
    assert "林警官" in lin
    assert "Community officer" in lin
    assert "On duty until" in lin
    assert "/admin/" not in lin
    assert "/api/v1/board" not in lin
    assert '<li><a href="/">' in lin
    gu = cast.client("gu").get("/start").content.decode()
    assert "/api/v1/board" in gu
    assert "/api/v1/figures" in gu
    assert "On duty until" not in gu
    assert "/admin/" in cast.client("sun").get("/start").content.decode()


def test_the_language_can_be_switched(cast):
    client = cast.client("lin")
    assert 'lang="en"' in client.get("/start").content.decode()
    client.post("/i18n/setlang/", {"language": "zh-hans", "next": "/start"})
    assert '<html lang="zh-hans"' in client.get("/start").content.decode()


def test_signing_out_asks_and_hangs_up(cast):
    client = cast.client("lin")
    assert "will not ring on this device" in client.get("/accounts/logout/").content.decode()
    client.post("/accounts/logout/")
    assert client.get("/start")["Location"].startswith("/accounts/login/")
    cast.lin.refresh_from_db()
    assert cast.lin.auth_epoch == 2


@pytest.mark.parametrize(("name", "status"), [("lin", 403), ("sun", 404)])
def test_refusals_are_pages_of_ours(cast, name, status):
    response = cast.client(name).get("/admin/nothing/")
    assert response.status_code == status
    assert 'class="door"' in response.content.decode()


def test_a_stale_form_is_told_so(cast):
    client = Client(enforce_csrf_checks=True, headers={"accept-language": "en"})
    response = client.post("/accounts/login/", {"login": "lin", "password": "x"})
    assert response.status_code == 403
    assert "This page was open too long" in response.content.decode()


def _breaks(request):
    raise RuntimeError("canary-in-the-error")


def test_an_error_shows_a_page_without_its_cause(cast, monkeypatch):
    front = next(route for route in urlpatterns if getattr(route, "name", "") == "front")
    monkeypatch.setattr(front, "callback", _breaks)
    client = cast.client("lin")
    client.raise_request_exception = False
    response = client.get("/start")
    assert response.status_code == 500
    assert "Something broke here" in response.content.decode()
    assert "canary-in-the-error" not in response.content.decode()


def test_the_form_of_a_new_password_leads_to_no_closed_door(lin):
    page = lin.client("lin").get("/accounts/password/change/").content.decode()
    assert 'name="oldpassword"' in page
    assert "/accounts/password/reset/" not in page


def test_a_doubted_person_gives_the_password_once_more(lin):
    page = lin.client("lin").get("/accounts/reauthenticate/").content.decode()
    assert "Your password, once more" in page
