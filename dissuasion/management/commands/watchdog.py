"""Checks that the watch works: `manage.py watchdog`, a process of its own, on another machine if there is one."""

import asyncio
import logging
import signal
from typing import Any

from django.core.management.base import BaseCommand

from dissuasion.workers import start
from dissuasion.workers.watchdog import run_watchdog


async def _until_told() -> None:
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    await run_watchdog(stop)


class Command(BaseCommand):
    help = "Look every few seconds whether anything is late, and raise the alarm, until told to stop."

    def handle(self, *args: Any, **options: Any) -> None:
        # While the database is down its pool logs it several times a second; the watchdog itself logs it once.
        logging.getLogger("psycopg.pool").setLevel(logging.ERROR)
        logging.getLogger("httpx").setLevel(logging.WARNING)  # its lines hold the monitor's address
        # A database that is away is what it tells: it does not wait for that.
        with start.working(waits=False):
            asyncio.run(_until_told())
