"""A push service on this machine, and a browser's subscription to it that can open what it gets."""

import base64
import json
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


class Service:
    """What came in, and the status that the next messages get: by path, or for all."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, dict[str, str], bytes]] = []
        self.status = 201
        self.statuses: dict[str, int] = {}
        self.delay_s = 0.0
        self.origin = ""

    def answer(self, path: str, headers: dict[str, str], body: bytes) -> int:
        """Keep a message; return its status."""
        time.sleep(self.delay_s)
        self.heard.append((path, headers, body))
        return self.statuses.get(path, self.status)


@contextmanager
def service() -> Iterator[Service]:
    """Run a push service for the length of a test."""
    running = Service()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status = running.answer(self.path, {k.lower(): v for k, v in self.headers.items()}, body)
            self.send_response(status)
            self.send_header("Location", f"{running.origin}/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    running.origin = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield running
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class Browser:
    """One browser's subscription."""

    def __init__(self, service: Service, name: str = "lin") -> None:
        self.service, self.path = service, f"/send/{name}"
        self.private, self.secret = ec.generate_private_key(ec.SECP256R1()), os.urandom(16)

    def body(self, device: str = "phone-of-lin") -> dict[str, Any]:
        """Return what the phone posts."""
        point = self.private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        keys = {"p256dh": _text(point), "auth": _text(self.secret)}
        return {"device": device, "endpoint": self.service.origin + self.path, "keys": keys}

    def got(self) -> list[dict[str, Any]]:
        """Return the messages that came for this browser, opened."""
        return [
            json.loads(http_ece.decrypt(body, private_key=self.private, auth_secret=self.secret))
            for path, _headers, body in self.service.heard
            if path == self.path
        ]

    def headers(self) -> dict[str, str]:
        """Return the headers of the last message."""
        return [headers for path, headers, _body in self.service.heard if path == self.path][-1]


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
