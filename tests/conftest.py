"""Fixtures that every test may ask for: the cast, the doors, a phone."""

import itertools
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from django.utils.encoding import force_bytes
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.responders import StaticFile

from config.lib.allowance import Allowance
from dissuasion.api.phone import acts
from tests import at_rest, schema
from tests.cast import SECRETS, SOURCE_KEY, Cast, alert, make_cast
from tests.database import empty_quickly, hurry


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """A database for each worker, as pytest-django gives it, and a quick one."""
    hurry(settings.DATABASES["default"])
    empty_quickly()


@pytest.fixture(autouse=True, scope="session")
def nothing_is_remembered() -> None:
    """Each test has a database of its own: what an earlier one read must not be taken from memory."""
    settings.REMEMBER_S = 0


@pytest.fixture(autouse=True, scope="session")
def nobody_is_held_back() -> Iterator[None]:
    """One person of a test may bring thousands of acts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(acts, "ALLOWED", Allowance(burst=1_000_000, per_second=1_000_000))
        yield


@pytest.fixture(autouse=True, scope="session")
def static_files_are_found_once() -> Iterator[None]:
    """Each test's client makes the middlewares anew, and whitenoise would look up every static file each time."""
    found: dict[str, StaticFile] = {}
    look = WhiteNoiseMiddleware.add_files_from_finders

    def look_once(self: WhiteNoiseMiddleware) -> None:
        if not found:
            look(self)
            found.update(self.files)
        self.files.update(found)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoiseMiddleware, "add_files_from_finders", look_once)
        yield


@pytest.fixture(autouse=True, scope="session")
def the_schema_holds() -> Iterator[None]:
    """Whatever a test's client sends to a door and gets from it is as the schema says."""
    plain = Client.generic

    def checked(self: Client, method: str, path: str, data: Any = "", *args: Any, **kwargs: Any) -> Any:
        response = plain(self, method, path, data, *args, **kwargs)
        if str(path).startswith(schema.DOORS):
            schema.check(method, force_bytes(data), response)
        return response

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Client, "generic", checked)
        yield


@pytest.fixture
def cast(db: None) -> Iterator[Cast]:
    """The cast, inside the test's transaction; whatever the test did, nothing of theirs lies open in the database."""
    yield make_cast()
    assert at_rest.image_shows(SECRETS) == []


@pytest.fixture
def live_cast(transactional_db: None) -> Iterator[Cast]:
    """The cast, really committed: for on-commit rings, threads and sockets; otherwise the same."""
    yield make_cast()
    assert at_rest.image_shows(SECRETS) == []


@pytest.fixture
def send_alert() -> Callable[..., Any]:
    """Send one alert as the source does; keyword arguments change its fields."""

    def send(*, language: str = "en", key: str = SOURCE_KEY, **changes: Any) -> Any:
        headers = {"authorization": f"Bearer {key}", "accept-language": language}
        return Client(headers=headers).post("/api/v1/alerts", alert(**changes), "application/json")

    return send


@pytest.fixture
def act() -> Callable[..., Any]:
    """Send one act from a client; returns its receipt."""
    sequence = itertools.count(1)

    def send(client: Client, kind: str, assignment: Any, payload: dict[str, Any] | None = None, **changes: Any) -> Any:
        body = {
            "uuid": str(uuid4()), "kind": kind, "assignment": str(assignment) if assignment else None,
            "happened_at": timezone.now().isoformat(), "clock_offset_ms": 0, "device": "phone-1",
            "seq": next(sequence), "payload": payload or {}, **changes,
        }  # fmt: skip
        response = client.post("/api/v1/acts", {"acts": [body]}, "application/json")
        assert response.status_code == 200, response.content
        return response.json()["receipts"][0]

    return send
