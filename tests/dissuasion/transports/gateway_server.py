"""A gateway on this machine that answers as told, well and badly, and signs reports of what became of a message."""

import json
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from django.test import Client
from django.utils import timezone

from dissuasion.transports.signing import Hmac

SECRET, REPORT_SECRET, TOKEN = "text-secret", "report-secret", "voice-token"
SECRETS = {"TEXT_SECRET": SECRET, "TEXT_REPORT_SECRET": REPORT_SECRET, "VOICE_TOKEN": TOKEN}
WELL = b'{"code": 0, "data": {"id": "g-1"}}'
# What it does instead of answering well: status, headers, body.
ANSWERS: dict[str, tuple[int, dict[str, str], bytes]] = {
    "ok": (200, {}, WELL),
    "bad_number": (200, {}, b'{"code": 4001, "message": "no such number 10090000000"}'),
    "refused": (200, {}, b'{"code": 9, "message": "template not approved"}'),
    "later": (200, {}, b'{"code": "4290"}'),
    "fault": (500, {}, b"oops"),
    "down": (503, {"Retry-After": "7"}, b""),
    "too_many": (429, {"Retry-After": "30"}, b""),
    "for_ever": (429, {"Retry-After": "999999"}, b""),
    "wrong_key": (401, {}, b'{"code": 0}'),
    "redirect": (307, {"Location": "/elsewhere"}, b""),
    "no_json": (200, {}, b"<html>\xff OK"),
    "other_json": (200, {}, b'["OK"]'),
    "deep": (200, {}, b"[" * 60_000),
    "nul": (200, {}, b'{"code": 0, "data": {"id": "a\\u0000\\ud800"}}'),
    "huge": (200, {}, WELL + b" " * 70_000),
    "202": (202, {}, WELL),
}


class GatewayServer:
    """What came in; `mode` is how the next request is answered."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, dict[str, str], bytes]] = []
        self.mode = "ok"
        self.port = 0
        self.over = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v2/messages"

    def last(self) -> Any:
        """Return the newest body, of JSON or of a form."""
        _path, headers, body = self.heard[-1]
        return json.loads(body) if "json" in headers["content-type"] else parse_qs(body.decode())

    def reports(self, *rows: dict[str, str], channel: str = "text", secret: str = REPORT_SECRET, **how: Any) -> Any:
        """Send reports as this gateway does; `at`, `body` and `headers` forge them. Returns the response."""
        body = how.get("body", json.dumps({how.get("door", "reports"): rows}).encode())
        signed = Hmac(secret).headers(body, at=how.get("at", timezone.now())) | how.get("headers", {})
        client = Client(headers={"accept-language": "en"} | signed)
        door = how.get("door", "reports")
        return client.post(f"/api/v1/{door}/{channel}", how.get("sent", body), "application/json")


class Handler(BaseHTTPRequestHandler):
    """Answers one request; `server.gateway` says how."""

    def do_POST(self) -> None:
        gateway: GatewayServer = self.server.gateway  # type: ignore[attr-defined]
        body = self.rfile.read(int(self.headers["Content-Length"]))
        gateway.heard.append((self.path, {k.lower(): v for k, v in self.headers.items()}, body))
        bad = {"silent": self._silent, "cut": self._cut, "drip": self._drip, "drip_head": self._drip_head}
        if gateway.mode in bad:
            bad[gateway.mode](gateway)
            return
        status, headers, said = ANSWERS[gateway.mode]
        self.send_response(status)
        for name, value in (headers | {"Content-Length": str(len(said))}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(said)

    def _silent(self, gateway: GatewayServer) -> None:
        gateway.over.wait(10)

    def _cut(self, gateway: GatewayServer) -> None:
        self.connection.shutdown(socket.SHUT_RDWR)

    def _drip(self, gateway: GatewayServer) -> None:
        self.send_response(200)
        self.end_headers()
        self._drop_by_drop(b" " * 1000, gateway)

    def _drip_head(self, gateway: GatewayServer) -> None:
        self._drop_by_drop(b"HTTP/1.1 200 OK\r\nX-Slow: " + b"z" * 1000, gateway)

    def _drop_by_drop(self, what: bytes, gateway: GatewayServer) -> None:
        try:
            for byte in what:
                if gateway.over.is_set():
                    return
                self.wfile.write(bytes([byte]))
                time.sleep(0.02)
        except OSError:
            gateway.over.set()  # the other side has hung up

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    """Takes a whole tick at once: with the usual queue of five the system resets connections."""

    request_queue_size = 128


@contextmanager
def gateway_server(certificate: Path | None = None) -> Iterator[GatewayServer]:
    """Run a gateway for the length of a test, over TLS with the key and certificate of a file."""
    gateway = GatewayServer()
    server = Server(("127.0.0.1", 0), Handler)
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    server.gateway = gateway  # type: ignore[attr-defined]
    gateway.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield gateway
    finally:
        gateway.over.set()
        server.shutdown()
        server.server_close()
        thread.join()
