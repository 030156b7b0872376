"""Who asks: headers of proxies count only where the settings name proxies, in the server as well."""

import asyncio

import pytest
from django.test import RequestFactory

from config.lib.http.client_address import client_address
from config.lib.serving import server_config
from dissuasion import checks


def asked(remote="10.0.0.1", **headers):
    return RequestFactory().get("/", REMOTE_ADDR=remote, headers=headers)


@pytest.mark.parametrize("said", ["1.2.3.4", "1.2.3.4, 5.6.7.8", "", "x"])
def test_nobody_is_believed_where_no_proxy_stands_in_front(settings, said):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0
    assert client_address(asked(**{"X-Forwarded-For": said, "X-Real-IP": said})) == "10.0.0.1"


@pytest.mark.parametrize(
    ("proxies", "said", "found"),
    [
        (1, "1.2.3.4", "1.2.3.4"),
        (1, "9.9.9.9, 1.2.3.4", "1.2.3.4"),
        (2, "9.9.9.9, 1.2.3.4, 10.0.0.7", "1.2.3.4"),
        (2, "1.2.3.4", "10.0.0.1"),  # it did not come through both
        (1, "", "10.0.0.1"),
        (1, "what", "10.0.0.1"),
        (1, "1.2.3.4:5678", "1.2.3.4"),
        (1, "[2001:db8::1]:443", "2001:db8::"),
        (1, "2001:db8::1", "2001:db8::"),
        (1, "2001:db8::2%eth0", "2001:db8::"),
        (1, "::ffff:1.2.3.4", "1.2.3.4"),
    ],
)
def test_as_many_entries_count_as_there_are_proxies(settings, proxies, said, found):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    assert client_address(asked(**{"X-Forwarded-For": said})) == found


@pytest.mark.parametrize("remote", ["", "socket"])
def test_a_connection_without_an_address_is_counted_too(remote):
    assert client_address(asked(remote)) == "unknown"


def test_the_server_itself_believes_nothing(monkeypatch):
    monkeypatch.setenv("FORWARDED_ALLOW_IPS", "*")
    heard = []

    async def application(scope, receive, send):
        heard.append(scope)

    config = server_config(log_config=None)
    config.app = application
    config.load()
    scope = {
        "type": "http", "scheme": "http", "client": ("127.0.0.1", 4711), "path": "/", "method": "GET",
        "headers": [(b"x-forwarded-for", b"1.2.3.4"), (b"x-forwarded-proto", b"https")], "asgi": {"version": "3.0"},
    }  # fmt: skip
    asyncio.run(config.loaded_app(scope, None, None))
    assert (heard[0]["client"], heard[0]["scheme"]) == (("127.0.0.1", 4711), "http")


@pytest.mark.parametrize(
    ("behind", "proxies", "said"), [(True, 0, ["dissuasion.W002"]), (True, 1, []), (False, 0, []), (False, 1, [])]
)
def test_a_proxy_that_nobody_believes_is_warned_of(settings, behind, proxies, said):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if behind else None
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    assert [warning.id for warning in checks.addresses_are_told_apart(None)] == said
