"""The loops of `watch`: once a second, and when woken, they act on what is due, as long as there is a database to read.

What goes out has loops of its own: a push service or gateway that does not answer must not hold up a deadline.
"""

import asyncio
import logging
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from asgiref.sync import sync_to_async
from django.db import DatabaseError, InterfaceError, close_old_connections
from django.utils import timezone

from dissuasion.actions import delivering, pushing, watching
from dissuasion.management.pulse import beating
from dissuasion.transports import wake

logger = logging.getLogger(__name__)
TICK_S = 1.0
BREATH_S = 0.25  # between two ticks, however often it is woken: in a burst messages go together
IN_A_ROW_S = 4.0  # full loads; then the loop looks up and says that it is alive
# Seconds between tries while the database is away; the longest keeps promise 8 (10 s after a restart).
FIRST_WAIT_S, LONGEST_WAIT_S = 1.0, 8.0
DOWN = (DatabaseError, InterfaceError, OSError)


def _watch() -> int:
    return _all(watching.tick, full=watching.AT_ONCE)


def _push() -> int:
    return _all(pushing.tick, full=pushing.AT_ONCE)


def _deliver() -> int:
    return _all(delivering.tick, full=delivering.AT_ONCE)


def _all(tick: Callable[..., int], *, full: int) -> int:
    """Tick until there was less than a full load: in a burst the next ones need not wait for a second to be over."""
    done, until = 0, time.monotonic() + IN_A_ROW_S
    while True:
        one = tick(at=timezone.now())
        done += one
        if one < full or time.monotonic() > until:
            return done


def _connected(work: Callable[[], int]) -> int:
    close_old_connections()
    try:
        return work()
    finally:
        close_old_connections()


async def run_watch(stop: asyncio.Event) -> None:
    """Act on deadlines, send push messages and all others until `stop`."""
    loops = {"watch": _watch, "push-watch": _push, "delivery-watch": _deliver}
    woken = {name: asyncio.Event() for name in loops}

    def wake_all() -> None:
        for event in woken.values():
            event.set()

    ear = asyncio.create_task(wake.listen(wake_all))
    try:
        await asyncio.gather(*(_loop(work, stop, name=name, woken=woken[name]) for name, work in loops.items()))
    finally:
        ear.cancel()


async def _first_of(*events: asyncio.Event, seconds: float) -> None:
    """Wait for any of the events, no longer than so many seconds."""
    waits = [asyncio.ensure_future(event.wait()) for event in events]
    await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    for each in waits:
        each.cancel()


async def _loop(work: Callable[[], int], stop: asyncio.Event, *, name: str, woken: asyncio.Event) -> None:
    """Do `work` once a second and when woken, until `stop`; while the database is away, again at growing intervals.

    The work runs in a thread of its own, started from this loop: the rings of what it does then travel through this
    loop, where the channel layer's connections live.
    """
    wait = 0.0
    thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)
    tick = sync_to_async(_connected, thread_sensitive=False, executor=thread)
    work = beating(work, name=name)
    try:
        while not stop.is_set():
            try:
                await tick(work)
            except DOWN as error:
                if not wait:
                    logger.error("The database does not answer; watching goes on as soon as it does. %s", error)
                wait = min(LONGEST_WAIT_S, 2 * wait or FIRST_WAIT_S)
            except Exception:
                logger.exception("A tick failed; the next one tries again.")
            else:
                if wait:
                    logger.warning("The database answers again.")
                wait = 0.0
            await asyncio.sleep(BREATH_S)
            await _first_of(stop, woken, seconds=wait or TICK_S - BREATH_S)
            woken.clear()
    finally:
        # Never wait here: a ring on its way needs this very loop.
        thread.shutdown(wait=False)
