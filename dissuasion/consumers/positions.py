"""Writes the positions of phones: at most one write a person in a few seconds, and the newest position wins."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any
from uuid import UUID

from accounts import people
from accounts.models import Person
from dissuasion.consumers.threads import in_thread

logger = logging.getLogger(__name__)
EVERY_S = 5.0
Position = dict[str, Any]  # what people.save_position takes besides the person


class PositionWriter:
    """For each person written in the last few seconds it holds the newest position that came since, or None."""

    def __init__(self, spawn: Callable[[Coroutine[Any, Any, None]], None]) -> None:
        self.spawn = spawn
        self.waiting: dict[UUID, Position | None] = {}

    def take(self, person_id: UUID, place: Position) -> None:
        """Write a position, or keep it until the next write is due."""
        if person_id not in self.waiting:
            self.waiting[person_id] = None
            asyncio.get_running_loop().call_later(EVERY_S, self.write_waiting, person_id)
            self.spawn(self._write(person_id, place))
            return
        kept = self.waiting[person_id]
        if kept is None or place["position_at"] >= kept["position_at"]:
            self.waiting[person_id] = place

    def write_waiting(self, person_id: UUID) -> None:
        """Write the position that waits, if there is one; then the next few seconds begin."""
        place = self.waiting.pop(person_id, None)
        if place is not None:
            self.take(person_id, place)

    async def _write(self, person_id: UUID, place: Position) -> None:
        try:
            await in_thread(lambda: people.save_position(Person(pk=person_id), **place))
        except Exception:
            logger.exception("A position was not written; the next one will be.")
