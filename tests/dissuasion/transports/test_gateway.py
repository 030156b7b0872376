"""A gateway that answers well and badly: what it is sent, what its answers are taken for, how long it may take."""

import contextlib
import datetime as dt
import logging
import os
import socket
import threading
import time
from uuid import UUID

import pytest
from django.utils import timezone

from dissuasion.demo.show.authority import load_authority, server_certificate
from dissuasion.models import Delivery
from dissuasion.transports import gateway, http, registry
from dissuasion.transports.base import Message, Outcome
from dissuasion.transports.signing import Hmac
from tests.dissuasion.transports.gateway_server import SECRET, TOKEN, gateway_server

NUMBER = "10090000000"
# What tries to be structure, a place to fill in, a header.
NASTY = 'Open "the" app"}, {to} {{id}}\r\nX-Evil: 1\x00 & 门 \ud800'


def say(channel="text", text="Open the app.", **more):
    return registry.transport(channel).send(Message(UUID(int=5), NUMBER, text, "en", **more))


def test_it_fills_the_template_and_signs_it(server):
    answer = say(text=NASTY, repeated=True)
    path, headers, body = server.heard[0]
    assert (answer.outcome, answer.provider_id, path) == (Outcome.SENT, "g-1", "/v2/messages")
    said = server.last()
    assert said.pop("time").endswith("+00:00")
    assert said == {"messageId": str(UUID(int=5)), "to": [f"+86{NUMBER}"], "content": NASTY, "repeat": True}
    assert Hmac(SECRET, "x-signature", "x-timestamp", "x-nonce").verify(headers, body, at=timezone.now())
    assert "x-evil" not in headers


def test_it_fills_a_form_and_shows_its_token(server):
    server.mode = "ok"
    say("voice", text="a=b&c")
    _path, headers, _body = server.heard[0]
    assert headers["authorization"] == f"Bearer {TOKEN}"
    assert (server.last()["tts"], server.last()["callee"]) == (["a=b&c"], [NUMBER])


@pytest.mark.parametrize(
    ("mode", "outcome", "reason"),
    [
        ("bad_number", "failed", "bad_number"), ("refused", "later", "not_taken"), ("later", "later", "too_many"),
        ("fault", "unknown", "gateway_fault"), ("down", "later", "too_many"), ("too_many", "later", "too_many"),
        ("wrong_key", "later", "not_taken"), ("redirect", "later", "redirected"), ("cut", "unknown", "cut_off"),
        ("no_json", "unknown", "unreadable"), ("other_json", "unknown", "unreadable"),
        ("deep", "unknown", "unreadable"), ("huge", "unknown", "too_long"), ("nul", "sent", ""),
        ("202", "unknown", "not_taken"),
    ],
)  # fmt: skip
def test_it_believes_no_more_than_is_said(server, mode, outcome, reason):
    server.mode = mode
    answer = say()
    assert (answer.outcome.value, answer.reason) == (outcome, reason)
    assert len(server.heard) == 1  # no redirect was followed, nothing tried again on its own
    assert answer.provider_id == ""


@pytest.mark.parametrize(("mode", "seconds"), [("down", 7), ("too_many", 30), ("for_ever", 300)])
def test_it_comes_back_when_it_is_asked_to(server, mode, seconds):
    server.mode = mode
    assert say().again_after == dt.timedelta(seconds=seconds)


def test_it_reads_a_date_to_come_back_at():
    at = dt.datetime(2026, 3, 4, 9, tzinfo=dt.UTC)
    assert gateway._wait("Wed, 04 Mar 2026 09:00:40 GMT", at=at) == dt.timedelta(seconds=40)
    assert gateway._wait("Wed, 04 Mar 2026 08:00:00 GMT", at=at) == dt.timedelta(seconds=1)
    assert (gateway._wait("soon", at=at), gateway._wait("", at=at)) == (None, None)


@pytest.mark.parametrize("mode", ["silent", "drip", "drip_head"])
def test_it_ends_in_time_whatever_comes(server, mode, monkeypatch):
    monkeypatch.setattr(gateway, "TIMEOUT_S", 0.3)
    server.mode = mode
    began = time.monotonic()
    answer = say()
    assert time.monotonic() - began < 1.5
    assert (answer.outcome, answer.reason) == (Outcome.UNKNOWN, "timeout")
    if mode != "silent":
        assert server.over.wait(2)  # the line was cut, not left hanging


def test_nobody_there_means_nothing_was_sent(server):
    registry.transport("text").config.__dict__["url"] = "http://127.0.0.1:9/"
    answer = say()
    assert (answer.outcome, answer.reason) == (Outcome.LATER, "no_connection")


def test_it_leaves_a_silent_gateway_alone(server, monkeypatch):
    monkeypatch.setattr(gateway, "TIMEOUT_S", 0.1)
    server.mode = "silent"
    for _number in range(3):
        assert say().outcome is Outcome.UNKNOWN
    rested = say()
    assert (rested.outcome, rested.reason, len(server.heard)) == (Outcome.LATER, "resting", 3)
    assert dt.timedelta(seconds=15) < rested.again_after <= dt.timedelta(seconds=20)


def test_an_answer_ends_the_counting(server, monkeypatch):
    monkeypatch.setattr(gateway, "TIMEOUT_S", 0.1)
    for mode in ("silent", "silent", "fault", "silent", "silent", "ok"):
        server.mode = mode
        answer = say()
    assert answer.outcome is Outcome.SENT


@pytest.mark.parametrize("mode", ["bad_number", "fault", "cut", "redirect", "silent"])
def test_it_writes_nothing_secret_into_the_log(server, mode, monkeypatch, caplog):
    monkeypatch.setattr(gateway, "TIMEOUT_S", 0.2)
    server.mode = mode
    with caplog.at_level(logging.DEBUG, logger="dissuasion"):
        say()
    said = caplog.text + repr(registry.transport("text").config)
    assert len(caplog.records) == 1
    assert not [secret for secret in (NUMBER, "Open", SECRET, "messages", "no such number") if secret in said]


def test_a_handshake_that_drips_ends_in_time():
    def drip():
        line, _where = listening.accept()
        with line, contextlib.suppress(OSError):
            for byte in b"\x16\x03\x03\x40\x00" + bytes(500):
                line.sendall(bytes([byte]))
                time.sleep(0.02)

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=drip)
        thread.start()
        began, url = time.monotonic(), f"https://127.0.0.1:{listening.getsockname()[1]}/"
        heard = http.request("POST", url, headers={}, body=b"", within_s=0.3)
        assert time.monotonic() - began < 1.5
        thread.join()
    assert (heard.fault, heard.reached, heard.timed_out) == ("no_connection", False, True)


def test_it_tells_nothing_to_whom_nobody_vouches_for(tmp_path, monkeypatch):
    made = {"address": "127.0.0.1", "names": ["localhost"], "now": dt.datetime.now(dt.UTC)}
    ours = load_authority(tmp_path, **made)
    with gateway_server(server_certificate(ours, tmp_path, **made)) as server:
        url, how = server.url.replace("http:", "https:"), {"headers": {"Content-Type": "a/json"}, "within_s": 2}
        heard = http.request("POST", url, body=b"{}", **how)
        assert (heard.fault, heard.reached, server.heard) == ("untrusted", False, [])
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "ca.crt"))
        assert http.request("POST", url, body=b"{}", **how).status == 200


def test_it_leaves_no_socket_behind(server):
    before = len(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else 0
    for mode in ("ok", "fault", "cut", "ok"):
        server.mode = mode
        say()
    after = len(os.listdir("/proc/self/fd")) if before else 0
    assert after <= before + 1  # the server's own thread may still be closing its side


def test_a_lost_answer_goes_again_under_its_own_try(lin, after, server):
    server.mode = "cut"
    after(15)
    server.mode = "ok"
    after(10)
    first, second = Delivery.objects.filter(channel="text").order_by("tries")
    assert [(row.state, row.reason) for row in (first, second)] == [("unknown", "cut_off"), ("sent", "")]
    assert (server.last()["messageId"], server.last()["repeat"]) == (str(second.pk), True)


def test_its_limit_is_the_tables(server):
    assert (registry.transport("text").per_minute, registry.transport("voice").per_minute) == (600, 60)
