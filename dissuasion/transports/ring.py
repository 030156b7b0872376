"""The ring through the channel layer: it carries ids only, and a lost one costs seconds (promises.md A)."""

import asyncio
import logging
from collections.abc import Iterable
from uuid import UUID

from asgiref.sync import async_to_sync
from channels.layers import BaseChannelLayer, get_channel_layer

from dissuasion.transports.breaker import CircuitBreaker

logger = logging.getLogger(__name__)
# A channel layer that hangs must not hold up the requests that ring: until it is tried again, the catch-up query serves
# the phones.
TIMEOUT_S, REST_S = 1.0, 3.0
LAYER = "channel layer"
BREAKER = CircuitBreaker(max_timeouts=2, open_s=REST_S)


def group_of(person_id: UUID) -> str:
    """Return the name of the group in which the sockets of a person listen."""
    return f"work.{person_id.hex}"


def channel_layer() -> BaseChannelLayer:
    """Return the channel layer of the settings; there always is one."""
    layer = get_channel_layer()
    if layer is None:
        raise RuntimeError("CHANNEL_LAYERS is empty.")
    return layer


async def _send(person_ids: list[UUID]) -> None:
    layer = channel_layer()
    for person_id in person_ids:
        await layer.group_send(group_of(person_id), {"type": "work.ring", "person": person_id.hex})


async def _send_in_time(person_ids: list[UUID]) -> None:
    await asyncio.wait_for(_send(person_ids), TIMEOUT_S)


def ring(person_ids: Iterable[UUID]) -> None:
    """Ring the phones of these persons. A dead channel layer is logged and survived: the catch-up query finds them."""
    if BREAKER.is_open(LAYER):
        return
    try:
        async_to_sync(_send_in_time)(list(person_ids))
    except TimeoutError:
        BREAKER.record_timeout(LAYER)
        logger.exception("The channel layer did not take a ring in time; the catch-up query will.")
    except Exception:
        logger.exception("The channel layer did not take a ring; the catch-up query will.")
    else:
        BREAKER.record_success(LAYER)
