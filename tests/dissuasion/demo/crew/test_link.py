"""When a phone gives its socket up: silence, a version that does not come, another history."""

import asyncio
import datetime as dt
import json
import time
from contextlib import asynccontextmanager

import pytest
from websockets.asyncio.client import connect
from websockets.asyncio.server import serve

from dissuasion.demo.crew import phone as phones
from dissuasion.demo.crew.door import Door
from dissuasion.demo.crew.phone import Member, Phone
from dissuasion.demo.crew.world import World


class OddDoor(Door):
    """A server whose socket says `words` and then nothing more."""

    def __init__(self, address: str) -> None:
        super().__init__("http://127.0.0.1:9")
        self.address, self.pulled = address, []

    async def work(self, who, *, have):
        self.pulled.append(have)
        return {"epoch": "e", "version": 3, "assignments": [], "scripts": [], "person": {"id": "1"}}

    def socket(self, who, *, have):
        return connect(self.address, proxy=None, close_timeout=0.1)


@asynccontextmanager
async def phone_at(words: list[dict], *, code: int = 0):
    """Switch a phone on at a server that says these words, then is silent or closes with `code`."""

    async def talk(socket):
        for word in words:
            await socket.send(json.dumps({"type": "heartbeat", "at": dt.datetime.now(dt.UTC).isoformat()} | word))
        if code:
            await socket.close(code)
        await socket.wait_closed()

    async with serve(talk, "127.0.0.1", 0) as server:
        door = OddDoor(f"ws://127.0.0.1:{server.sockets[0].getsockname()[1]}")
        phone = Phone(Member("1", "lin", (33.4, 114.8), session="s"), door, World(), go_about=None)
        task = asyncio.create_task(phone.run())
        try:
            yield door, task
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


@pytest.fixture(autouse=True)
def _impatient(monkeypatch):
    for name, value in {"SILENT_S": 30, "BEHIND_S": 0.3, "SOON": (0.0, 0.01), "LATER": (0.0, 0.01)}.items():
        monkeypatch.setattr(phones, name, value)


async def second_pull(words: list[dict], code: int = 0) -> tuple[str, float]:
    """Return what the phone says it has when it comes back, and after how many seconds it did."""
    begun = time.monotonic()
    async with phone_at(words, code=code) as (door, _task), asyncio.timeout(10):
        while len(door.pulled) < 2:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        return door.pulled[1], time.monotonic() - begun


async def test_silence_ends_a_socket_and_the_phone_pulls_again(monkeypatch):
    monkeypatch.setattr(phones, "SILENT_S", 0.5)
    have, after = await second_pull([])
    assert have == "e.1.3"
    assert after > 0.5


async def test_a_version_ahead_of_mine_is_waited_for_shortly():
    have, after = await second_pull([{"epoch": "e", "version": 4}])
    assert have == "e.1.3"
    assert after > 0.3


async def test_my_own_version_is_no_reason_to_go():
    async with phone_at([{"epoch": "e", "version": 3}]) as (door, _task):
        await asyncio.sleep(0.6)
        assert door.pulled == [""]


async def test_another_history_makes_mine_worthless_at_once():
    have, _after = await second_pull([{"epoch": "other", "version": 1}])
    assert have == ""


async def test_it_asks_for_everything_when_told_to():
    have, _after = await second_pull([], code=4410)
    assert have == ""


@pytest.mark.parametrize("code", [4403, 4409])
async def test_it_stays_away_when_the_right_was_removed_or_it_was_replaced(code):
    async with phone_at([], code=code) as (_door, task):
        async with asyncio.timeout(5):
            await task
