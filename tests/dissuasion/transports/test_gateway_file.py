"""The file of gateways: the example of the documents is read whole, and each slip stops the start with its place."""

import json

import pytest
from django.core.exceptions import ImproperlyConfigured

from dissuasion import checks
from dissuasion.apps import DissuasionConfig
from dissuasion.transports import gateway_file, registry
from dissuasion.transports.console import Console
from dissuasion.transports.gateway import Gateway
from tests.dissuasion.transports.gateway_server import SECRETS

EXAMPLE = "docs/gateways.example.json"


def read(path, **how):
    return gateway_file.read(str(path), **{"debug": False, "environment": SECRETS} | how)


@pytest.fixture
def slip(settings, tmp_path):
    """Change one member of the example's text gateway, by its path; returns with which words the start stops."""

    def change(path, value, **how):
        said = json.loads((settings.ROOT / EXAMPLE).read_text())
        *above, name = path.split(".")
        place = said["text"]
        for one in above:
            place = place[one]
        place[name] = value
        file = tmp_path / "gateways.json"
        file.write_text(json.dumps(said))
        with pytest.raises(ImproperlyConfigured) as stopped:
            read(file, **how)
        return str(stopped.value)

    return change


def test_it_reads_the_example(settings):
    named = read(settings.ROOT / EXAMPLE)
    assert set(named) == {"text", "voice"}
    text = named["text"]
    assert (text.host, text.per_minute, text.unreachable) == ("sms.example.com", 600, {"4001", "4003"})
    assert text.reports.words["UNDELIV"] == "failed"
    assert not any(secret in repr(named) for secret in SECRETS.values())


def test_without_a_file_there_are_none():
    assert read("") == {}


@pytest.mark.parametrize(
    ("path", "value", "says"),
    [
        ("url", "http://sms.example.com/", "text.url is no https address"),
        ("url", "http://127.0.0.1:9/", "text.url is no https address"),
        ("url", "https://", "text.url is no https address"),
        ("url", "https://h:x/", "text.url is no address"),
        ("url", "https://user:word@sms.example.com/", "text.url holds"),
        ("url", "https://sms.example.com/?to={to}", "text.url holds"),
        ("url", 7, "text.url is no text"),
        ("method", "GET", "text.method is 'GET'"),
        ("body", {"a": {"b": ["{tо}", "{number}"]}}, "text.body.a.b.1 holds {number}"),
        ("headers", {"X-A": "a\r\nb"}, "text.headers.X-A is no header"),
        ("headers", {"X-A": "{to}"}, "text.headers.X-A holds {to}"),
        ("headers", {"Authorization": "Bearer x"}, "text.headers.Authorization belongs to `sign`"),
        ("content", "form", "text.body of a form"),
        ("per_minute", 0, "text.per_minute lies outside"),
        ("per_minute", True, "text.per_minute is no whole number"),
        ("success.status", [302], "text.success.status is no list"),
        ("success.path", "", "text.success needs both"),
        ("error.path", "", "text.error needs the path"),
        ("sign.scheme", "md5", "text.sign.scheme is 'md5'"),
        ("sign.secret_env", "real-secret", "text.sign.secret_env must be the name"),
        ("sign.secret_env", "NOT_SET", "text.sign.secret_env names NOT_SET"),
        ("sign.nonce", "X Nonce", "text.sign.nonce is 'X Nonce'"),
        ("reports.words", {"OK": "sent"}, "text.reports.words must turn"),
        ("sing", {}, "text.sing is not known"),
        ("reports.wrods", {}, "text.reports.wrods is not known"),
    ],
)
def test_a_slip_stops_the_start_with_its_place(slip, path, value, says):
    assert says in slip(path, value)


def test_it_never_repeats_a_secret_written_in_the_wrong_place(slip):
    assert "hunter2-the-secret" not in slip("sign.secret_env", "hunter2-the-secret")


def test_a_file_that_is_none_stops_the_start(tmp_path):
    (tmp_path / "list.json").write_text("[]")
    (tmp_path / "half.json").write_text('{"text": ')
    for name, says in (("none.json", "can't be read"), ("list.json", "no object"), ("half.json", "is no JSON")):
        with pytest.raises(ImproperlyConfigured, match=says):
            read(tmp_path / name)


def test_the_app_does_not_start_with_a_wrong_file(settings):
    settings.GATEWAYS = "nowhere.json"
    with pytest.raises(ImproperlyConfigured, match=r"nowhere\.json"):
        DissuasionConfig.create("dissuasion").ready()


def test_the_deployment_is_told_when_nobody_can_be_reached(settings, monkeypatch):
    assert [said.id for said in checks.someone_can_be_reached(None)] == ["dissuasion.W001"]
    named = read(settings.ROOT / EXAMPLE)
    monkeypatch.setitem(registry._TABLE, "voice", Gateway("voice", named["voice"]))
    assert checks.someone_can_be_reached(None) == []
    assert isinstance(registry.transport("messenger"), Console)
