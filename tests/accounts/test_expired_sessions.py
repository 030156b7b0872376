"""Sessions that are over are deleted, a few at a time, and no other."""

import asyncio
import datetime as dt
import time

import pytest
from asgiref.sync import async_to_sync
from django.contrib.sessions.models import Session
from django.utils import timezone

from accounts.expired_sessions import forget_expired
from dissuasion.workers import tidying

pytestmark = pytest.mark.django_db(transaction=True)


def session(name: str, *, hours: float) -> None:
    Session.objects.create(pk=name, expire_date=timezone.now() + dt.timedelta(hours=hours))


def test_it_clears_what_is_over_and_nothing_else():
    session("over", hours=-1)
    session("on", hours=1)
    assert forget_expired(at=timezone.now(), most=10) == 1
    assert list(Session.objects.values_list("pk", flat=True)) == ["on"]


def test_it_clears_few_at_a_time(monkeypatch):
    for number in range(5):
        session(f"over-{number}", hours=-1)
    assert forget_expired(at=timezone.now(), most=2) == 2
    monkeypatch.setattr(tidying, "AT_ONCE", 2)
    monkeypatch.setattr(tidying, "PAUSE_S", 0)
    assert async_to_sync(tidying.tidy)() == 3
    assert not Session.objects.exists()


async def test_it_stops_at_once_when_told(monkeypatch):
    """Whoever stops the watch waits for no pause of this, nor for a row that somebody holds."""
    steps = []
    monkeypatch.setattr(tidying, "FIRST_S", 0)
    monkeypatch.setattr(tidying, "PAUSE_S", 60)
    monkeypatch.setattr(tidying, "forget_some", lambda: steps.append(1) or tidying.AT_ONCE)
    running = asyncio.create_task(tidying.run_tidying())
    async with asyncio.timeout(5):
        while not steps:  # noqa: ASYNC110  a thread sets no event of this loop
            await asyncio.sleep(0.01)
    began = time.monotonic()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    await asyncio.get_running_loop().shutdown_default_executor()  # as `asyncio.run` does at its end
    assert time.monotonic() - began < 1
