"""All sockets of one process: one listener for rings, one catch-up query, one heartbeat, one note of presence.

The socket is a fast road and the database the truth: a ring that is lost costs at most one catch-up interval.
"""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Protocol, TypeVar
from uuid import UUID
from weakref import WeakKeyDictionary

from asgiref.sync import sync_to_async
from django.db import close_old_connections
from django.utils import timezone

from accounts import people
from accounts.models import Person
from dissuasion.models import Epoch
from dissuasion.queries.worklist import current_epoch
from dissuasion.transports.socket import channel_layer, group_of

logger = logging.getLogger(__name__)
T = TypeVar("T")
CATCH_UP_S, HEARTBEAT_S, PRESENCE_S = 3.0, 10.0, 30.0
# Database work of the sockets: two threads, so that a storm of reconnects takes neither every database connection
# nor the interpreter from the event loop (with more, a thousand phones that came back missed their pings).
threads = ThreadPoolExecutor(max_workers=2, thread_name_prefix="sockets")


def _with_connection(work: Callable[..., T], *args: Any) -> T:
    close_old_connections()
    try:
        return work(*args)
    finally:
        close_old_connections()


async def in_thread(work: Callable[..., T], *args: Any) -> T:
    """Return `work(*args)`, run in one of the sockets' threads with a database connection of its own."""
    return await sync_to_async(_with_connection, thread_sensitive=False, executor=threads)(work, *args)


class Socket(Protocol):
    """What the hub asks of a consumer."""

    person_id: UUID
    version: int
    auth_epoch: int

    @property
    def busy(self) -> bool: ...
    async def refresh(self) -> None: ...
    async def look_again(self, *, active: bool) -> None: ...
    async def beat(self, epoch: str, version: int, at: str) -> None: ...
    async def hang_up(self, code: int) -> None: ...


def read_states(ids: list[UUID]) -> tuple[str, dict[UUID, tuple[int, int, bool]]]:
    """Return the epoch, and for each person the work version, the auth epoch and whether they are active."""
    people = Person.objects.filter(pk__in=ids).annotate(epoch=Epoch.objects.values("epoch")[:1]).order_by()
    rows = list(people.values_list("pk", "work__version", "auth_epoch", "is_active", "epoch"))
    epoch = rows[0][4] if rows else None
    return str(epoch or current_epoch()), {pk: (version or 0, auth, active) for pk, version, auth, active, _ in rows}


class Hub:
    """Holds the sockets of one event loop."""

    def __init__(self) -> None:
        self.sockets: dict[UUID, set[Socket]] = {}
        self.epoch: str | None = None
        self.versions: dict[UUID, int] = {}
        self.channel: str | None = None
        self.tasks: list[asyncio.Task[None]] = []
        self.running: set[asyncio.Task[None]] = set()

    async def add(self, socket: Socket) -> None:
        """Listen for this socket's person from now on; the first socket starts the hub's clocks."""
        if not self.tasks:
            clocks = (
                self._listen(),
                self._every(CATCH_UP_S, self.catch_up),
                self._every(HEARTBEAT_S, self.beat),
            )
            self.tasks = [asyncio.create_task(clock) for clock in (*clocks, self._every(PRESENCE_S, self.seen))]
        first = socket.person_id not in self.sockets
        self.sockets.setdefault(socket.person_id, set()).add(socket)
        if first:
            await self._join(socket.person_id)

    async def remove(self, socket: Socket) -> None:
        """Forget a socket; the last one stops the hub's clocks."""
        those = self.sockets.get(socket.person_id, set())
        those.discard(socket)
        if those or socket.person_id not in self.sockets:
            return
        del self.sockets[socket.person_id]
        if self.channel is not None:
            with contextlib.suppress(Exception):
                await channel_layer().group_discard(group_of(socket.person_id), self.channel)
        if not self.sockets:
            await self.stop()

    async def stop(self) -> None:
        """End the hub's clocks."""
        tasks, self.tasks, self.channel, self.epoch = self.tasks, [], None, None
        for task in tasks:
            if task is not asyncio.current_task():
                task.cancel()

    async def _join(self, person_id: UUID) -> None:
        if self.channel is not None:
            try:
                await channel_layer().group_add(group_of(person_id), self.channel)
            except Exception:
                logger.exception("The channel layer did not take a listener; the catch-up query serves it.")

    async def _listen(self) -> None:
        """Hear rings as long as there are sockets; a dead channel layer is tried again."""
        layer = channel_layer()
        while True:
            try:
                self.channel = await layer.new_channel()
                for person_id in list(self.sockets):
                    await self._join(person_id)
                while True:
                    message = await layer.receive(self.channel)
                    self.spawn(self._ring(UUID(message["person"])))
            except asyncio.CancelledError:
                raise
            except Exception:
                logger.exception("The channel layer fell silent; listening again.")
                await asyncio.sleep(1)

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        """Run `work` beside the hub; keep hold of it until it is done."""
        task = asyncio.create_task(work)
        self.running.add(task)
        task.add_done_callback(self.running.discard)

    async def _ring(self, person_id: UUID) -> None:
        for socket in list(self.sockets.get(person_id, ())):
            await socket.refresh()

    async def _every(self, seconds: float, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        while True:
            await asyncio.sleep(seconds)
            try:
                await work()
            except Exception:
                logger.exception("A clock of the sockets failed once; it goes on.")

    async def catch_up(self) -> None:
        """Compare every connected person's versions with the database, in one query, and mend what differs."""
        asked = {person_id: list(sockets) for person_id, sockets in self.sockets.items()}
        if not asked:
            return
        epoch, states = await in_thread(read_states, list(asked))
        renewed = self.epoch is not None and epoch != self.epoch
        self.epoch, self.versions = epoch, {pk: version for pk, (version, _auth, _active) in states.items()}
        # Only those that were asked about: who connected meanwhile is in no answer and must not be taken for removed.
        for person_id, sockets in asked.items():
            version, auth_epoch, active = states.get(person_id, (0, 0, False))
            for socket in sockets:
                if renewed:
                    self.spawn(socket.hang_up(4410))
                elif socket.auth_epoch != auth_epoch or not active:
                    self.spawn(socket.look_again(active=active))
                elif socket.version != version and not socket.busy:
                    self.spawn(socket.refresh())

    async def beat(self) -> None:
        """Send every socket the version it should have, as last read from the database."""
        if self.epoch is None:
            return
        at = timezone.now().isoformat()
        for person_id, sockets in list(self.sockets.items()):
            for socket in list(sockets):
                version = max(self.versions.get(person_id, 0), socket.version)
                await socket.beat(self.epoch, version, at)

    async def seen(self) -> None:
        """Note that all these phones are connected."""
        await in_thread(lambda ids: people.seen(ids, at=timezone.now()), list(self.sockets))


_hubs: WeakKeyDictionary[asyncio.AbstractEventLoop, Hub] = WeakKeyDictionary()


def hub() -> Hub:
    """Return the hub of the running event loop."""
    loop = asyncio.get_running_loop()
    if loop not in _hubs:
        _hubs[loop] = Hub()
    return _hubs[loop]
