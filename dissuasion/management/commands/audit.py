"""Watches the watch: `manage.py audit`, a process of its own, on another machine if there is one."""

import asyncio
import logging
import signal
from typing import Any

from django.core.management.base import BaseCommand

from dissuasion.management.auditing import run_audit


async def _until_told() -> None:
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    await run_audit(stop)


class Command(BaseCommand):
    help = "Look every few seconds whether anything is late, and raise the alarm, until told to stop."

    def handle(self, *args: Any, **options: Any) -> None:
        # While the database is away its pool says so several times a second; the audit itself says it once.
        logging.getLogger("psycopg.pool").setLevel(logging.ERROR)
        logging.getLogger("httpx").setLevel(logging.WARNING)  # its lines hold the monitor's address
        asyncio.run(_until_told())
