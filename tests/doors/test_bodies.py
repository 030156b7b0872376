"""A body is read as it comes, at every door, or refused with the reason: in chunks, packed, in another alphabet."""

import gzip
import json
from urllib.parse import urlencode

import pytest
from django.conf import settings

from dissuasion.models import Act, Alert
from tests.cast import alert
from tests.doors.conftest import SOURCE, signed_in
from tests.doors.wire import in_chunks

pytestmark = pytest.mark.django_db(transaction=True)
JSON = ("Content-Type", "application/json")
CHUNKED = ("Transfer-Encoding", "chunked")
ALERTS, BATCH = "/api/v1/alerts", "/api/v1/alerts/batch"
LOGIN, FORM = "/_allauth/browser/v1/auth/login", "/accounts/login/"


def test_an_alert_in_chunks_is_kept(knock):
    body = in_chunks(json.dumps(alert(note="诈骗" * 30)).encode())
    answer = knock("POST", ALERTS, SOURCE, JSON, CHUNKED, body=body)
    assert (answer.status, Alert.objects.get().raw["note"]) == (201, "诈骗" * 30)


def test_a_batch_in_chunks_is_kept(knock):
    rows = [alert(external_id=str(number)) for number in range(3)]
    answer = knock("POST", BATCH, SOURCE, JSON, CHUNKED, body=in_chunks(json.dumps(rows).encode()))
    assert answer.json()["kept"] == 3


def test_acts_in_chunks_are_taken(knock, live_cast):
    one = {"uuid": "0198c1f0-0000-7000-8000-000000000001", "kind": "note", "happened_at": alert()["occurred_at"],
           "device": "d", "seq": 1}  # fmt: skip
    person = signed_in(live_cast.client("lin"))
    answer = knock("POST", "/api/v1/acts", *person, JSON, CHUNKED, body=in_chunks(json.dumps(one).encode()))
    assert (answer.status, Act.objects.count()) == (200, 1)


def test_the_librarys_doors_read_chunks_too(knock, live_cast):
    live_cast.lin.set_password("a-right-password-7")
    live_cast.lin.save()
    token = [("Cookie", f"{settings.CSRF_COOKIE_NAME}={'t' * 32}"), ("X-CSRFToken", "t" * 32)]
    told = json.dumps({"username": "lin", "password": "a-right-password-7"}).encode()
    assert knock("POST", LOGIN, *token, JSON, CHUNKED, body=in_chunks(told)).status == 200
    form = ("Content-Type", "application/x-www-form-urlencoded")
    told = urlencode({"login": "lin", "password": "a-right-password-7"}).encode()
    assert knock("POST", FORM, *token, form, CHUNKED, body=in_chunks(told)).status == 302
    parts = b'--x\r\nContent-Disposition: form-data; name="number"\r\n\r\nlin\r\n--x--\r\n'
    kind = ("Content-Type", "multipart/form-data; boundary=x")
    assert b"lin" in knock("POST", "/verify", kind, CHUNKED, body=in_chunks(parts)).body


@pytest.mark.parametrize("charset", ["gbk", '"GB18030"', "utf-16", "bz2_codec", "latin-1"])
def test_another_alphabet_is_refused(knock, charset):
    kind = f"application/json; charset={charset}"
    body = json.dumps(alert(note="诈骗"), ensure_ascii=False).encode("gbk")
    for door in (ALERTS, BATCH):
        answer = knock("POST", door, SOURCE, ("Content-Type", kind), body=body)
        assert (answer.status, answer.json()["code"]) == (415, "unsupported_media_type")
    assert knock("POST", LOGIN, ("Content-Type", kind), body=b'{"username": "lin"}').status == 415
    assert not Alert.objects.exists()


@pytest.mark.parametrize("kind", ["application/json; charset=UTF-8", 'application/json; charset="utf8"'])
def test_utf8_may_be_said(knock, kind):
    assert knock("POST", ALERTS, SOURCE, ("Content-Type", kind), body=json.dumps(alert()).encode()).status == 201


@pytest.mark.parametrize("coding", ["gzip", "br", "deflate", "x-gzip", "identity, gzip"])
def test_a_packed_body_is_refused(knock, coding):
    packed = gzip.compress(json.dumps(alert()).encode())
    for door in (ALERTS, "/api/v1/reports/text", LOGIN, FORM):
        answer = knock("POST", door, SOURCE, JSON, ("Content-Encoding", coding), body=packed)
        assert answer.status == 415
    assert not Alert.objects.exists()


def test_a_body_that_is_called_unpacked_is_read(knock):
    answer = knock("POST", ALERTS, SOURCE, JSON, ("Content-Encoding", "identity"), body=json.dumps(alert()).encode())
    assert answer.status == 201


@pytest.mark.parametrize(
    "accept", ["application/problem+json", "application/vnd.doorstep+json", "text/json", "text/html", "nonsense", ";;"]
)
def test_whatever_is_accepted_the_alert_is_kept(knock, accept):
    body = json.dumps(alert()).encode()
    answer = knock("POST", f"{ALERTS}?format=xml", SOURCE, JSON, ("Accept", accept), body=body)
    assert (answer.status, answer.json()["way"]) == (201, "case")
    refused = knock("POST", ALERTS, SOURCE, JSON, ("Accept", accept), body=b"{}")
    assert (refused.status, refused.headers["content-type"]) == (400, "application/problem+json")
