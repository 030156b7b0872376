"""Lets so many requests of a process work at a time; the others wait for their turn without working.

Under ASGI Django lets every request work at once. Two hundred of them share one interpreter and queue for the same few
database connections, and the sockets' threads, which carry assignments to phones, queue behind them: a city's rush of
acts would keep new assignments from the doors that they are for.
"""

import asyncio
from weakref import WeakKeyDictionary

from asgiref.sync import sync_to_async
from django.conf import settings
from django.core.handlers.asgi import ASGIHandler
from django.db import close_old_connections
from django.http import HttpRequest
from django.http.response import HttpResponseBase

# A phone that comes back pulls before it opens its socket: it must not stand behind everybody's acts.
PULL = "/api/v1/work"
UP = "/up"


class Lanes:
    """The turns of one event loop: of phones that pull their worklist, and of everything else."""

    def __init__(self) -> None:
        self.pulls = asyncio.Semaphore(settings.PULLS_AT_ONCE)
        self.others = asyncio.Semaphore(settings.REQUESTS_AT_ONCE)


class Turns(ASGIHandler):
    """Django's handler with `settings.REQUESTS_AT_ONCE` turns, given in the order in which requests were read whole.

    Whoever hangs up while waiting is forgotten; a request that has begun ends, and keeps its turn until then. What asks
    nothing of the database, the sign of life and static files, takes none.
    """

    def __init__(self) -> None:
        super().__init__()
        self._lanes: WeakKeyDictionary[asyncio.AbstractEventLoop, Lanes] = WeakKeyDictionary()

    async def get_response_async(self, request: HttpRequest) -> HttpResponseBase:
        """Return the response, made in its turn; reading the body and sending the answer take none."""
        path = request.path_info
        if path == UP or path.startswith(settings.STATIC_URL):
            return await super().get_response_async(request)
        loop = asyncio.get_running_loop()
        lanes = self._lanes.get(loop) or self._lanes.setdefault(loop, Lanes())
        turns = lanes.pulls if path == PULL else lanes.others
        await turns.acquire()
        work = asyncio.ensure_future(self._answer(request))
        work.add_done_callback(lambda _done: turns.release())
        return await asyncio.shield(work)

    async def _answer(self, request: HttpRequest) -> HttpResponseBase:
        try:
            return await super().get_response_async(request)
        finally:
            # Django would keep the connection until the last byte is sent, however slowly somebody reads.
            await sync_to_async(close_old_connections)()
