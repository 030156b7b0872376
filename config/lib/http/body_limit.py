"""Limits the size of request bodies before they are stored: Django would first write them to a file."""

import io
import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from django.conf import settings
from django.core.handlers.asgi import ASGIRequest
from django.utils import translation
from django.utils.translation import gettext as _

from config.lib.http.problems import MEDIA_TYPE, Problem, problem_document

Message = Mapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
ASGIApp = Callable[[Any, Receive, Send], Awaitable[None]]

# A little more than the views themselves take: their own refusal says more.
SLACK = 64 * 1024
EVIDENCE_PATH, EVIDENCE_LIMIT = "/api/v1/evidence/", 400_000


def limit_body_size(app: ASGIApp) -> ASGIApp:
    """Wrap an ASGI application: a body that is too large gets 413, at its declared length or at the byte too many."""

    async def served(scope: Any, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        most, came, begun = _limit(scope), 0, False
        if _declared_length(scope) > most:
            await _refuse(scope, send)
            return

        async def receiving() -> Message:
            nonlocal came
            message = await receive()
            came += len(message.get("body", b""))
            # The application stops reading and drops what it has read.
            return {"type": "http.disconnect"} if came > most else message

        async def sending(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        await app(scope, receiving, sending)
        if came > most and not begun:
            await _refuse(scope, send)

    return served


def _limit(scope: Any) -> int:
    piece = scope["method"] == "PUT" and scope["path"].startswith(EVIDENCE_PATH)
    return EVIDENCE_LIMIT if piece else int(settings.BODY_LIMIT) + SLACK


def _declared_length(scope: Any) -> int:
    said = [value for name, value in scope["headers"] if name.lower() == b"content-length"]
    return max((int(value) for value in said if value.isdigit()), default=0)


async def _refuse(scope: Any, send: Send) -> None:
    with translation.override(translation.get_language_from_request(ASGIRequest(scope, io.BytesIO()))):
        text = _("The request is too large. Send it in smaller parts.")
        told = json.dumps(problem_document(Problem("body_too_large", text, status=413)), ensure_ascii=False)
    kind = MEDIA_TYPE if scope["path"].startswith("/api/") else "text/plain; charset=utf-8"
    body = (told if kind == MEDIA_TYPE else text).encode()
    # The rest of the body is not read: the connection ends here.
    headers = [(b"content-type", kind.encode()), (b"content-length", b"%d" % len(body)), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": body})
