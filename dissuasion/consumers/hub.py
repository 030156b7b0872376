"""The hub of all sockets of a process: one listener for rings, one catch-up query, one heartbeat, one note of presence.

The database is the truth, the socket only makes it fast: a lost ring costs at most one catch-up interval.
"""

import asyncio
import contextlib
import datetime as dt
import logging
from collections.abc import Callable, Coroutine
from typing import Any, Protocol
from uuid import UUID
from weakref import WeakKeyDictionary

from django.utils import timezone

from accounts import people
from accounts.models import Person
from dissuasion.consumers.positions import PositionWriter
from dissuasion.consumers.threads import in_thread
from dissuasion.models import Epoch
from dissuasion.queries.worklist import current_epoch
from dissuasion.rules.close_codes import REFETCH, REPLACED
from dissuasion.transports.ring import channel_layer, group_of

logger = logging.getLogger(__name__)
CATCH_UP_S, HEARTBEAT_S, PRESENCE_S = 3.0, 10.0, 30.0
MAX_SOCKETS_A_PERSON = 10  # a person, in this process


class Socket(Protocol):
    """What the hub asks of a consumer."""

    person_id: UUID
    session: str | None
    ends_at: dt.datetime
    version: int
    auth_epoch: int

    @property
    def busy(self) -> bool: ...
    async def refresh(self) -> None: ...
    async def check_session(self, *, active: bool) -> None: ...
    async def send_heartbeat(self, epoch: str, version: int, at: str) -> None: ...
    async def close_with(self, code: int) -> None: ...


def read_states(ids: list[UUID]) -> tuple[str, dict[UUID, tuple[int, int, bool]]]:
    """Return the epoch, and for each person the work version, the auth epoch and whether they are active."""
    people = Person.objects.filter(pk__in=ids).annotate(epoch=Epoch.objects.values("epoch")[:1]).order_by()
    rows = list(people.values_list("pk", "work__version", "auth_epoch", "is_active", "epoch"))
    epoch = rows[0][4] if rows else None
    return str(epoch or current_epoch()), {pk: (version or 0, auth, active) for pk, version, auth, active, _ in rows}


class Hub:
    """The sockets of one event loop."""

    def __init__(self) -> None:
        self.sockets: dict[UUID, list[Socket]] = {}  # of each person, the oldest first
        self.unlistened: set[UUID] = set()  # persons for whom the channel layer did not take a listener
        self.positions = PositionWriter(self.spawn)
        self.epoch: str | None = None
        self.versions: dict[UUID, int] = {}
        self.channel: str | None = None
        self.joining = asyncio.Lock()
        self.tasks: list[asyncio.Task[None]] = []
        self.running: set[asyncio.Task[None]] = set()

    async def add(self, socket: Socket) -> None:
        """Listen for this socket's person from now on; the first socket starts the hub's tasks.

        It replaces the socket of the same session: a phone that comes back need not wait until its old socket is dead.
        """
        if not self.tasks:
            rounds = (
                self._listen(),
                self._every(CATCH_UP_S, self.catch_up),
                self._every(HEARTBEAT_S, self.send_heartbeat),
            )
            self.tasks = [asyncio.create_task(one) for one in (*rounds, self._every(PRESENCE_S, self.save_presence))]
        first = socket.person_id not in self.sockets
        those = self.sockets.setdefault(socket.person_id, [])
        others = [old for old in those if old.session != socket.session]
        kept = others[-(MAX_SOCKETS_A_PERSON - 1) :]
        for old in those:
            if old not in kept:
                self.spawn(old.close_with(REPLACED))
        self.sockets[socket.person_id] = [*kept, socket]
        if first:
            await self._join(socket.person_id)

    async def remove(self, socket: Socket) -> None:
        """Forget a socket; the last one stops the hub's tasks."""
        those = self.sockets.get(socket.person_id, [])
        if socket not in those:
            return
        those.remove(socket)
        if those:
            return
        del self.sockets[socket.person_id]
        self.unlistened.discard(socket.person_id)
        if self.channel is not None:
            with contextlib.suppress(Exception):
                await channel_layer().group_discard(group_of(socket.person_id), self.channel)
        if socket.person_id in self.sockets:
            self.unlistened.add(socket.person_id)  # came back meanwhile, and may have been discarded just now
        if not self.sockets:
            await self.stop()

    async def stop(self) -> None:
        """End the hub's tasks. A task that is in the middle of its round finishes it and then ends by itself."""
        tasks = self.tasks
        self.tasks = []
        self.channel = None
        self.epoch = None
        for task in tasks:
            if task is not asyncio.current_task():
                task.cancel()

    def _is_running(self) -> bool:
        """Return whether the current task is still one of the hub's."""
        return asyncio.current_task() in self.tasks

    async def _join(self, person_id: UUID) -> bool:
        if self.channel is None:
            return False  # the listener will join everybody when it has its channel
        try:
            await channel_layer().group_add(group_of(person_id), self.channel)
        except Exception:
            logger.exception("The channel layer did not take a listener; the catch-up query serves it.")
            self.unlistened.add(person_id)
            return False
        self.unlistened.discard(person_id)
        return True

    async def _join_again(self) -> None:
        """Try the joins that failed, until one fails again."""
        if not self.joining.locked():
            async with self.joining:
                for person_id in self.unlistened & self.sockets.keys():
                    if not await self._join(person_id):
                        return

    async def _listen(self) -> None:
        """Listen for rings as long as there are sockets; a dead channel layer is tried again."""
        layer = channel_layer()
        while self._is_running():
            try:
                self.channel = await layer.new_channel()
                for person_id in list(self.sockets):
                    await self._join(person_id)
                while self._is_running():
                    message = await layer.receive(self.channel)
                    self.spawn(self._ring(UUID(message["person"])))
            except asyncio.CancelledError:
                raise
            except Exception:
                logger.exception("The channel layer fell silent; listening again.")
                await asyncio.sleep(1)

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        """Run `work` as a task and keep a reference until it is done."""
        task = asyncio.create_task(work)
        self.running.add(task)
        task.add_done_callback(self.running.discard)

    async def _ring(self, person_id: UUID) -> None:
        for socket in list(self.sockets.get(person_id, ())):
            await socket.refresh()

    async def _every(self, seconds: float, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        while self._is_running():
            await asyncio.sleep(seconds)
            try:
                await work()
            except Exception:
                logger.exception("A clock of the sockets failed once; it goes on.")

    async def catch_up(self) -> None:
        """Compare every connected person's version with the database in one query, and refresh those that differ."""
        if self.unlistened:
            self.spawn(self._join_again())
        asked = {person_id: list(sockets) for person_id, sockets in self.sockets.items()}
        if not asked:
            return
        epoch, states = await in_thread(read_states, list(asked))
        renewed = self.epoch is not None and epoch != self.epoch
        self.epoch = epoch
        self.versions = {pk: version for pk, (version, _auth, _active) in states.items()}
        now = timezone.now()
        # Only those that the query covers: whoever connected meanwhile is in no row and must not count as removed.
        for person_id, sockets in asked.items():
            version, auth_epoch, active = states.get(person_id, (0, 0, False))
            for socket in sockets:
                if renewed:
                    self.spawn(socket.close_with(REFETCH))
                elif socket.auth_epoch != auth_epoch or not active or socket.ends_at <= now:
                    self.spawn(socket.check_session(active=active))
                elif socket.version != version and not socket.busy:
                    self.spawn(socket.refresh())

    async def send_heartbeat(self) -> None:
        """Send every socket the version it should have, as last read from the database."""
        if self.epoch is None:
            return
        at = timezone.now().isoformat()
        for person_id, sockets in list(self.sockets.items()):
            for socket in list(sockets):
                version = max(self.versions.get(person_id, 0), socket.version)
                await socket.send_heartbeat(self.epoch, version, at)

    async def save_presence(self) -> None:
        """Save that all these phones are connected."""
        await in_thread(lambda ids: people.mark_seen(ids, at=timezone.now()), list(self.sockets))


_hubs: WeakKeyDictionary[asyncio.AbstractEventLoop, Hub] = WeakKeyDictionary()


def hub() -> Hub:
    """Return the hub of the running event loop."""
    loop = asyncio.get_running_loop()
    if loop not in _hubs:
        _hubs[loop] = Hub()
    return _hubs[loop]
