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
from config.lib.database.unavailable import is_unavailable
from dissuasion.actions.field.payloads import Position
from dissuasion.consumers.handshake import held_version, opening_request, session_key
from dissuasion.consumers.hub import hub
from dissuasion.consumers.threads import in_thread
from dissuasion.queries.worklist import work_tag, worklist
from dissuasion.rules.close_codes import OVERLOAD, RIGHT_REMOVED, SIGNED_OUT

logger = logging.getLogger(__name__)
MAX_SOCKETS = 6000  # sockets a process


def to_json(message: dict[str, Any]) -> str:
    """Return a message as JSON text."""
    return json.dumps(message, cls=JSONEncoder, ensure_ascii=False, separators=(",", ":"))


def changed_worklist(person_id: UUID, epoch: str | None, version: int) -> tuple[str, int, str] | None:
    """Return epoch, version and message of a person's worklist; None when they have that version already."""
    tag = work_tag(person_id)
    if tag == (epoch, version):
        return None
    person = Person.objects.select_related("unit").filter(pk=person_id, is_active=True).first()
    if person is None:
        return None
    return *tag, to_json({"type": "work", "document": worklist(person, tag=tag)})


def authenticate(session: str | None) -> tuple[Person, dt.datetime] | None:
    """Return the active person behind a session and when the session ends, or None."""
    person, ends_at = person_of_session(session), session_ends_at(session)
    return (person, ends_at) if person and ends_at else None


def everything_ended(person_id: UUID, epoch: int) -> bool:
    """Return whether everything was ended for a person since the epoch in which a socket of theirs was opened."""
    return not Person.objects.filter(pk=person_id, session_epoch=epoch).exists()


class WorkConsumer(AsyncWebsocketConsumer):
    """One socket of one person. Refusals accept first, then close with a code that the app can read."""

    channel_layer_alias = "none"  # the hub listens for all sockets of the process

    async def connect(self) -> None:
        self.listening = False
        self.epoch: str | None = None
        self.version, self.auth_epoch, self.session_epoch = -1, 0, 0
        self.lock = asyncio.Lock()
        self.waiting = False
        await self.accept()
        request = opening_request(self.scope)
        if request is None:
            return await self.close(RIGHT_REMOVED)
        open_sockets = sum(len(sockets) for sockets in hub().sockets.values())
        if open_sockets >= MAX_SOCKETS:
            return await self.close(OVERLOAD)
        self.session = session_key(request)
        try:
            found = await in_thread(authenticate, self.session)
        except Exception as error:
            if not is_unavailable(error):
                raise
            return await self.close(OVERLOAD)  # as a door of HTTP answers 503: the phone comes back later
        if found is None:
            return await self.close(SIGNED_OUT)
        person, self.ends_at = found
        self.person_id: UUID = person.pk
        self.auth_epoch, self.session_epoch = person.auth_epoch, person.session_epoch
        self.listening = True
        self.epoch, self.version = held_version(self.scope, person.pk)
        # Headers and cookies are not needed again; a thousand phones keep them for hours otherwise.
        self.scope = {"type": "websocket"}  # type: ignore[typeddict-item]
        # First listen, then read: a change in between will ring.
        await hub().add(self)
        await self.refresh()

    async def disconnect(self, code: int) -> None:
        if self.listening:
            await hub().remove(self)

    async def refresh(self) -> None:
        """Send the worklist when it is not the one that the phone has."""
        if self.waiting:
            return  # another refresh waits already and will read the same
        self.waiting = True
        async with self.lock:
            self.waiting = False
            made = await in_thread(changed_worklist, self.person_id, self.epoch, self.version)
            if made is not None:
                epoch, version, text = made
                await self._send_text(text)
                self.epoch, self.version = epoch, version

    @property
    def busy(self) -> bool:
        """Whether a worklist is being read for this socket right now."""
        return self.lock.locked()

    async def _send_text(self, text: str) -> None:
        """Send; a socket that has just closed is removed here, and its disconnect follows."""
        try:
            await self.send(text)
        except Exception:
            logger.debug("A socket closed while a message was sent.", exc_info=True)
            await hub().remove(self)

    async def check_session(self, *, active: bool) -> None:
        """Check the session again after a right was removed or time is up; close the socket when it has ended."""
        found = await in_thread(authenticate, self.session) if active else None
        if found is None:
            removed = not active or await in_thread(everything_ended, self.person_id, self.session_epoch)
            await self.close_with(RIGHT_REMOVED if removed else SIGNED_OUT)
        else:
            person, self.ends_at = found
            self.auth_epoch = person.auth_epoch

    async def close_with(self, code: int) -> None:
        """Close with a code that the app can read; a socket that is closed already is left alone."""
        try:
            await self.close(code)
        except Exception:
            logger.debug("A socket had closed already.", exc_info=True)

    async def send_heartbeat(self, epoch: str, version: int, at: str) -> None:
        """Send a heartbeat with the version that the phone should have."""
        await self._send_text(to_json({"type": "heartbeat", "epoch": epoch, "version": version, "at": at}))

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        """Take the phone's position; any other message is ignored."""
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
            hub().positions.take(self.person_id, {"at": now, "position_at": taken_at} | place)
