"""A demo in which nobody plays: quiet cases are looked at less and less, and no ladder climbs for ever."""

import asyncio
import datetime as dt
from types import SimpleNamespace

import pytest
from django.utils import timezone

from dissuasion.demo.city import caretaker
from dissuasion.demo.city.caretaker import Caretaker
from dissuasion.demo.show import narrator as module
from dissuasion.demo.show.narrator import Narrator
from tests.dissuasion.demo.show.test_timeline import event, file

HIGH = {"risk": "high", "way": "case", "case": "c-1", "received_at": "2026-01-05T09:00:00+00:00"}
SCREEN = SimpleNamespace(print_minor=lambda line: None, update=lambda timeline: None, finish=lambda timeline: None)


class Clock:
    """Time that passes only while somebody sleeps."""

    now = 5000.0

    def monotonic(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += seconds
        if self.now > 5000 + 3600:
            raise asyncio.CancelledError


class FileDoor:
    """Shows the same case file to whoever asks, with a new line now and then, and counts."""

    def __init__(self, clock: Clock, *, every_s: float) -> None:
        self.clock, self.every_s, self.asked = clock, every_s, 0

    async def read(self, who, path):
        self.asked += 1
        lines = int((self.clock.now - 5000) / self.every_s) if self.every_s else 0
        return file(event("heard", 0), *(event("lapsed", 1 + n) for n in range(lines)))


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(module, "time", clock)
    monkeypatch.setattr(module, "asyncio", SimpleNamespace(sleep=clock.sleep, Event=asyncio.Event))
    return clock


async def an_hour(door: FileDoor) -> Narrator:
    narrator = Narrator(door, SCREEN, connected=lambda: 0)
    narrator.desks = [object()]
    narrator.heard(SimpleNamespace(answer=HIGH, recorded=None, body={"channel": "funds"}, place="范集"))
    with pytest.raises(asyncio.CancelledError):
        await narrator.run()
    return narrator


async def test_it_looks_less_and_less_at_a_quiet_case(clock):
    door = FileDoor(clock, every_s=0)
    narrator = await an_hour(door)
    assert narrator.timelines == {}
    assert door.asked < 80  # 2.5 minutes at 0.35 s would be 430


async def test_it_does_not_follow_a_ladder_that_never_ends(clock):
    door = FileDoor(clock, every_s=60)
    narrator = await an_hour(door)
    assert narrator.timelines == {}
    assert clock.now > 5000 + module.MAX_S
    assert door.asked < 1000


class BoardDoor:
    """A door with a board, which keeps what is written to it."""

    def __init__(self, *cases) -> None:
        self.cases, self.written = list(cases), []

    async def read(self, who, path):
        return {"cases": self.cases}

    async def write(self, who, path, body):
        self.written.append(path)


def case(name, minutes, *statuses):
    opened = timezone.now() - dt.timedelta(minutes=minutes)
    return {"id": name, "opened_at": opened.isoformat(), "team": [{"status": status} for status in statuses]}


async def test_the_caretaker_takes_back_only_what_nobody_answered_for_long():
    door = BoardDoor(
        case("old", 16, "assigned", "assigned"), case("young", 14, "assigned"), case("taken", 60, "acknowledged"),
        case("half", 60, "assigned", "on_scene"), case("nobody", 60),
    )  # fmt: skip
    await Caretaker(door, None).look()
    assert door.written == ["cases/old/recall"]


async def test_the_caretaker_does_not_mind_a_case_that_has_just_ended():
    door = BoardDoor(case("old", 16, "assigned"), case("older", 17, "assigned"))

    async def refused(who, path, body):
        door.written.append(path)
        raise caretaker.Refused(409, "nobody_holds_it", "")

    door.write = refused
    await Caretaker(door, None).look()
    assert len(door.written) == 2
