"""A real server with the cast behind it, asked in bytes."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from tests.cast import SOURCE_KEY
from tests.doors.wire import Answer, ask, said
from tests.serving import server_of_cast

server = pytest.fixture(server_of_cast)
SOURCE = ("Authorization", f"Bearer {SOURCE_KEY}")


@pytest.fixture
def knock(server: str) -> Callable[..., Answer]:
    """Send one request and return its answer."""

    def send(method: str, target: str, *headers: tuple[str, str], body: bytes = b"") -> Answer:
        return ask(server, said(method, target, headers, body))

    return send


def signed_in(client: Client) -> list[tuple[str, str]]:
    """Return the headers of a browser in which the client's person is signed in, with the token of its forms."""
    token = "t" * 32
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    cookies = f"{settings.CSRF_COOKIE_NAME}={token}; {settings.SESSION_COOKIE_NAME}={session}"
    return [("Cookie", cookies), ("X-CSRFToken", token)]


def kinds_of(answer: Answer) -> tuple[int, Any]:
    """Return status and code of a refusal."""
    return answer.status, answer.json().get("code")
