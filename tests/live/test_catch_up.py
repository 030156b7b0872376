"""The catch-up query and the sockets that come and go while it runs."""

from uuid import uuid4

from dissuasion.consumers import hub as hub_room
from dissuasion.consumers.hub import Hub


class Listener:
    """A socket that notes what the hub does to it."""

    def __init__(self, person_id):
        self.person_id, self.version, self.auth_epoch, self.busy = person_id, 1, 1, False
        self.told: list[str] = []

    async def refresh(self):
        self.told.append("refresh")

    async def look_again(self, *, active):
        self.told.append(f"look again, active {active}")

    async def beat(self, epoch, version, at):
        self.told.append("beat")

    async def hang_up(self, code):
        self.told.append(f"hang up {code}")


async def settle(hub):
    for task in list(hub.running):
        await task


async def test_it_does_not_take_a_phone_that_connects_meanwhile_for_a_removed_one(monkeypatch):
    hub, here, late = Hub(), Listener(uuid4()), Listener(uuid4())
    hub.sockets = {here.person_id: {here}}

    async def slow_read(read, ids):
        hub.sockets[late.person_id] = {late}
        return "epoch", {here.person_id: (1, 1, True)}

    monkeypatch.setattr(hub_room, "in_thread", slow_read)
    await hub.catch_up()
    await settle(hub)
    assert (here.told, late.told) == ([], [])


async def test_it_mends_what_differs_and_leaves_alone_who_is_being_told_already(monkeypatch):
    hub, behind, busy, removed = Hub(), Listener(uuid4()), Listener(uuid4()), Listener(uuid4())
    busy.busy = True
    hub.sockets = {socket.person_id: {socket} for socket in (behind, busy, removed)}
    states = {behind.person_id: (2, 1, True), busy.person_id: (2, 1, True), removed.person_id: (1, 2, False)}

    async def read(work, ids):
        return "epoch", states

    monkeypatch.setattr(hub_room, "in_thread", read)
    await hub.catch_up()
    await settle(hub)
    assert (behind.told, busy.told, removed.told) == (["refresh"], [], ["look again, active False"])
