"""The doors for alerts as a source uses them, and a source without a city around it."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import Unit
from dissuasion.models import AlertSource, SourceKey
from households.models import Division
from tests.cast import HOME, SOURCE_KEY

ONE, BATCH = "/api/v1/alerts", "/api/v1/alerts/batch"
JSON = "application/json"


@pytest.fixture
def post() -> Callable[..., Any]:
    """Post anything to a door: bytes and text as they are, any other value as JSON."""

    client = Client()

    def send(body: Any, path: str = ONE, *, language: str = "en", kind: str = JSON, **headers: str) -> Any:
        given = {"authorization": f"Bearer {SOURCE_KEY}", "accept-language": language, **headers}
        raw = body if isinstance(body, bytes | str) else json.dumps(body)
        return client.generic("POST", path, raw, kind, headers=given)

    return send


@pytest.fixture
def post_batch(post: Callable[..., Any]) -> Callable[..., Any]:
    """Post rows as one batch."""

    def send(rows: list[Any], **options: Any) -> Any:
        return post({"alerts": rows}, BATCH, **options)

    return send


@pytest.fixture
def door(db: None) -> AlertSource:
    """A source with its key, and one county whose seat is known: enough for whatever is refused at the door."""
    city = Unit.objects.create(code="city-4116", name="周口市反诈中心", kind=Unit.Kind.CITY_DESK)
    desk = Unit.objects.create(code="county-411681", name="项城反诈", kind=Unit.Kind.COUNTY_DESK, parent=city)
    lat, lon = HOME
    Division.objects.create(code="411681", name="项城市", level="county", unit=desk, lat=lat, lon=lon)
    source = AlertSource.objects.create(code="funds", name="Funds centre", unit=city)
    SourceKey.issue(source, SOURCE_KEY)
    return source
