"""One person's phone: pulls first, then listens; holds what the server's document says and nothing else.

The rules are the app's (docs/way-of-an-alert.md): a socket that is silent for 25 s or behind a newer version for 3 s
is given up; coming back is the same path as starting.
"""

import asyncio
import contextlib
import datetime as dt
import json
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed, WebSocketException

from config.lib.ids import uuid7
from dissuasion.demo.crew.door import Door, NoNetwork, Refused, Session
from dissuasion.demo.crew.ledger import Ledger
from dissuasion.demo.crew.link import Link
from dissuasion.demo.crew.outbox import Clock, Outbox
from dissuasion.demo.crew.profile import STEADY, Point, Profile, random_for
from dissuasion.demo.crew.world import World

SILENT_S, BEHIND_S = 25.0, 3.0
SIGNED_OUT, RIGHT_REMOVED, REPLACED, REFRESH = 4401, 4403, 4409, 4410
SHUT_OUT = (401, 403)
# Seconds before coming back: at once after a short loss, slower when the server asks for it (restart, overload).
SOON, LATER, LONGEST = (0.1, 1.5), (1.0, 6.0), 20.0
# Seconds before acts that did not get through go out again, twice as long each time.
AGAIN_S = 1.0
FULL_HOUSE = {1001, 1012, 1013}
POSITION_EVERY_S = (420.0, 540.0)
# Acts that a single tap records; a form can't be sent by a double tap.
TAPS = ("acknowledge", "depart", "arrive")


@dataclass(frozen=True)
class Member:
    """Somebody of the crew. With a `password` they sign in themselves, else they bring a session.

    `first` are those whose phones are needed before the first alert goes out.
    """

    id: str
    username: str
    place: Point
    session: str = ""
    password: str = ""
    first: bool = False
    profile: Profile = STEADY


class Phone:
    """The phone of one member; `run` it as a task, cancel it to switch it off.

    `go_about` is what its owner does with a new assignment, given the phone and the assignment's id.
    """

    def __init__(
        self, member: Member, door: Door, world: World, *, go_about: "Callable[[Phone, str], Coroutine[Any, Any, None]]"
    ) -> None:
        self.member, self.world, self.go_about = member, world, go_about
        self.place = member.place
        self.seed = f"{world.seed}:{member.username}"
        self.rng = random_for(self.seed)
        self.link = Link(door, member.profile.network, pace=world.pace, seed=self.seed)
        self.clock = _clock(member.profile, self.seed)
        # A phone that is switched off and on counts as a new device: its numbers start again.
        self.outbox = Outbox(f"sim-{member.username}-{uuid7().hex[:8]}"[:64], self.clock)
        self.document: dict[str, Any] = {"epoch": "", "version": -1, "assignments": []}
        self.hands = asyncio.Lock()
        self.socket: ClientConnection | None = None
        self._pass = Session.of_session(member.session) if member.session else None
        self._errands: dict[str, asyncio.Task[None]] = {}
        self._behind_since: float | None = None
        self._losses = 0
        self._again: asyncio.Task[None] | None = None

    @property
    def ledger(self) -> Ledger:
        """What this phone has seen and done."""
        return self.outbox.ledger

    @property
    def connected(self) -> bool:
        """Whether the socket is open and there is a network."""
        return self.socket is not None and self.link.up

    @property
    def busy(self) -> bool:
        """Whether there is anything in hand or still to hand over."""
        return bool(self.document["assignments"] or self.outbox.waiting)

    @property
    def have(self) -> str:
        """The state of the worklist that this phone has: epoch, end of the person's id, version."""
        mine = self.document
        return f"{mine['epoch']}.{mine['person']['id'][-8:]}.{mine['version']}" if mine["epoch"] else ""

    async def run(self) -> None:
        """Stay connected until cancelled or shut out."""
        network = asyncio.create_task(self.link.run())
        try:
            while True:
                await self.link.reached()
                code = await self._stay()
                if code in (RIGHT_REMOVED, REPLACED) or (code == SIGNED_OUT and not self.member.password):
                    return
                if code == SIGNED_OUT:
                    self._pass = None
                if code == REFRESH:
                    self.document["epoch"] = ""
                self._losses += 1
                span = LATER if code in FULL_HOUSE else SOON
                await asyncio.sleep(min(LONGEST, self.rng.uniform(*span) * 2 ** min(self._losses - 1, 4)))
        finally:
            for task in (network, self._again, *self._errands.values()):
                if task is not None:
                    task.cancel()

    async def _stay(self) -> int:
        """Pull, then listen until the socket is lost; return the code with which it closed (0: no answer)."""
        try:
            who = await self.who()
            await self.pull(who)
            await self._deliver()
            async with self.link.socket(who, have=self.have) as socket:
                self.socket, self._behind_since = socket, None
                self._losses = 0
                await self._listen(socket)
        except ConnectionClosed as closed:
            return closed.rcvd.code if closed.rcvd else 0
        except Refused as refusal:
            return SIGNED_OUT if refusal.status in SHUT_OUT else 0
        except (NoNetwork, OSError, WebSocketException, TimeoutError):
            return 0
        finally:
            self.socket = None
        return 0

    async def who(self) -> Session:
        """Return the session; sign in when there is none."""
        if self._pass is None:
            self._pass = await self.link.sign_in(self.member.username, self.member.password)
        return self._pass

    async def pull(self, who: Session) -> None:
        """Fetch the worklist over HTTP; the same one again costs a few bytes."""
        document = await self.link.work(who, have=self.have)
        server = dt.datetime.fromtimestamp(time.time() + self.link.clock_ahead_s, dt.UTC)
        self.clock.learn(server, fine=False)
        if document is not None:
            self.take(document, road="pull")

    async def _listen(self, socket: ClientConnection) -> None:
        await self.tell_position()
        next_position = time.monotonic() + self.rng.uniform(*POSITION_EVERY_S)
        heard = time.monotonic()
        while True:
            until = heard + SILENT_S
            if self._behind_since is not None:
                until = min(until, self._behind_since + BEHIND_S)
            async with asyncio.timeout(max(0.0, until - time.monotonic())):
                text = await self.link.hear(socket)
            heard = time.monotonic()
            await self._hear(json.loads(text))
            if heard > next_position:
                next_position = heard + self.rng.uniform(*POSITION_EVERY_S)
                await self.tell_position()

    async def _hear(self, message: dict[str, Any]) -> None:
        if message["type"] == "work":
            self.take(message["document"], road="push")
        elif message["type"] == "heartbeat":
            self.clock.learn(dt.datetime.fromisoformat(message["at"]))
            self._compare(message["epoch"], message["version"])
            await self._deliver()

    def _compare(self, epoch: str, version: int) -> None:
        """Start waiting for a version that is newer than ours; drop everything when the epoch is another."""
        if epoch != self.document["epoch"]:
            self.document["epoch"], self._behind_since = "", time.monotonic() - BEHIND_S
        elif version <= self.document["version"]:
            self._behind_since = None
        elif self._behind_since is None:
            self._behind_since = time.monotonic()

    def take(self, document: dict[str, Any], *, road: str) -> None:
        """Replace the worklist by the server's document; start work on what is new, forget what is gone.

        `road` is pull or push, for the ledger.
        """
        mine = self.document
        if document["epoch"] == mine["epoch"] and document["version"] < mine["version"]:
            return
        self.document, self._behind_since = document, None
        self.ledger.record_document(document, road=road)
        for assignment in document["assignments"]:
            known = assignment["id"]
            if known not in self._errands:
                self._errands[known] = asyncio.create_task(self.go_about(self, known))
        held = {assignment["id"] for assignment in document["assignments"]}
        self._errands = {key: task for key, task in self._errands.items() if key in held or not task.done()}

    def assignment(self, key: str) -> dict[str, Any] | None:
        """Return an assignment as the worklist has it now, or None when it has left."""
        return next((held for held in self.document["assignments"] if held["id"] == key), None)

    async def act(self, kind: str, assignment: str, payload: dict[str, Any] | None = None) -> dict[str, Any] | None:
        """Record an act and hand it over; return its receipt, or None when it has to wait for the network."""
        taps = [self.outbox.add(kind, assignment, payload or {}) for _tap in range(self._taps(kind, assignment))]
        with contextlib.suppress(Refused):
            await self._deliver()
        return self.outbox.receipt(taps[0])

    def _taps(self, kind: str, assignment: str) -> int:
        twice = random_for(self.seed, kind, assignment).random() < self.member.profile.taps_twice
        return 2 if twice and kind in TAPS else 1

    async def hand_over(self, who: Session) -> None:
        """Send what waits in the outbox, and read what comes back."""
        if self.outbox.waiting:
            await self.outbox.flush(lambda acts: self.link.acts(who, acts))
        unread, self.ledger.unread = self.ledger.unread, []
        for kept in unread:
            if kept.reply:
                self.outbox.add("resolve", kept.act["assignment"], {"act": kept.act["uuid"], "choice": kept.reply})
        if self.outbox.waiting:
            self._deliver_later()

    async def _deliver(self) -> None:
        """Send what waits; what does not get through goes out again a little later. Raise Refused when signed out."""
        try:
            if self.outbox.waiting:
                await self.hand_over(await self.who())
        except NoNetwork:
            self._deliver_later()
        except Refused as refusal:
            self._deliver_later()
            if refusal.status in SHUT_OUT:
                raise

    def _deliver_later(self) -> None:
        # Without a network nothing is tried: when it comes back, the phone sends anyway.
        if self.link.up and (self._again is None or self._again.done()):
            self._again = asyncio.create_task(self._deliver_again())

    async def _deliver_again(self) -> None:
        wait = AGAIN_S
        while self.outbox.waiting and self.link.up:
            await asyncio.sleep(self.rng.uniform(wait / 2, wait))
            wait = min(LONGEST, wait * 2)
            with contextlib.suppress(NoNetwork, Refused):
                await self.hand_over(await self.who())

    async def tell_position(self, position: dict[str, float] | None = None) -> None:
        """Say over the socket where this phone is; without a socket nothing is lost."""
        here = position or {"lat": self.place[0], "lon": self.place[1], "accuracy_m": 15.0, "age_s": 1.0}
        self.place = (here["lat"], here["lon"])
        await self.link.say(json.dumps({"type": "position", "position": here}))


def _clock(profile: Profile, seed: str) -> Clock:
    """Return the clock of somebody's phone: ahead or behind by their profile, the same for the same seed."""
    rng = random_for(seed, "clock")
    off_s = rng.choice((1, -1)) * rng.uniform(*profile.clock_off_s)
    return Clock(ahead_s=off_s, learns=rng.random() >= profile.clock_unknown)
