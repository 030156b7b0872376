"""The limit on concurrent requests of a process, in lanes by kind of caller, so that no rush delays an alert.

Under ASGI Django lets every request work at once. Two hundred of them share one interpreter and queue for the same few
database connections, and the sockets' threads, which carry assignments to phones, queue behind them. In a lane a few
work at a time and the others wait in order, in a limited number and for a limited time: a request that the lane can't
take soon is refused at once (503 with Retry-After), so that it does not slow down those before it.
"""

import asyncio
import contextlib
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import close_old_connections
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.translation import gettext as _

from config.lib.http.asgi_request import RequestHandler
from config.lib.http.client_address import client_address
from config.lib.http.problems import Problem
from config.lib.http.refusals import refused

# Seconds after which a refused caller comes again.
COME_AGAIN_S = (1, 5)
MOST_REST_S = 0.25


class Busy(Exception):
    """The lane can't take this request soon."""


@dataclass(frozen=True)
class Lane:
    """A lane: how many requests work at once, how many more may wait, and how long each of them (s) at most.

    `each` is how many one caller may have in the lane, waiting or at work, and `of_address` how many one address may,
    whoever its callers say they are; without them there is no such limit. While the lane that `leads` is at work, a
    request of another begins up to `gives_way_s` later. While others wait in a lane that `rests`, each slot stands idle
    for so many times as long as it was at work: a rush leaves that much to others.
    """

    name: str
    at_once: int
    waiting: int
    patience_s: float
    each: int | None = None
    of_address: int | None = None
    leads: bool = False
    gives_way_s: float = 0.0
    rests: float = 0.0


@dataclass(frozen=True)
class Caller:
    """Who asks, as far as that is known before the database is: what they show (a session, a key), and from where.

    Anybody can invent the first; the second they cannot choose.
    """

    shown: str
    address: str


class Slots:
    """The slots of one lane in one event loop, and who is in it."""

    def __init__(self, lane: Lane) -> None:
        self._lane = lane
        self._free = asyncio.Semaphore(lane.at_once)
        self._inside = 0
        self._inside_of: Counter[tuple[str, str]] = Counter()

    async def take(self, caller: Caller) -> None:
        """Wait for a slot; raise Busy where too many wait before, or after the lane's patience."""
        lane = self._lane
        if self._inside >= lane.at_once + lane.waiting:
            raise Busy
        counted = self._counted(caller)
        if any(self._inside_of[key] >= most for key, most in counted):
            raise Busy
        self._inside += 1
        self._inside_of.update(key for key, _most in counted)
        try:
            async with asyncio.timeout(lane.patience_s):
                await self._free.acquire()
        except BaseException as error:
            self._leave(caller)
            if isinstance(error, TimeoutError):
                raise Busy from error
            raise

    def give_back(self, caller: Caller) -> None:
        """Let the next request of the lane begin."""
        self._free.release()
        self._leave(caller)

    def rest_s(self, spent_s: float) -> float:
        """Return for how many seconds a slot stays idle after `spent_s` seconds of work."""
        crowded = self._inside > self._lane.at_once
        return min(MOST_REST_S, self._lane.rests * spent_s) if crowded else 0.0

    def _counted(self, caller: Caller) -> list[tuple[tuple[str, str], int]]:
        """Return what is counted of a caller, each with its limit."""
        limits = (("shown", caller.shown, self._lane.each), ("address", caller.address, self._lane.of_address))
        return [((kind, text), most) for kind, text, most in limits if text and most is not None]

    def _leave(self, caller: Caller) -> None:
        self._inside -= 1
        for key, _most in self._counted(caller):
            self._inside_of[key] -= 1
            if not self._inside_of[key]:
                del self._inside_of[key]


class Lanes:
    """All lanes of one event loop, and whether the one that leads is at work."""

    def __init__(self) -> None:
        self._slots: dict[Lane, Slots] = {}
        self._leading = 0
        self._free = asyncio.Event()
        self._free.set()

    async def enter(self, lane: Lane, caller: Caller) -> None:
        """Wait for a slot, and for those who lead; raise Busy as the lane does."""
        slots = self._slots.get(lane) or self._slots.setdefault(lane, Slots(lane))
        await slots.take(caller)
        if lane.leads:
            self._leading += 1
            self._free.clear()
        elif self._leading and lane.gives_way_s:
            try:
                await self._give_way(lane.gives_way_s)
            except BaseException:
                slots.give_back(caller)
                raise

    async def _give_way(self, seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._free.wait()

    def leave(self, lane: Lane, caller: Caller, *, spent_s: float) -> None:
        """Give the slot back, after the lane's rest."""
        slots = self._slots[lane]
        rest_s = slots.rest_s(spent_s)
        if rest_s:
            asyncio.get_running_loop().call_later(rest_s, slots.give_back, caller)
        else:
            slots.give_back(caller)
        if lane.leads:
            self._leading -= 1
            if not self._leading:
                self._free.set()


class RequestLimitHandler(RequestHandler):
    """Django's handler; a request works when its lane has a slot. `lane_of` returns the lane, None for no limit.

    A request whose sender hangs up while it waits is dropped. A request that has begun runs to its end and keeps its
    slot until then.
    """

    def __init__(self, lane_of: Callable[[HttpRequest], Lane | None]) -> None:
        super().__init__()
        self._lane_of = lane_of
        self._lanes: WeakKeyDictionary[asyncio.AbstractEventLoop, Lanes] = WeakKeyDictionary()

    async def get_response_async(self, request: HttpRequest) -> HttpResponseBase:
        """Return the response, made while it holds a slot; reading the body and sending the answer need none."""
        lane = self._lane_of(request)
        if lane is None:
            return await super().get_response_async(request)
        loop = asyncio.get_running_loop()
        lanes, caller = self._lanes.get(loop) or self._lanes.setdefault(loop, Lanes()), caller_of(request)
        try:
            await lanes.enter(lane, caller)
        except Busy:
            return refuse(request)
        begun = loop.time()
        work = asyncio.ensure_future(self._answer(request))
        work.add_done_callback(lambda _done: lanes.leave(lane, caller, spent_s=loop.time() - begun))
        return await asyncio.shield(work)

    async def _answer(self, request: HttpRequest) -> HttpResponseBase:
        try:
            return await super().get_response_async(request)
        finally:
            # Django would keep the connection until the last byte is sent, however slowly somebody reads.
            await sync_to_async(close_old_connections)()


def caller_of(request: HttpRequest) -> Caller:
    """Return who asks; whoever shows nothing counts by their address alone."""
    shown = request.COOKIES.get(settings.SESSION_COOKIE_NAME) or request.headers.get("Authorization") or ""
    return Caller(shown, client_address(request))


class Crowded(Problem):
    """Too many wait already; `wait` is a random number of seconds, so that not all come again at the same moment."""

    def __init__(self) -> None:
        text = _("Too many wait here at the moment. Try again in a few seconds.")
        super().__init__("busy", text, status=503)
        self.wait = random.randint(*COME_AGAIN_S)  # noqa: S311  no secret


def refuse(request: HttpRequest) -> HttpResponse:
    """Return the answer to a request that must come again a little later."""
    with translation.override(translation.get_language_from_request(request)):
        return refused(request.path_info, Crowded())
