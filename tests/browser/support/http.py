"""The others in a walk, over HTTP to the live server: the alert source and the desk; and what `watch` does."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import httpx
from django.conf import settings
from django.db import connections

from accounts.models import Person
from tests.browser.support.phone import session_of
from tests.cast import SOURCE_KEY, alert

T = TypeVar("T")


class Source:
    """Sends warnings."""

    def __init__(self, address: str) -> None:
        self.http = httpx.Client(base_url=address, trust_env=False, timeout=10)

    def sends(self, **changes: Any) -> Any:
        """Send one alert, by default a high-risk one about Mrs Zhao; return its answer."""
        answer = self.http.post(
            "/api/v1/alerts", json=alert(**changes), headers={"authorization": f"Bearer {SOURCE_KEY}"}
        )
        assert answer.status_code in (200, 201), answer.text
        return answer.json()


class Desk:
    """Somebody signed in elsewhere, who reads and asks."""

    def __init__(self, address: str, person: Person) -> None:
        cookies = {settings.SESSION_COOKIE_NAME: session_of(person), settings.CSRF_COOKIE_NAME: "a" * 32}
        headers = {"X-CSRFToken": "a" * 32, "accept-language": "en"}
        self.http = httpx.Client(base_url=address, trust_env=False, timeout=10, cookies=cookies, headers=headers)

    def reads(self, path: str) -> Any:
        """Return what stands at an address below /api/v1/."""
        answer = self.http.get(f"/api/v1/{path}")
        assert answer.status_code == 200, answer.text
        return answer.json()

    def asks(self, path: str, **body: Any) -> Any:
        """Ask for something; return its answer."""
        answer = self.http.post(f"/api/v1/{path}", json=body)
        assert answer.is_success, answer.text
        return answer.json() if answer.content else None


def elsewhere(work: Callable[..., T], *args: Any, **kwargs: Any) -> T:
    """Return what `work` returns, run in a thread without a loop, as a server runs its views and `watch` its rounds."""

    def run() -> T:
        try:
            return work(*args, **kwargs)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(run).result()
