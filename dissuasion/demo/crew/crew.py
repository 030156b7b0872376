"""The crew: everybody on duty with a phone, connecting one after the other as a city's phones do."""

import asyncio
from collections.abc import Iterable
from dataclasses import replace

from dissuasion.demo.crew import errand
from dissuasion.demo.crew.door import Door
from dissuasion.demo.crew.mix import Mix
from dissuasion.demo.crew.phone import Member, Phone
from dissuasion.demo.crew.profile import Profile
from dissuasion.demo.crew.world import World

FIRST_FASTER = 4


class Crew:
    """The phones that are switched on. With a `mix` people are what it deals them, else what their member says."""

    def __init__(self, door: Door, world: World, *, mix: Mix | None = None) -> None:
        self.door, self.world = door, world
        self._dealing = mix.deal(world.seed) if mix else None
        self._dealt: dict[str, Profile] = {}
        self._phones: dict[str, tuple[Phone, asyncio.Task[None]]] = {}
        self._first = -1
        self._given: set[str] = set()

    @property
    def phones(self) -> list[Phone]:
        """Every phone that is switched on."""
        return [phone for phone, _task in self._phones.values()]

    @property
    def connected(self) -> int:
        """How many of them hold an open socket."""
        return sum(phone.connected for phone in self.phones)

    @property
    def ready(self) -> bool:
        """Whether all those whose phones are needed first are connected."""
        first = [phone for phone in self.phones if phone.member.first]
        return len(first) == self._first and all(phone.connected for phone in first)

    async def keep(self, members: Iterable[Member], *, per_second: float) -> None:
        """Make these the crew: newcomers switch on, so many a second; who has left goes when nothing is in hand.

        A city connecting at once would be all that the server does, and the first alerts would wait for it.
        """
        wanted = {member.id: member for member in members if member.id not in self._given}
        self._first = sum(member.first for member in wanted.values())
        for key, (phone, task) in list(self._phones.items()):
            if task.done() or (key not in wanted and not phone.busy):
                task.cancel()
                del self._phones[key]
        for key, member in wanted.items():
            if key not in self._phones:
                phone = Phone(self._cast(member), self.door, self.world, go_about=errand.run)
                self._phones[key] = (phone, asyncio.create_task(phone.run()))
                await asyncio.sleep(1 / per_second / (FIRST_FASTER if member.first else 1))

    def _cast(self, member: Member) -> Member:
        """Return somebody as the mix has them; whoever comes back on duty is who they were."""
        if self._dealing is None:
            return member
        if member.id not in self._dealt:
            self._dealt[member.id] = next(self._dealing)
        return replace(member, profile=self._dealt[member.id])

    def give(self, person: str) -> bool:
        """Leave this person to somebody real from now on; return False while their phone has work in hand."""
        phone, task = self._phones.get(person, (None, None))
        if phone is not None and task is not None:
            if phone.busy and not task.done():
                return False
            task.cancel()
            del self._phones[person]
        self._given.add(person)
        return True

    async def close(self) -> None:
        """Switch every phone off, as a dead battery does: a thousand farewells would take seconds."""
        tasks = [task for _phone, task in self._phones.values()]
        for phone, task in self._phones.values():
            if phone.socket is not None:
                phone.socket.transport.abort()
            task.cancel()
        self._phones = {}
        await asyncio.gather(*tasks, return_exceptions=True)
