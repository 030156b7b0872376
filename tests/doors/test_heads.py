"""A head that can't be read is 400 or no session, at our own doors and at the libraries': never a stumble."""

import json

import pytest
from django.conf import settings

from tests.cast import alert
from tests.doors.conftest import SOURCE, kinds_of, signed_in

pytestmark = pytest.mark.django_db(transaction=True)
JSON = ("Content-Type", "application/json")
LOGIN = "/_allauth/browser/v1/auth/login"
PAGES = ("/", "/start", "/verify", "/accounts/login/", "/admin/", "/api/v1/work", "/_allauth/browser/v1/auth/session")
# What a browser may hold beside ours, and what somebody may make of ours.
VALUES = (
    '="\\000aaaaaaaaaaa"', '="a\\000"', "=%00", "=" + "a" * 5000, "=\xff\xfe", '="' + "\\377" * 8 + '"', "=" + "A" * 32,
    "",
)  # fmt: skip
NO_SESSIONS = tuple(settings.SESSION_COOKIE_NAME + value for value in VALUES)


@pytest.mark.parametrize("cookie", NO_SESSIONS)
def test_a_cookie_that_holds_no_key_is_no_session(knock, cookie):
    for page in PAGES:
        assert knock("GET", page, ("Cookie", cookie)).status in (200, 302, 401), page


@pytest.mark.parametrize(
    "host", ["evil.example", "a b", "localhost:x", "[::1", "localhost\xff", "", "localhost,evil", "@"]
)
def test_a_host_that_is_none_of_ours_is_refused_in_a_line(knock, host):
    for page in (*PAGES, "/up", "/api/schema"):
        answer = knock("GET", page, ("Host", host))
        assert answer.status == 400, page
        assert b"Traceback" not in answer.body
    assert kinds_of(knock("GET", "/api/v1/work", ("Host", host))) == (400, "bad_host")


def test_development_shows_no_traceback_for_it_either(knock, settings):
    settings.DEBUG = True
    for page in PAGES:
        assert len(knock("GET", page, ("Host", "evil.example")).body) < 500, page


@pytest.mark.parametrize("target", ["/?a=%00", "/verify?number=%00", "/api/v1/board?unit=%00", "/admin/?q=%00", "/%00",
                                    "/api/v1/scripts/%00", "/static/%00"])  # fmt: skip
def test_an_address_with_a_nul_is_refused(knock, target):
    assert knock("GET", target).status == 400


def test_a_form_that_its_parser_stumbles_over_is_refused(knock, settings):
    kind = ("Content-Type", "multipart/form-data; boundary=x")
    part = b"--x\r\nContent-Disposition: form-data; name=\"a\"; filename*=no'en'%ff\r\n\r\na\r\n--x--\r\n"
    many = b"&".join(b"a=1" for _number in range(1100))
    for settings.DEBUG in (False, True):
        for door in ("/verify", "/accounts/login/", "/i18n/setlang/", "/admin/"):
            assert knock("POST", door, kind, body=part).status in (200, 302, 400, 403), door
            form = ("Content-Type", "application/x-www-form-urlencoded")
            assert knock("POST", door, form, body=many).status == 400, door
            assert knock("GET", f"{door}?{many.decode()}").status == 400, door


def test_a_query_that_is_no_utf8_is_refused_or_read(knock):
    assert knock("GET", "/verify?number=\xff").status == 400
    assert knock("GET", "/verify?number=%ff%ed%a0%bd").status == 200


@pytest.mark.parametrize(
    "kind", ["application/json; charset*=nothing'en'%ff", "multipart/form-data; boundary*=x'y'%ff"]
)
def test_a_content_type_that_nobody_can_read_is_refused(knock, kind):
    for door in ("/api/v1/alerts", LOGIN, "/accounts/login/", "/verify"):
        answer = knock("POST", door, SOURCE, ("Content-Type", kind), body=json.dumps(alert()).encode())
        assert answer.status in (400, 415), door


@pytest.mark.parametrize("debug", [True, False])
@pytest.mark.parametrize(
    "body", [b'{"username":"\\ud83d","password":"x"}', b'{"username":"\\u0000","password":"x"}', b"[" * 100_000,
             b'{"username":' + b"[" * 900 + b"]" * 900 + b"}", b'{"username":' + b"9" * 5000 + b',"password":"x"}',
             b'{"username":NaN}', b'{"username":"a","username":"b"}', b"\xff", b"[]", b'{"\\ud83d": 1}'],
)  # fmt: skip
def test_the_librarys_doors_refuse_what_can_not_be_read(knock, live_cast, settings, body, debug):
    settings.DEBUG = debug
    person = signed_in(live_cast.client("lin"))
    for door in ("auth/login", "auth/reauthenticate", "account/password/change", "auth/webauthn/login"):
        answer = knock("POST", f"/_allauth/browser/v1/{door}", *person, JSON, body=body)
        assert answer.status == 400, door
        assert answer.json()["errors"], door


@pytest.mark.parametrize(
    "lengths", [["5", "6"], ["5", "5"], ["5, 5"], [""], ["+5"], ["1_0"], ["-1"], ["9" * 40], ["x"]]
)
def test_a_length_that_is_none_is_refused_in_a_line(knock, lengths):
    """Seen elsewhere: a doubled length came as "5, 5" and was an error in Django's reader of bodies."""
    for path in ("/api/v1/alerts", LOGIN, "/accounts/login/"):
        answer = knock("POST", path, JSON, *(("Content-Length", length) for length in lengths), body=b"hello")
        assert (answer.status in (400, 413), b"Traceback" in answer.body) == (True, False), path
