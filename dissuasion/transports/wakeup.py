"""Wakes every watcher at once where the database can tell them (PostgreSQL); elsewhere they look within a second."""

import asyncio
import logging
from collections.abc import Callable

import psycopg
from django.db import connection

logger = logging.getLogger(__name__)
NAME = "doorstep_due"
AGAIN_S = 5.0
# What Django asks for its own, synchronous connections.
ITS_OWN = ("context", "cursor_factory", "prepare_threshold")


def watchers() -> None:
    """Have every watcher look as soon as the running change is committed, for something is due already."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"NOTIFY {NAME}")


async def listen(heard: Callable[[], None]) -> None:
    """Call `heard` whenever watchers are woken, until cancelled.

    Without a line to the database, or behind a pooler that keeps none, nothing is heard and nothing is lost: they look
    every second all the same.
    """
    if connection.vendor != "postgresql":
        return
    about = {key: value for key, value in connection.get_connection_params().items() if key not in ITS_OWN}
    while True:
        try:
            async with await psycopg.AsyncConnection.connect(**about, autocommit=True) as line:
                await line.execute(f"LISTEN {NAME}")
                heard()  # whoever called while there was no line
                async for _call in line.notifies():
                    heard()
        except (psycopg.Error, OSError) as error:
            logger.info("No line to be woken by the database; it is tried again. %s", error)
        await asyncio.sleep(AGAIN_S)
