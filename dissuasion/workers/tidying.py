"""Deletes expired sessions, once an hour beside the loops of `watch`."""

import asyncio
import logging

from asgiref.sync import sync_to_async
from django.db import close_old_connections
from django.utils import timezone

from accounts.expired_sessions import forget_expired
from config.lib.database.patience import transaction_that_waits

logger = logging.getLogger(__name__)
EVERY_S = 3600.0
FIRST_S = 60.0  # after a start there is more urgent work
AT_ONCE, PAUSE_S = 500, 0.2  # so many in a transaction: nobody waits for it
WAITS_S = 0.5  # for what somebody holds: whoever stops the watch must not wait for this


def forget_some() -> int:
    """Delete a few of the sessions that are over; return how many."""
    close_old_connections()
    try:
        with transaction_that_waits(WAITS_S):
            return forget_expired(at=timezone.now(), most=AT_ONCE)
    finally:
        close_old_connections()


async def tidy() -> int:
    """Delete every session that is over, a few at a time; return how many. Between two steps it can be cancelled."""
    step = sync_to_async(forget_some, thread_sensitive=False)
    count = deleted = await step()
    while deleted == AT_ONCE:
        await asyncio.sleep(PAUSE_S)
        deleted = await step()
        count += deleted
    return count


async def run_tidying() -> None:
    """Tidy up once an hour, until cancelled."""
    await asyncio.sleep(FIRST_S)
    while True:
        try:
            await tidy()
        except Exception as error:  # most likely the database is down; the next hour comes
            logger.warning("Sessions that are over could not be cleared; it is tried again in an hour. %s", error)
        await asyncio.sleep(EVERY_S)
