"""Wakes every watcher through PostgreSQL; with another database the watchers look once a second anyway."""

import asyncio
import logging
from collections.abc import Callable

import psycopg
from django.db import connection

from config.lib.database import postgres

logger = logging.getLogger(__name__)
NAME = "doorstep_due"
RETRY_S = 5.0


def watchers() -> None:
    """Wake every watcher when the running transaction commits: something in it is due already."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"NOTIFY {NAME}")


async def listen(woken: Callable[[], None]) -> None:
    """Call `woken` whenever watchers are woken, until cancelled.

    Without a connection to the database nothing is woken and nothing is lost: watchers look every second all the same.
    It listens at PostgreSQL itself: a pooler drops LISTEN.
    """
    if connection.vendor != "postgresql":
        return
    parameters = postgres.direct_parameters()
    while True:
        try:
            async with await psycopg.AsyncConnection.connect(**parameters, autocommit=True) as listener:
                await listener.execute(f"LISTEN {NAME}")
                woken()  # for calls that came while there was no connection
                async for _call in listener.notifies():
                    woken()
        except (psycopg.Error, OSError) as error:
            logger.info("No connection to be woken by the database; it is tried again. %s", error)
        await asyncio.sleep(RETRY_S)
