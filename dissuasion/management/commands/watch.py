"""Acts on what falls due, once a second: `manage.py watch` beside the web processes (the demo has it inside)."""

import asyncio
import logging
import signal
from typing import Any

from django.core.management.base import BaseCommand

from dissuasion.workers import start
from dissuasion.workers.watch import run_watch


async def _until_told() -> None:
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    await run_watch(stop)


class Command(BaseCommand):
    help = "Act on what falls due, once a second, until told to stop."

    def handle(self, *args: Any, **options: Any) -> None:
        # While the database is down its pool logs it several times a second; watch itself logs it once.
        logging.getLogger("psycopg.pool").setLevel(logging.ERROR)
        with start.working():
            asyncio.run(_until_told())
