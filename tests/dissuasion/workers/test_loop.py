"""The loop around the watchdog: a database that swallows a question is an alarm, and gets no second question."""

import asyncio
import json
import threading

import pytest

from dissuasion.workers import watchdog


@pytest.fixture
def heart(monkeypatch, settings, tmp_path):
    """Return what the heartbeat's file says now."""
    settings.WATCHDOG_EVERY_S, settings.HEARTBEAT_FILE = 0.02, str(tmp_path / "heart.json")
    monkeypatch.setattr(watchdog, "LOOK_TIMEOUT_S", 0.1)
    file = tmp_path / "heart.json"
    return lambda: json.loads(file.read_text()) if file.exists() else {}


async def says(heart, **what) -> None:
    async with asyncio.timeout(5):
        while not what.items() <= heart().items():  # noqa: ASYNC110  a file has no event
            await asyncio.sleep(0.01)


async def test_it_is_no_blinder_than_the_database_and_asks_it_once(heart, monkeypatch):
    answer, asked = threading.Event(), []

    def look(_self, **_clocks):
        asked.append(1)
        answer.wait(5)
        return watchdog.Finding()

    monkeypatch.setattr(watchdog.Watchdog, "look", look)
    stop = asyncio.Event()
    running = asyncio.create_task(watchdog.run_watchdog(stop))
    await says(heart, ok=False, blind="database")
    await asyncio.sleep(0.3)
    assert len(asked) == 1
    answer.set()
    await says(heart, ok=True)
    stop.set()
    await asyncio.wait_for(running, 1)


async def test_it_stops_at_once_when_told_even_while_it_waits(heart, monkeypatch):
    answer = threading.Event()
    monkeypatch.setattr(watchdog, "LOOK_TIMEOUT_S", 60)
    monkeypatch.setattr(watchdog.Watchdog, "look", lambda *_self, **_clocks: answer.wait(5))
    stop = asyncio.Event()
    running = asyncio.create_task(watchdog.run_watchdog(stop))
    await asyncio.sleep(0.1)
    stop.set()
    await asyncio.wait_for(running, 1)
    answer.set()
