"""When a phone gives its socket up: silence, a version that does not come, another history."""

import asyncio
import datetime as dt
import json
from contextlib import asynccontextmanager

import pytest
from websockets.asyncio.client import connect
from websockets.asyncio.server import serve

from dissuasion.simulation import phone as phones
from dissuasion.simulation.door import Door
from dissuasion.simulation.phone import Member, Phone
from dissuasion.simulation.world import World


class OddDoor(Door):
    """A server whose socket says `words` and then nothing more."""

    def __init__(self, address: str) -> None:
        super().__init__("http://127.0.0.1:9")
        self.address, self.pulled = address, []

    async def work(self, who, *, have):
        self.pulled.append(have)
        return {"epoch": "e", "version": 3, "assignments": [], "scripts": [], "person": {}}

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
    for name, value in {"SILENT_S": 0.6, "BEHIND_S": 0.2, "SOON": (0.0, 0.01), "LATER": (0.0, 0.01)}.items():
        monkeypatch.setattr(phones, name, value)


async def pulls(words: list[dict], seconds: float, code: int = 0) -> list[str]:
    async with phone_at(words, code=code) as (door, _task):
        await asyncio.sleep(seconds)
        return door.pulled


async def test_silence_ends_a_socket_and_the_phone_pulls_again():
    assert await pulls([], 0.4) == [""]
    assert (await pulls([], 0.9))[:2] == ["", "e.3"]


async def test_a_version_ahead_of_mine_is_waited_for_shortly():
    assert (await pulls([{"epoch": "e", "version": 4}], 0.45))[:2] == ["", "e.3"]
    assert await pulls([{"epoch": "e", "version": 3}], 0.45) == [""]


async def test_another_history_makes_mine_worthless_at_once():
    assert (await pulls([{"epoch": "other", "version": 1}], 0.15))[:2] == ["", ""]


async def test_it_asks_for_everything_when_told_to():
    assert (await pulls([], 0.2, code=4410))[:2] == ["", ""]


async def test_it_stays_away_when_the_right_was_removed():
    async with phone_at([], code=4403) as (_door, task):
        async with asyncio.timeout(1):
            await task
