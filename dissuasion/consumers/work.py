"""The officer's live worklist: `/ws/v1/work` sends the same document as `GET /api/v1/work` whenever it changes."""

import asyncio
import datetime as dt
import json
import logging
import re
from typing import Any
from urllib.parse import parse_qs
from uuid import UUID

from channels.generic.websocket import AsyncWebsocketConsumer
from django.utils import timezone
from rest_framework.utils.encoders import JSONEncoder

from accounts import people
from accounts.models import Person
from accounts.sign_in import person_of_session
from dissuasion.consumers.hub import hub, in_thread
from dissuasion.consumers.origin import origin_allowed, session_key
from dissuasion.payloads import Position
from dissuasion.queries.worklist import work_tag, worklist

logger = logging.getLogger(__name__)
SIGNED_OUT, RIGHT_REMOVED, REFRESH, OVERLOAD = 4401, 4403, 4410, 1013
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
        person = await in_thread(person_of_session, self.session)
        if person is None:
            return await self.close(SIGNED_OUT)
        self.person_id: UUID = person.pk
        self.auth_epoch, self.listening = person.auth_epoch, True
        self._remember_what_the_phone_has()
        # First listen, then read: what changes in between rings.
        await hub().add(self)
        await self.refresh()

    def _remember_what_the_phone_has(self) -> None:
        have = parse_qs(self.scope.get("query_string", b"").decode("latin-1")).get("have", [""])[0]
        epoch, _dot, version = have.rpartition(".")
        if epoch and re.fullmatch("[0-9]{1,18}", version):
            self.epoch, self.version = epoch, int(version)
        # Headers and cookies are not needed again; a thousand phones keep them for hours otherwise.
        self.scope = {"type": "websocket"}  # type: ignore[typeddict-item]

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
        """A right was taken away somewhere: stay only if this very session still stands."""
        person = await in_thread(person_of_session, self.session) if active else None
        if person is None:
            await self.hang_up(SIGNED_OUT if active else RIGHT_REMOVED)
        else:
            self.auth_epoch = person.auth_epoch

    async def hang_up(self, code: int) -> None:
        """Close with a code that the app can read."""
        await self.close(code)

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
            await in_thread(_keep_position, self.person_id, dict(position.validated_data))


def _keep_position(person_id: UUID, position: dict[str, Any]) -> None:
    now = timezone.now()
    taken_at = now - dt.timedelta(seconds=position.pop("age_s"))
    people.seen_at_place(Person(pk=person_id), at=now, position_at=taken_at, **position)
