"""What the tests of push share: a push service, Lin's phone with a case on it that it did not show yet."""

import datetime as dt
from collections.abc import Callable, Iterator

import pytest
from django.utils import timezone

from dissuasion.actions.clocks import due
from dissuasion.actions.messages import push
from tests.dissuasion.actions.messages.push.service import Browser, Service, service


@pytest.fixture
def service_of_push() -> Iterator[Service]:
    with service() as running:
        yield running


@pytest.fixture
def subscribed(lin, service_of_push) -> Browser:
    """Lin's browser, subscribed."""
    made = Browser(service_of_push)
    answer = lin.client.post("/api/v1/push", made.body(lin.device), "application/json")
    assert answer.status_code == 201, answer.content
    return made


@pytest.fixture
def later(clock) -> Callable[[float], int]:
    """Let so many seconds go by, then look once as `watch` does; returns how many assignments were looked at."""

    def go(seconds: float) -> int:
        clock.shift(dt.timedelta(seconds=seconds))
        due.tick(at=timezone.now())
        return push.tick(at=timezone.now())

    return go
