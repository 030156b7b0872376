"""The limit on concurrent requests of a process: a few work at a time, the others wait in order.

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
WORKLIST_PATH = "/api/v1/work"
HEALTH_PATH = "/up"


class Slots:
    """The free slots of one event loop: for phones that pull their worklist, and for every other request."""

    def __init__(self) -> None:
        self.pulls = asyncio.Semaphore(settings.PULLS_AT_ONCE)
        self.others = asyncio.Semaphore(settings.REQUESTS_AT_ONCE)


class RequestLimitHandler(ASGIHandler):
    """Django's handler, which works on at most `settings.REQUESTS_AT_ONCE` requests at a time, in the order of arrival.

    A request whose sender hangs up while it waits is dropped. A request that has begun runs to its end and keeps its
    slot until then. `/up` and static files do not use the database and take no slot.
    """

    def __init__(self) -> None:
        super().__init__()
        self._slots: WeakKeyDictionary[asyncio.AbstractEventLoop, Slots] = WeakKeyDictionary()

    async def get_response_async(self, request: HttpRequest) -> HttpResponseBase:
        """Return the response, made while it holds a slot; reading the body and sending the answer need none."""
        path = request.path_info
        if path == HEALTH_PATH or path.startswith(settings.STATIC_URL):
            return await super().get_response_async(request)
        loop = asyncio.get_running_loop()
        slots = self._slots.get(loop) or self._slots.setdefault(loop, Slots())
        limit = slots.pulls if path == WORKLIST_PATH else slots.others
        await limit.acquire()
        work = asyncio.ensure_future(self._answer(request))
        work.add_done_callback(lambda _done: limit.release())
        return await asyncio.shield(work)

    async def _answer(self, request: HttpRequest) -> HttpResponseBase:
        try:
            return await super().get_response_async(request)
        finally:
            # Django would keep the connection until the last byte is sent, however slowly somebody reads.
            await sync_to_async(close_old_connections)()
