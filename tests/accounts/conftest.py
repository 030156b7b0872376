"""What the tests of sign-in share: passwords that are quick to check, a counter of its own, and the front doors."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.conf import LazySettings, settings
from django.test import Client

from tests.cast import Cast

PASSWORD = "a-right-password-7"
DOOR = "/_allauth/browser/v1"


@pytest.fixture
def passwords(cast: Cast, settings: LazySettings) -> Cast:
    """The cast with passwords. Each test counts wrong ones for itself, also where tests share one Redis."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.CACHES = {"default": settings.CACHES["default"] | {"KEY_PREFIX": f"test-{uuid4().hex}"}}
    for name in ("lin", "mei"):
        cast.people[name].set_password(PASSWORD)
        cast.people[name].save()
    return cast


@pytest.fixture
def sign_in(passwords: Cast) -> Callable[..., Any]:
    """Sign in as the app does, from a browser that checks where a request comes from; returns client and answer.

    `by` is a browser of before whose session has ended, `says` are headers.
    """

    def send(
        name: str, password: str = PASSWORD, *, language: str = "en", address: str = "10.9.0.1",
        by: Client | None = None, says: dict[str, str] | None = None,
    ) -> Any:  # fmt: skip
        client = by or Client(enforce_csrf_checks=True, headers={"accept-language": language}, REMOTE_ADDR=address)
        client.cookies.pop(settings.SESSION_COOKIE_NAME, None)
        client.get(f"{DOOR}/config")
        headers = {"x-csrftoken": client.cookies[settings.CSRF_COOKIE_NAME].value, **(says or {})}
        body = {"username": name, "password": password}
        return client, client.post(f"{DOOR}/auth/login", body, "application/json", headers=headers)

    return send
