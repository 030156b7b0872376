"""Limits the size of request bodies before they are stored: Django would first write them to a file."""

import json
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from config.lib.http.asgi_request import handshake_request
from config.lib.http.problems import MEDIA_TYPE, Problem, problem_document

Message = Mapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
ASGIApp = Callable[[Any, Receive, Send], Awaitable[None]]

# A little more than the views themselves take, because their own refusal says more.
SLACK = 64 * 1024
EVIDENCE_PATH, EVIDENCE_LIMIT = "/api/v1/evidence/", 400_000
# The doors that take many rows at once or a box with photos, and the forms of the admin. The doors know who asks before
# they parse a body, and a form has at most a thousand fields, whoever sends it. Anybody may write to the others, where
# 8 MB of tiny values would cost seconds and 700 MB.
LARGE = re.compile(r"/api/v1/(?:alerts|acts|handover|reports|replies)(?:/|$)|/admin/")
SMALL_LIMIT = 128 * 1024


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
    if scope["method"] == "PUT" and scope["path"].startswith(EVIDENCE_PATH):
        return EVIDENCE_LIMIT
    return int(settings.BODY_LIMIT) + SLACK if LARGE.match(scope["path"]) else SMALL_LIMIT


def _declared_length(scope: Any) -> int:
    said = [value for name, value in scope["headers"] if name.lower() == b"content-length"]
    return max((int(value) for value in said if value.isdigit()), default=0)


async def _refuse(scope: Any, send: Send) -> None:
    request = handshake_request(scope)  # None where its head can't be read either
    with translation.override(translation.get_language_from_request(request) if request else settings.LANGUAGE_CODE):
        text = _("The request is too large. Send it in smaller parts.")
        told = json.dumps(problem_document(Problem("body_too_large", text, status=413)), ensure_ascii=False)
    kind = MEDIA_TYPE if scope["path"].startswith("/api/") else "text/plain; charset=utf-8"
    body = (told if kind == MEDIA_TYPE else text).encode()
    # The rest of the body is not read: the connection ends here.
    headers = [(b"content-type", kind.encode()), (b"content-length", b"%d" % len(body)), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": body})
