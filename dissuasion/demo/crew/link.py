"""A phone's connection through a mobile network: slow, cut, doubled, gone for hours, or half-open without a sign."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed

from dissuasion.demo.crew.door import ANSWERED, SENT, Door, NoNetwork, Session
from dissuasion.demo.crew.pace import Pace
from dissuasion.demo.crew.profile import Network, Range, random_for

T = TypeVar("T")
Receipts = list[dict[str, Any]]


class Link:
    """A phone's connection to the server; run `run` as a task, and the network comes and goes as its traits say."""

    def __init__(self, door: Door, network: Network, *, pace: Pace, seed: str) -> None:
        self.door, self.network, self.pace = door, network, pace
        self._rng = random_for(seed, "link")
        self._reached = asyncio.Event()
        self._reached.set()
        self._socket: ClientConnection | None = None
        self._deaf = False

    @property
    def up(self) -> bool:
        """Whether there is a network."""
        return self._reached.is_set()

    @property
    def clock_ahead_s(self) -> float:
        """The server's clock minus the true time here, from the last answer."""
        return self.door.clock_ahead_s

    async def reached(self) -> None:
        """Wait until there is a network."""
        await self._reached.wait()

    async def run(self) -> None:
        """Lose the network and get it back, again and again, until cancelled."""
        while self.network.outage is not None:
            outage = self.network.outage
            await self._minutes(outage.after_min)
            self.lose()
            await self._minutes(outage.lasts_min)
            self.reconnect()

    def lose(self) -> None:
        """Lose the network: requests fail, and the socket falls silent without being closed."""
        self._reached.clear()
        self.go_silent()

    def reconnect(self) -> None:
        """Get the network back: the old socket is dead, and the phone is told at once."""
        self._reached.set()
        if self._socket is not None and self._deaf:
            self._socket.transport.abort()

    def go_silent(self) -> None:
        """Make the socket silent in both directions while it stays open; requests still go through."""
        if self._socket is not None:
            # Pings stay unanswered as well: the server finds out as it would with a real phone.
            self._deaf = True
            self._socket.transport.pause_reading()

    async def sign_in(self, username: str, password: str) -> Session:
        """Return the session of somebody who signs in by name and password."""
        return await self._carry(lambda: self.door.sign_in(username, password))

    async def work(self, who: Session, *, have: str) -> dict[str, Any] | None:
        """Return the worklist document, or None when `have` is just that one."""
        return await self._carry(lambda: self.door.work(who, have=have))

    async def read(self, who: Session, path: str) -> dict[str, Any]:
        """Return what stands behind `path` (below /api/v1/)."""
        return await self._carry(lambda: self.door.read(who, path))

    async def acts(self, who: Session, acts: Sequence[dict[str, Any]]) -> Receipts:
        """Return the receipts of these acts; raise NoNetwork when there is none or the answer was cut off."""
        if self._rng.random() < self.network.cuts:
            moment = self._rng.choice((SENT, ANSWERED))
            return await self._carry(lambda: self.door.acts(who, acts, hang_up=moment))
        if self._rng.random() < self.network.repeats:
            return await self._carry(lambda: self._twice(who, acts))
        return await self._carry(lambda: self.door.acts(who, acts))

    async def _twice(self, who: Session, acts: Sequence[dict[str, Any]]) -> Receipts:
        first, second = await asyncio.gather(self.door.acts(who, acts), self.door.acts(who, acts))
        return [*first, *second]

    @asynccontextmanager
    async def socket(self, who: Session, *, have: str) -> AsyncIterator[ClientConnection]:
        """Open the websocket of a phone that has the document `have`."""
        self._reach()
        async with self.door.socket(who, have=have) as socket:
            self._socket, self._deaf = socket, False
            failing = asyncio.create_task(self._fail())
            try:
                if not self.up:
                    self.go_silent()  # lost during the handshake
                yield socket
            finally:
                failing.cancel()
                if self._deaf:
                    socket.transport.abort()  # no closing handshake gets through
                self._socket = None

    async def _fail(self) -> None:
        if self.network.hears_min is not None:
            await self._minutes(self.network.hears_min)
            self.go_silent()

    async def hear(self, socket: ClientConnection) -> str | bytes:
        """Return the next message of a socket; from a silent one nothing comes, not even what had arrived before."""
        text = await socket.recv()
        if self._deaf:
            await socket.wait_closed()
            raise NoNetwork("The socket had fallen silent")
        return text

    async def say(self, text: str) -> None:
        """Send a message down the socket; without one, or into a silent one, it is lost and nobody knows."""
        if self._socket is not None and not self._deaf:
            with contextlib.suppress(ConnectionClosed):
                await self._socket.send(text)

    async def _carry(self, call: Callable[[], Awaitable[T]]) -> T:
        """Return the answer to a request, unless the network is gone before it is out or before the answer is here."""
        self._reach()
        await asyncio.sleep(self._rng.uniform(*self.network.latency_s))
        self._reach()
        answer = await call()
        self._reach()
        return answer

    def _reach(self) -> None:
        if not self.up:
            raise NoNetwork("No network")

    async def _minutes(self, span: Range) -> None:
        await asyncio.sleep(self.pace.story_seconds(self._rng.uniform(*span)))
