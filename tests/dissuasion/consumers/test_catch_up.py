"""The catch-up query and the sockets that come and go while it runs."""

import asyncio
import datetime as dt
from uuid import uuid4

import pytest
from django.utils import timezone

from dissuasion.consumers import hub as hub_room
from dissuasion.consumers.hub import Hub

# They ask the database nothing, but the sockets' threads may hold a connection of an earlier test.
pytestmark = pytest.mark.django_db


class Listener:
    """A socket that notes what the hub does to it."""

    def __init__(self, person_id):
        self.person_id, self.version, self.auth_epoch, self.busy = person_id, 1, 1, False
        self.session, self.ends_at = uuid4().hex, timezone.now() + dt.timedelta(hours=14)
        self.told: list[str] = []

    async def refresh(self):
        self.told.append("refresh")

    async def check_session(self, *, active):
        self.told.append(f"look again, active {active}")

    async def send_heartbeat(self, epoch, version, at):
        self.told.append("beat")

    async def close_with(self, code):
        self.told.append(f"hang up {code}")


async def settle(hub):
    for task in list(hub.running):
        await task


async def test_it_does_not_take_a_phone_that_connects_meanwhile_for_a_removed_one(monkeypatch):
    hub, here, late = Hub(), Listener(uuid4()), Listener(uuid4())
    hub.sockets = {here.person_id: [here]}

    async def slow_read(read, ids):
        hub.sockets[late.person_id] = [late]
        return "epoch", {here.person_id: (1, 1, True)}

    monkeypatch.setattr(hub_room, "in_thread", slow_read)
    await hub.catch_up()
    await settle(hub)
    assert (here.told, late.told) == ([], [])


async def test_it_mends_what_differs_and_leaves_alone_who_is_being_told_already(monkeypatch):
    hub, behind, busy, removed = Hub(), Listener(uuid4()), Listener(uuid4()), Listener(uuid4())
    busy.busy = True
    hub.sockets = {socket.person_id: [socket] for socket in (behind, busy, removed)}
    states = {behind.person_id: (2, 1, True), busy.person_id: (2, 1, True), removed.person_id: (1, 2, False)}

    async def read(work, ids):
        return "epoch", states

    monkeypatch.setattr(hub_room, "in_thread", read)
    await hub.catch_up()
    await settle(hub)
    assert (behind.told, busy.told, removed.told) == (["refresh"], [], ["look again, active False"])


class Leaver(Listener):
    """A socket that is gone when the hub wants to tell it something."""

    def __init__(self, hub):
        super().__init__(uuid4())
        self.hub = hub

    async def send_heartbeat(self, epoch, version, at):
        await self.hub.remove(self)


async def test_it_leaves_no_clock_behind_when_the_last_socket_goes_during_a_beat(monkeypatch):
    monkeypatch.setattr(hub_room, "HEARTBEAT_S", 0.01)
    hub, before = Hub(), asyncio.all_tasks()
    for _ in range(3):
        hub.epoch = None
        await hub.add(Leaver(hub))
        hub.epoch = "epoch"
        for _ in range(200):  # Redis takes a moment to let a listener go
            await asyncio.sleep(0.01)
            if not hub.tasks:
                break
        assert (hub.sockets, hub.tasks) == ({}, [])
    await hub.add(staying := Listener(uuid4()))
    await asyncio.sleep(0.05)
    clocks = {task for task in asyncio.all_tasks() - before if "Hub." in str(task.get_coro())}
    assert clocks == set(hub.tasks)
    assert len(hub.tasks) == 4
    await hub.remove(staying)


class Layer:
    """A channel layer that takes no listener while it is down."""

    def __init__(self):
        self.down, self.groups = True, []

    async def group_add(self, group, channel):
        if self.down:
            raise OSError("no layer")
        self.groups.append(group)


async def test_it_tries_a_failed_join_again(monkeypatch):
    hub, layer, here = Hub(), Layer(), Listener(uuid4())

    async def read(work, ids):
        return "epoch", {here.person_id: (1, 1, True)}

    monkeypatch.setattr(hub_room, "channel_layer", lambda: layer)
    monkeypatch.setattr(hub_room, "in_thread", read)
    hub.channel, hub.tasks = "mine", [asyncio.create_task(asyncio.sleep(0))]
    await hub.add(here)
    for down in (True, False, False):
        layer.down = down
        await hub.catch_up()
        await settle(hub)
    assert layer.groups == [f"work.{here.person_id.hex}"]
    assert hub.unlistened == set()
