"""The network's weather between phone and server: what was asked is noted, and answers can be lost, late or refused."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


@dataclass
class Asked:
    """One request as it arrived."""

    method: str
    path: str
    body: bytes = b""

    def json(self) -> Any:
        """Return the body as JSON."""
        return json.loads(self.body)


@dataclass
class Spell:
    """What becomes of requests to one path: `kind` is answer, lose (done, but the answer is cut), hang or hold."""

    path: str
    kind: str
    status: int = 503
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b"{}"
    left: int = 1_000_000


class Weather:
    """Stands before the application; changed from the test's thread while it runs."""

    def __init__(self, application: Any) -> None:
        self.application = application
        self.asked: list[Asked] = []
        self.spells: list[Spell] = []
        self.silent = False  # sockets stay open and say nothing
        self.sockets = 0  # how many were opened
        self.forbids_sockets = False  # a proxy that lets none through
        self.strips: tuple[bytes, ...] = ()  # names of the headers that a proxy takes out of every answer

    def answers(self, path: str, status: int, *, body: Any = None, page: str = "", **headers: str) -> None:
        """From now on requests below `path` get this answer: `body` as JSON, or a `page` that is none."""
        said = {name.replace("_", "-"): value for name, value in headers.items()}
        if page:
            said["content-type"] = "text/html"
        self.spells.append(Spell(path, "answer", status, said, page.encode() or json.dumps(body or {}).encode()))

    def loses(self, path: str, *, times: int = 1) -> None:
        """The next requests below `path` are carried out, but their answers are cut off."""
        self.spells.append(Spell(path, "lose", left=times))

    def hangs(self, path: str) -> None:
        """From now on requests below `path` get no answer at all."""
        self.spells.append(Spell(path, "hang"))

    def holds(self, path: str) -> None:
        """From now on requests below `path` are answered only when the weather is fine again."""
        self.spells.append(Spell(path, "hold"))

    def clears(self) -> None:
        """Fine weather again."""
        self.spells, self.silent, self.forbids_sockets, self.strips = [], False, False, ()

    def acts(self) -> list[Message]:
        """Return every act that arrived, as often as it did."""
        batches = [asked.json()["acts"] for asked in self.asked if asked.path == "/api/v1/acts" and asked.body]
        return [act for batch in batches for act in batch]

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            self.sockets += 1
            if self.forbids_sockets:
                await send({"type": "websocket.close", "code": 1008})
                return
            await self.application(scope, receive, self._muted(send))
        elif scope["type"] == "http":
            await self._http(scope, receive, self._stripped(send))

    def _muted(self, send: Send) -> Send:
        async def say(message: Message) -> None:
            if not (self.silent and message["type"] == "websocket.send"):
                await send(message)

        return say

    def _stripped(self, send: Send) -> Send:
        async def say(message: Message) -> None:
            if message["type"] == "http.response.start":
                kept = [(name, value) for name, value in message["headers"] if name.lower() not in self.strips]
                message = {**message, "headers": kept}
            await send(message)

        return say

    async def _http(self, scope: Message, receive: Receive, send: Send) -> None:
        asked = Asked(scope["method"], scope["path"])
        self.asked.append(asked)

        async def hear() -> Message:
            message = await receive()
            asked.body += message.get("body", b"")
            return message

        spell = next((s for s in self.spells if asked.path.startswith(s.path) and s.left > 0), None)
        if spell is None:
            await self.application(scope, hear, send)
            return
        spell.left -= 1
        if spell.kind in ("hang", "hold"):
            while spell in self.spells:  # noqa: ASYNC110  it ends from another thread, which no event could tell
                await asyncio.sleep(0.05)
            if spell.kind == "hold":
                await self.application(scope, hear, send)
        elif spell.kind == "lose":
            await self.application(scope, hear, self._cut(send))
        else:
            while (await hear()).get("more_body"):
                pass
            headers = {"content-type": "application/json", "content-length": str(len(spell.body))} | spell.headers
            named = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
            await send({"type": "http.response.start", "status": spell.status, "headers": named})
            await send({"type": "http.response.body", "body": spell.body})

    def _cut(self, send: Send) -> Send:
        """Promise more than is sent: the server then drops the connection, as a tunnel does."""

        async def say(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = [(k, v) for k, v in message["headers"] if k.lower() != b"content-length"]
                await send({**message, "headers": [*headers, (b"content-length", b"99999")]})
            elif not message.get("more_body"):
                await send({"type": "http.response.body", "body": b"{", "more_body": False})

        return say
