"""A real server in a thread of the test's process: the same database, the in-memory layer, code that is counted."""

import asyncio
import contextlib
import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from uvicorn import Config, Server

from config.lib.serving import APPLICATION, SETTINGS
from tests.cast import Cast
from tests.dissuasion.consumers.line import leave_nothing


@contextmanager
def serving(application: Any = APPLICATION) -> Iterator[str]:
    """Serve while the block runs; give the address. Needs `DJANGO_ALLOW_ASYNC_UNSAFE` where the test has a loop."""
    listening = socket.create_server(("127.0.0.1", 0))
    config = Config(application, **{**SETTINGS, "log_config": None, "timeout_graceful_shutdown": 1})
    running = Server(config)

    async def serve() -> None:
        await running.serve([listening])
        await leave_nothing()

    thread = threading.Thread(target=lambda: asyncio.run(serve()), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        running.should_exit = True
        thread.join(5)
        with contextlib.suppress(OSError):
            listening.close()


def server_of_cast(live_cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Give the address of a server on the test's database: a fixture."""
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with serving() as address:
        yield address
