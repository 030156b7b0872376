"""What came down a real socket is what a fresh pull gives, also when rings are lost and phones come and go (A7)."""

import datetime as dt
import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone

from dissuasion.models import Assignment
from dissuasion.queries.worklist import work_tag
from dissuasion.transports import ring
from tests.dissuasion.consumers.line import Line, caught_up, leave_nothing, outside, settled
from tests.properties.often import seed, times
from tests.properties.world import ALERTS, FIELD, PAYLOADS, World

pytestmark = pytest.mark.django_db(transaction=True)
MOVES = 8
ASKS = ["assign lin", "assign qin mei", "recall", "high", "low", "decide go_on"]


class Ahead:
    """A clock for `watch` alone: the sockets go on with the time that it is."""

    def __init__(self) -> None:
        self.by = dt.timedelta()

    def shift(self, seconds: int) -> None:
        self.by += dt.timedelta(seconds=seconds)

    def move_to(self, _when: Any) -> None:
        self.by = dt.timedelta()


class Screen:
    """One phone: what it last heard down its socket, and the tag with which it comes back."""

    def __init__(self, world: World, name: str) -> None:
        self.phone, self.line = world.phones[name], None
        self.document: dict[str, Any] = {"epoch": "", "version": -1}

    async def comes(self) -> None:
        """Open a socket; the server is told what is there already."""
        cookie = self.phone.client.cookies[settings.SESSION_COOKIE_NAME].value
        tag = f"{self.document['epoch']}.{self.phone.person.pk.hex[-8:]}.{self.document['version']}"
        self.line = Line(cookie, have=tag)
        await self.line.opens()
        await settled()

    async def goes(self) -> None:
        """Be somewhere without a network."""
        if self.line is not None:
            line, self.line = self.line, None
            await line.hangs_up()

    async def is_right(self) -> None:
        """Hear everything that is to be heard, then compare with a fresh pull."""
        _epoch, version = await outside(work_tag, self.phone.person.pk)
        while self.document["version"] < version:
            assert self.line is not None
            document = await self.line.document()
            assert document["version"] > self.document["version"], "an older one after a newer one"
            self.document = document
        fresh = (await outside(self.phone.client.get, "/api/v1/work")).json()
        for key, value in fresh.items():
            assert self.document[key] == value, key


@pytest.fixture
def live(live_cast, monkeypatch) -> Iterator[World]:
    made = World(live_cast, Ahead(), monkeypatch, rings=True)
    monkeypatch.setattr(made, "now", lambda: timezone.now() + made.clock.by)
    made.begin()
    return made


@pytest.fixture
def lost(monkeypatch) -> Callable[[bool], None]:
    """Let rings get lost, or not."""
    heard, state = ring.ring, {"lost": False}
    monkeypatch.setattr(ring, "ring", lambda ids: None if state["lost"] else heard(ids))
    return lambda lose: state.update(lost=lose)


def move(world: World, lots: random.Random) -> None:
    """Do one thing."""
    name = lots.choice(FIELD)
    match lots.choice(["act", "act", "act", "answer", "warn", "desk", "watch", "watch"]):
        case "act":
            world.acts(name, lots.choice(sorted(PAYLOADS)), which=lots.randrange(3), late_s=0)
        case "answer":
            world.acts(name, lots.choice(["acknowledge", "decline", "receipt"]), which=0, late_s=0)
        case "warn":
            world.warn(lots.choice(sorted(ALERTS)))
        case "desk":
            world.asks(lots.choice(ASKS))
        case "watch":
            world.waits(lots.choice([16, 31, 61, 301]))
            world.watches()


async def test_what_is_pushed_is_what_is_pulled(live, lost):
    lots, sequences, changes = random.Random(seed(7)), times(12, long=10_000), 0
    screens = [Screen(live, name) for name in FIELD]
    for screen in screens:
        await screen.comes()
    for _sequence in range(sequences):
        await outside(live.warn, "high")
        for _move in range(MOVES):
            away = lots.choice([None, None, None, *screens])
            if away is not None:
                await away.goes()
            lose = lots.random() < 0.3
            lost(lose)
            await outside(move, live, lots)
            lost(False)
            if away is not None:
                await away.comes()
            if lose:
                await caught_up()
            before = [screen.document["version"] for screen in screens]
            for screen in screens:
                await screen.is_right()
            changes += before != [screen.document["version"] for screen in screens]
        await outside(live.asks, "recall")
        await outside(live.asks, "decide close")
        await caught_up()
    for screen in screens:
        await screen.goes()
    await leave_nothing()
    print(
        f"{sequences} sequences, {changes} changes of a worklist, {await outside(Assignment.objects.count)} assignments"
    )
    assert changes > sequences
