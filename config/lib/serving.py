"""The one configuration of uvicorn: for the demo, `make dev`, the benchmark and production."""

import asyncio
from typing import Any

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

APPLICATION = "config.asgi:application"
HEAD_BYTES = 64 * 1024  # of a head that is not whole yet; what one read of the connection brings comes on top


class BoundedProtocol(HttpToolsProtocol):
    """Uvicorn's HTTP, with a limit on the size of a head and on the time that a request may take to come.

    Uvicorn itself has neither: one connection could fill the memory with a head that never ends, and connections that
    send nothing stayed for ever. A request that is too slow ends with its connection.
    """

    head_s = 20.0
    body_s = 300.0  # a piece of a photo (256 kB) comes in that time at 7 kbit/s, a box of 4 MB at 107

    _useful = False  # whether a read brought a whole head, a piece of a body or the end of a request
    _came = 0  # bytes since the last read that did
    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._must_come_within(self.head_s)

    def connection_lost(self, exc: Exception | None) -> None:
        self._must_come_within(None)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Parse what came; refuse a head, or trailers behind a body, that are too large before their end."""
        cycle: RequestResponseCycle | None = self.cycle
        if self._deadline is None and (cycle is None or cycle.response_complete):
            self._must_come_within(self.head_s)  # the next request of a connection that was kept
        self._useful = False
        super().data_received(data)
        self._came = 0 if self._useful else self._came + len(data)  # bodies have a limit of their own
        if self._came > HEAD_BYTES and not self.transport.is_closing():
            self.send_400_response("The head of this request is too large.")

    def handle_websocket_upgrade(self) -> None:
        """Hand the connection over to the websocket, which has clocks of its own."""
        self._must_come_within(None)
        super().handle_websocket_upgrade()

    def on_headers_complete(self) -> None:
        self._useful = True
        self._must_come_within(self.body_s)
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        self._useful = True
        super().on_body(body)

    def on_message_complete(self) -> None:
        self._useful = True
        self._must_come_within(None)
        super().on_message_complete()

    def _must_come_within(self, seconds: float | None) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
        self._deadline = self.loop.call_later(seconds, self._end) if seconds else None

    def _end(self) -> None:
        if not self.transport.is_closing():
            self.transport.abort()


# Messages are small, and a phone that is gone must be noticed within 12 s.
# Compression would cost each socket ten times the memory for documents of a few kilobytes.
SETTINGS: dict[str, Any] = {
    "loop": "auto",  # uvloop where it is installed
    "http": BoundedProtocol,
    "ws": "websockets-sansio",
    "ws_max_size": 65536,
    "ws_ping_interval": 5,
    "ws_ping_timeout": 5,
    "ws_per_message_deflate": False,
    "lifespan": "off",
    "access_log": False,
    "server_header": False,
    # Client address and scheme are read in one place, by our settings (client_address.py, BEHIND_PROXY). By default the
    # server would believe what any program on the same machine writes into X-Forwarded-For and -Proto.
    "proxy_headers": False,
    "timeout_graceful_shutdown": 3,  # seconds; the phones come back by themselves
}


def server_config(**changes: Any) -> uvicorn.Config:
    """Return uvicorn's configuration with these settings; `changes` are further arguments of uvicorn.Config."""
    return uvicorn.Config(APPLICATION, **{**SETTINGS, **changes})
