"""The test button: an admin tries a channel with the own number, and sees what serves each."""

import pytest
from django.core.management import CommandError, call_command

from dissuasion.api.gateways import channels
from tests.dissuasion.actions.field.phone import Desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def sun(cast):
    return Desk(cast, "sun")


def test_it_sends_a_test_to_the_own_number(sun, server, cast):
    said = sun.asks("gateways/text/test").json()
    assert (said["outcome"], said["reason"], said["text"], said["provider_id"]) == ("sent", "", "", "g-1")
    assert 0 <= said["ms"] < 5000
    assert server.last()["to"] == [f"+86{cast.sun.phone}"]
    assert "test" in server.last()["content"]


def test_it_says_in_words_why_not(sun, server):
    server.mode = "bad_number"
    said = sun.asks("gateways/text/test").json()
    assert (said["outcome"], said["reason"]) == ("failed", "bad_number")
    assert "can't be reached" in said["text"]


def test_it_tries_not_too_often(sun, server):
    for _number in range(channels.TESTS):
        assert sun.asks("gateways/text/test").status_code == 200
    assert sun.asks("gateways/voice/test").status_code == 429
    assert len(server.heard) == channels.TESTS


def test_it_needs_a_number_and_a_channel(sun, server, cast):
    assert sun.asks("gateways/pigeon/test").status_code == 404
    cast.sun.phone = ""
    cast.sun.save()
    answer = sun.asks("gateways/text/test")
    assert (answer.status_code, answer.json()["code"], server.heard) == (409, "no_number", [])


def test_it_shows_what_serves_each_channel(sun, server):
    text, voice, messenger = sun.reads("gateways")["gateways"]
    host = f"127.0.0.1:{server.port}"
    assert text == {
        "channel": "text", "kind": "http", "host": host, "per_minute": 600, "reports": True, "resting": False
    }  # fmt: skip
    assert (voice["kind"], voice["reports"]) == ("http", False)
    assert (messenger["kind"], messenger["host"], messenger["per_minute"]) == ("console", "", None)


def test_the_command_does_the_same(server, capsys):
    call_command("gateways")
    assert f"127.0.0.1:{server.port}" in capsys.readouterr().out
    call_command("gateways", "--test", "text", "--to", "100 9000 0001")
    said = capsys.readouterr().out
    assert ("sent, its id g-1" in said, "10090000001" in said) == (True, False)
    server.mode = "fault"
    with pytest.raises(CommandError, match="gateway_fault"):
        call_command("gateways", "--test", "text", "--to", "10090000001")
