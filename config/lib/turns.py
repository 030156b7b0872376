"""Lets so many requests of a process work at a time; the others wait for their turn in the event loop.

Under ASGI Django gives every request a thread at once. Two hundred of them share one interpreter and queue for the same
few database connections, and the sockets' threads, which carry assignments to phones, queue behind them: a city's rush
of acts would keep new assignments from the doors that they are for.
"""

import asyncio
from weakref import WeakKeyDictionary

from asgiref.sync import sync_to_async
from django.conf import settings
from django.core.handlers.asgi import ASGIHandler
from django.db import close_old_connections
from django.http import HttpRequest
from django.http.response import HttpResponseBase


class Turns(ASGIHandler):
    """Django's handler with `settings.REQUESTS_AT_ONCE` turns, given in the order in which requests were read whole.

    Whoever hangs up while waiting is forgotten; a request that has begun ends, and keeps its turn until then.
    """

    def __init__(self) -> None:
        super().__init__()
        self._turns: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = WeakKeyDictionary()

    async def get_response_async(self, request: HttpRequest) -> HttpResponseBase:
        """Return the response, made in its turn; reading the body and sending the answer take none."""
        turns = self._turns.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(settings.REQUESTS_AT_ONCE))
        await turns.acquire()
        work = asyncio.ensure_future(self._answer(request))
        work.add_done_callback(lambda _done: turns.release())
        return await asyncio.shield(work)

    async def _answer(self, request: HttpRequest) -> HttpResponseBase:
        response = await super().get_response_async(request)
        # Django would keep the connection until the last byte is sent, however slowly somebody reads.
        await sync_to_async(close_old_connections)()
        return response
