"""The threads in which the sockets of a process query the database."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from asgiref.sync import sync_to_async
from django.db import close_old_connections

T = TypeVar("T")
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
