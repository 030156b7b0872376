"""The loops of `watch`: once a second, and when woken, they act on what is due.

Messages have loops of their own: a push service or gateway that does not answer must not hold up a deadline. Held
acts have one as well: thousands of them must not delay a rung.
"""

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from asgiref.sync import sync_to_async
from django.db import DatabaseError, InterfaceError, close_old_connections
from django.utils import timezone

from dissuasion.actions.clocks import due, held
from dissuasion.actions.messages import push, sender
from dissuasion.transports import wakeup
from dissuasion.workers.pulse import with_pulse
from dissuasion.workers.tidying import run_tidying

logger = logging.getLogger(__name__)
HELD = "held-watch"
TICK_S = 1.0
MIN_PAUSE_S = 0.25  # between two ticks, however often it is woken: in a burst messages go together
MAX_IN_A_ROW_S = 4.0  # seconds of full batches; then the loop gives its sign of life
# Seconds between tries while the database is down; the longest keeps promise 8 (10 s after a restart).
FIRST_WAIT_S, MAX_WAIT_S = 1.0, 8.0
DATABASE_DOWN = (DatabaseError, InterfaceError, OSError)


def _watch() -> int:
    return _all(due.tick, full=due.AT_ONCE)


def _push() -> int:
    return _all(push.tick, full=push.AT_ONCE)


def _deliver() -> int:
    return _all(sender.tick, full=sender.AT_ONCE)


def _held() -> int:
    return held.tick(at=timezone.now())


def _all(tick: Callable[..., int], *, full: int) -> int:
    """Tick until a batch is not full: in a burst the next batch does not wait for the next second."""
    done, until = 0, time.monotonic() + MAX_IN_A_ROW_S
    while True:
        one = tick(at=timezone.now())
        done += one
        if one < full or time.monotonic() > until:
            return done


def _with_connection(work: Callable[[], int]) -> int:
    close_old_connections()
    try:
        return work()
    finally:
        close_old_connections()


async def run_watch(stop: asyncio.Event) -> None:
    """Act on deadlines, send push messages and all others, try held acts again, until `stop`."""
    loops = {"watch": _watch, "push-watch": _push, "delivery-watch": _deliver, HELD: _held}
    woken = {name: asyncio.Event() for name in loops}

    def wake() -> None:
        for name, event in woken.items():
            if name != HELD:  # nobody waits for held acts
                event.set()

    async def wake_at_the_end() -> None:
        await stop.wait()
        for event in woken.values():
            event.set()

    beside = [asyncio.create_task(work) for work in (wakeup.listen(wake), wake_at_the_end(), run_tidying())]
    try:
        await asyncio.gather(*(_loop(work, stop, name=name, woken=woken[name]) for name, work in loops.items()))
    finally:
        for task in beside:
            task.cancel()


async def _pause(woken: asyncio.Event, *, seconds: float) -> None:
    """Wait `seconds`, or until woken, but at least the shortest pause."""
    enough = asyncio.get_running_loop().time() + MIN_PAUSE_S
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(woken.wait(), seconds)
    await asyncio.sleep(enough - asyncio.get_running_loop().time())
    woken.clear()


async def _loop(work: Callable[[], int], stop: asyncio.Event, *, name: str, woken: asyncio.Event) -> None:
    """Do `work` once a second and when woken, until `stop`; while the database is down, at growing intervals.

    Setting `stop` must also wake it. The work runs in a thread of its own, started from this event loop: its rings then
    use the channel layer's connections of this loop.
    """
    wait = 0.0
    thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)
    tick = sync_to_async(_with_connection, thread_sensitive=False, executor=thread)
    work = with_pulse(work, name=name)
    try:
        while not stop.is_set():
            try:
                await tick(work)
            except DATABASE_DOWN as error:
                if not wait:
                    logger.error("The database does not answer; watching goes on as soon as it does. %s", error)
                wait = min(MAX_WAIT_S, 2 * wait or FIRST_WAIT_S)
            except Exception:
                logger.exception("A tick failed; the next one tries again.")
            else:
                if wait:
                    logger.warning("The database answers again.")
                wait = 0.0
            await _pause(woken, seconds=wait or TICK_S)
    finally:
        # Do not wait here: a ring that is being sent needs this loop.
        thread.shutdown(wait=False)
