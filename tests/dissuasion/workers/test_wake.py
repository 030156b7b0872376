"""Watchers are woken at once where the database can tell them; everywhere they look each second all the same."""

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress

import pytest
from django.db import connection, transaction

from dissuasion.transports import wakeup
from dissuasion.workers import watch
from tests.dissuasion.consumers.line import outside

pytestmark = pytest.mark.django_db(transaction=True)
ON_POSTGRESQL = connection.vendor == "postgresql"


async def soon(true, *, seconds: float = 5) -> bool:
    """Return whether it came true in time."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            while not true():  # noqa: ASYNC110  a count has no event
                await asyncio.sleep(0.01)
            return True
    return False


async def test_a_watcher_is_woken_once_the_change_is_committed():
    calls: list[float] = []
    ear = asyncio.create_task(wakeup.listen(lambda: calls.append(time.monotonic())))
    if not ON_POSTGRESQL:
        await outside(wakeup.watchers)
        await asyncio.wait_for(ear, 1)
        assert calls == []
        return
    assert await soon(lambda: len(calls) == 1), "the line is there"
    committed = 0.0

    def change() -> None:
        nonlocal committed
        with transaction.atomic():
            wakeup.watchers()
            wakeup.watchers()
            time.sleep(0.2)
            committed = time.monotonic()

    await outside(change)
    assert await soon(lambda: len(calls) == 2)
    assert 0 <= calls[1] - committed < 1
    await asyncio.sleep(0.1)
    assert len(calls) == 2
    ear.cancel()


async def test_it_listens_again_when_the_line_was_cut(monkeypatch):
    if not ON_POSTGRESQL:
        return
    monkeypatch.setattr(wakeup, "RETRY_S", 0.05)
    calls: list[int] = []
    ear = asyncio.create_task(wakeup.listen(lambda: calls.append(1)))
    assert await soon(lambda: len(calls) == 1)

    def cut() -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND query LIKE 'LISTEN %%'"
            )

    await outside(cut)
    assert await soon(lambda: len(calls) == 2)
    ear.cancel()


@pytest.mark.parametrize("end", ["woken", "stop"])
async def test_a_nap_ends_at_once_when_it_is_woken_or_told_to_stop(monkeypatch, end):
    monkeypatch.setattr(watch, "TICK_S", 30.0)
    monkeypatch.setattr(watch, "with_pulse", lambda work, **_name: work)
    ticks: list[int] = []
    ears: list[Callable[[], None]] = []

    async def listen(heard: Callable[[], None]) -> None:
        ears.append(heard)
        await asyncio.Event().wait()

    def work() -> int:
        ticks.append(1)
        return 0

    monkeypatch.setattr(wakeup, "listen", listen)
    monkeypatch.setattr(watch, "_watch", work)
    for other in ("_push", "_deliver"):
        monkeypatch.setattr(watch, other, lambda: 0)
    stop = asyncio.Event()
    watching = asyncio.create_task(watch.run_watch(stop))
    assert await soon(lambda: len(ticks) == 1)
    if end == "woken":
        ears[0]()
        assert await soon(lambda: len(ticks) == 2)
    stop.set()
    await asyncio.wait_for(watching, 5)
    assert len(ticks) == (2 if end == "woken" else 1)
