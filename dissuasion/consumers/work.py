"""The officer's live worklist: `/ws/v1/work` sends the same document as `GET /api/v1/work` whenever it changes."""

import asyncio
import datetime as dt
import json
import logging
from typing import Any
from uuid import UUID

from channels.generic.websocket import AsyncWebsocketConsumer
from django.utils import timezone
from rest_framework.utils.encoders import JSONEncoder

from accounts.models import Person
from accounts.sign_in import person_of_session, session_ends_at
from dissuasion.actions.field.payloads import Position
from dissuasion.consumers.hub import hub
from dissuasion.consumers.origin import origin_allowed, session_key, state_held
from dissuasion.consumers.threads import in_thread
from dissuasion.queries.worklist import work_tag, worklist

logger = logging.getLogger(__name__)
SIGNED_OUT, RIGHT_REMOVED, OVERLOAD = 4401, 4403, 1013
CEILING = 6000  # sockets a process


def tell(message: dict[str, Any]) -> str:
    """Return a message as JSON text."""
    return json.dumps(message, cls=JSONEncoder, ensure_ascii=False, separators=(",", ":"))


def fresh_document(person_id: UUID, epoch: str | None, version: int) -> tuple[str, int, str] | None:
    """Return epoch, version and message of a person's worklist, or None when they have just that one already."""
    tag = work_tag(person_id)
    if tag == (epoch, version):
        return None
    person = Person.objects.select_related("unit").filter(pk=person_id, is_active=True).first()
    if person is None:
        return None
    return *tag, tell({"type": "work", "document": worklist(person, tag=tag)})


def admitted(session: str | None) -> tuple[Person, dt.datetime] | None:
    """Return the active person behind a session and when the session ends, or None."""
    person, ends_at = person_of_session(session), session_ends_at(session)
    return (person, ends_at) if person and ends_at else None


class WorkConsumer(AsyncWebsocketConsumer):
    """One socket of one person. Refusals accept first, then close with a code that the app can read."""

    channel_layer_alias = "none"  # the hub listens for all sockets of the process

    async def connect(self) -> None:
        self.listening = False
        self.epoch: str | None = None
        self.version, self.auth_epoch = -1, 0
        self.turn = asyncio.Lock()
        self.waiting = False
        await self.accept()
        if not origin_allowed(self.scope):
            return await self.close(RIGHT_REMOVED)
        if sum(map(len, hub().sockets.values())) >= CEILING:
            return await self.close(OVERLOAD)
        self.session = session_key(self.scope)
        found = await in_thread(admitted, self.session)
        if found is None:
            return await self.close(SIGNED_OUT)
        person, self.ends_at = found
        self.person_id: UUID = person.pk
        self.auth_epoch, self.listening = person.auth_epoch, True
        self.epoch, self.version = state_held(self.scope, person.pk)
        # Headers and cookies are not needed again; a thousand phones keep them for hours otherwise.
        self.scope = {"type": "websocket"}  # type: ignore[typeddict-item]
        # First listen, then read: what changes in between rings.
        await hub().add(self)
        await self.refresh()

    async def disconnect(self, code: int) -> None:
        if self.listening:
            await hub().remove(self)

    async def refresh(self) -> None:
        """Send the worklist when it is not the one that the phone has."""
        if self.waiting:
            return  # somebody waits for the turn already and will read what we would
        self.waiting = True
        async with self.turn:
            self.waiting = False
            made = await in_thread(fresh_document, self.person_id, self.epoch, self.version)
            if made is not None:
                epoch, version, text = made
                await self._say(text)
                self.epoch, self.version = epoch, version

    @property
    def busy(self) -> bool:
        """Whether a worklist is being read for this socket right now."""
        return self.turn.locked()

    async def _say(self, text: str) -> None:
        """Send; a phone that has just gone is forgotten here, and its disconnection follows."""
        try:
            await self.send(text)
        except Exception:
            logger.debug("A socket went while it was being told something.", exc_info=True)
            await hub().remove(self)

    async def look_again(self, *, active: bool) -> None:
        """A right was taken away or time is up: stay only if this very session still stands."""
        found = await in_thread(admitted, self.session) if active else None
        if found is None:
            await self.hang_up(SIGNED_OUT if active else RIGHT_REMOVED)
        else:
            person, self.ends_at = found
            self.auth_epoch = person.auth_epoch

    async def hang_up(self, code: int) -> None:
        """Close with a code that the app can read; whoever has gone already needs none."""
        try:
            await self.close(code)
        except Exception:
            logger.debug("A socket went before it was closed.", exc_info=True)

    async def beat(self, epoch: str, version: int, at: str) -> None:
        """Send a heartbeat: alive, and the version that the phone should have."""
        await self._say(tell({"type": "heartbeat", "epoch": epoch, "version": version, "at": at}))

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        """Take the phone's position; anything else that it says is a sign of life and nothing more."""
        try:
            message = json.loads(text_data or "null")
        except (ValueError, RecursionError):
            return
        if not isinstance(message, dict) or message.get("type") != "position" or not self.listening:
            return
        position = Position(data=message.get("position"))
        if position.is_valid():
            place, now = dict(position.validated_data), timezone.now()
            taken_at = now - dt.timedelta(seconds=place.pop("age_s"))
            hub().places.take(self.person_id, {"at": now, "position_at": taken_at} | place)
