"""The ring through the channel layer: it carries ids only, and losing one costs seconds (promises.md A)."""

import logging
from collections.abc import Iterable
from uuid import UUID

from asgiref.sync import async_to_sync
from channels.layers import BaseChannelLayer, get_channel_layer

logger = logging.getLogger(__name__)


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


def ring(person_ids: Iterable[UUID]) -> None:
    """Ring the phones of these persons. A dead channel layer is logged and survived: the catch-up query finds them."""
    try:
        async_to_sync(_send)(list(person_ids))
    except Exception:
        logger.exception("The channel layer did not take a ring; the catch-up query will.")
