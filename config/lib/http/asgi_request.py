"""Makes Django's request from an ASGI scope: for HTTP, and for the request that opens a websocket."""

import io
import logging
import os
from typing import IO, Any

from django.core.handlers.asgi import ASGIHandler, ASGIRequest
from django.http import HttpRequest, HttpResponseBadRequest
from django.http.response import HttpResponseBase

logger = logging.getLogger(__name__)
Made = tuple[ASGIRequest, None] | tuple[None, HttpResponseBase]


class RequestHandler(ASGIHandler):
    """Django's handler; it adds the length of the body, and refuses a request whose head can't be read.

    Django's form parser and DRF read nothing without a Content-Length, and a body that comes in chunks has none.
    """

    def create_request(
        self, scope: Any, body_file: IO[bytes]
    ) -> tuple[ASGIRequest, None] | tuple[None, HttpResponseBase]:
        """Return the request, or the refusal of one whose head can't be read."""
        length = body_file.seek(0, os.SEEK_END)
        body_file.seek(0)
        head = [pair for pair in _one_cookie_header(scope["headers"]) if pair[0] != b"content-length"]
        try:
            return super().create_request({**scope, "headers": [*head, (b"content-length", b"%d" % length)]}, body_file)
        except (LookupError, ValueError) as error:  # such as a parameter in a character set that nobody knows
            logger.warning("The head of a request can't be read: %s.", type(error).__name__)
            return None, HttpResponseBadRequest("This request can't be read.\n", content_type="text/plain")


def _one_cookie_header(headers: Any) -> list[tuple[bytes, bytes]]:
    """Return the headers with all cookies in one: HTTP/2 may send several, which Django would join by a comma."""
    cookies = [value for name, value in headers if name == b"cookie"]
    if len(cookies) < 2:
        return list(headers)
    return [*(pair for pair in headers if pair[0] != b"cookie"), (b"cookie", b"; ".join(cookies))]


def handshake_request(scope: Any) -> HttpRequest | None:
    """Return the request that opens a websocket, so that cookies, host and scheme are read as for HTTP.

    None where its head can't be read.
    """
    scheme = {"wss": "https", "https": "https"}.get(scope.get("scheme", "ws"), "http")
    asked = {**scope, "type": "http", "method": "GET", "scheme": scheme}
    asked["headers"] = _one_cookie_header(scope["headers"])
    try:
        return ASGIRequest(asked, io.BytesIO())
    except (LookupError, ValueError):
        return None
