"""A socket as the tests hold it: the real ASGI application, the hub of the test's own event loop, no server."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from asgiref.sync import sync_to_async
from asgiref.testing import ApplicationCommunicator
from django.conf import settings
from django.db import connections
from django.test import Client

from config.asgi import application
from dissuasion.consumers.hub import hub
from dissuasion.consumers.threads import in_thread

T = TypeVar("T")
PATIENCE_S = 5  # a broken test waits so long; a good one never does
TURNS = 50  # of the loop: more than a consumer needs to take in a message, however busy the machine


async def outside(work: Callable[..., T], *args: Any, **kwargs: Any) -> T:
    """Return what `work` returns, run in a thread as a server runs its views, with its own database connection."""

    def run() -> T:
        try:
            return work(*args, **kwargs)
        finally:
            connections.close_all()

    return await sync_to_async(run, thread_sensitive=False)()


class Line:
    """One end of a socket, spoken to in ASGI messages."""

    def __init__(self, session: str, *, have: str = "", path: str = "/ws/v1/work", **headers: str) -> None:
        sent = {"host": "testserver", "cookie": f"{settings.SESSION_COOKIE_NAME}={session}"} | headers
        scope = {
            "type": "websocket", "path": path, "query_string": f"have={have}".encode(), "subprotocols": [],
            "headers": [(name.encode(), value.encode()) for name, value in sent.items() if value],
        }  # fmt: skip
        self.end = ApplicationCommunicator(application, scope)

    async def opens(self) -> None:
        """Connect; every socket is accepted first."""
        await self.end.send_input({"type": "websocket.connect"})
        assert (await self.end.receive_output(PATIENCE_S))["type"] == "websocket.accept"

    async def hangs_up(self) -> None:
        """Disconnect and let the server's side end."""
        await self.end.send_input({"type": "websocket.disconnect", "code": 1000})
        await self.end.wait(PATIENCE_S)

    async def hears(self) -> dict[str, Any]:
        """Return the next message."""
        output = await self.end.receive_output(PATIENCE_S)
        assert output["type"] == "websocket.send", output
        message: dict[str, Any] = json.loads(output["text"])
        return message

    async def document(self) -> dict[str, Any]:
        """Return the document of the next worklist that comes."""
        while (message := await self.hears())["type"] != "work":
            pass
        document: dict[str, Any] = message["document"]
        return document

    async def says(self, message: Any) -> None:
        """Send a message as JSON; text and bytes as they are."""
        match message:
            case bytes():
                await self.end.send_input({"type": "websocket.receive", "bytes": message})
            case str():
                await self.end.send_input({"type": "websocket.receive", "text": message})
            case _:
                await self.says(json.dumps(message))

    async def closed(self) -> int:
        """Return the code with which the server hangs up next."""
        output = await self.end.receive_output(PATIENCE_S)
        assert output["type"] == "websocket.close", output
        code: int = output["code"]
        return code

    async def heard(self) -> None:
        """Wait until the server's side has taken in all that was said and the hub has done what followed from it."""
        while not self.end.input_queue.empty():  # noqa: ASYNC110  the queue of asgiref tells nobody
            await asyncio.sleep(0)
        for _ in range(TURNS):
            await asyncio.sleep(0)
        await settled()

    async def silent(self, seconds: float = 0.05) -> bool:
        """Return whether nothing comes for a moment, once all that was said is heard and the hub has done its work."""
        await self.heard()
        return bool(await self.end.receive_nothing(seconds))


async def settled() -> None:
    """Wait until the hub has no work in hand."""
    while hub().running:
        await asyncio.wait(set(hub().running))


async def caught_up() -> None:
    """Let the hub compare its sockets with the database now, instead of in three seconds."""
    await hub().catch_up()
    await settled()


async def leave_nothing() -> None:
    """Stop the hub, and give back the database connections that the sockets' threads hold."""
    await hub().stop()
    await asyncio.sleep(0)
    await asyncio.gather(*[in_thread(connections.close_all) for _ in range(4)])


@asynccontextmanager
async def connected(client: Client | None, **options: Any) -> AsyncIterator[Line]:
    """Give a connected line with this client's session; hang up and stop the hub at the end."""
    session = client.cookies[settings.SESSION_COOKIE_NAME].value if client else ""
    line = Line(session, **options)
    await line.opens()
    try:
        yield line
    finally:
        await line.hangs_up()
        if not hub().sockets:
            await hub().stop()
