"""Requests as bytes on a socket, and what comes back: no library between the test and the server."""

import json
import socket
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

PATIENCE_S = 10


@dataclass(frozen=True)
class Answer:
    """What the server said; `status` is 0 where it hung up without a word."""

    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


def said(method: str, target: str, headers: Iterable[tuple[str, str]] = (), body: bytes = b"") -> bytes:
    """Return a request as bytes, with the length of its body where it has one."""
    named = {name.lower() for name, _value in headers}
    head = [("Host", "localhost")] if "host" not in named else []
    head += headers
    if body and not named & {"content-length", "transfer-encoding"}:
        head.append(("Content-Length", str(len(body))))
    lines = [f"{method} {target} HTTP/1.1", *(f"{name}: {value}" for name, value in head), "Connection: close", "", ""]
    return "\r\n".join(lines).encode("latin-1") + body


def in_chunks(body: bytes, size: int = 7) -> bytes:
    """Return a body in the chunked coding."""
    pieces = [body[begin : begin + size] for begin in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


def ask(address: str, request: bytes) -> Answer:
    """Send bytes and say that no more come; return the answer. Raises TimeoutError where none comes in time."""
    host = urlsplit(address)
    with socket.create_connection((host.hostname, host.port), timeout=PATIENCE_S) as line:
        line.sendall(request)
        try:
            return _read(line)
        except (ConnectionError, EOFError):
            return Answer(0, {}, b"")


def _read(line: socket.socket) -> Answer:
    came = b""
    while b"\r\n\r\n" not in came:
        piece = line.recv(65536)
        if not piece:
            raise EOFError
        came += piece
    head, _mark, body = came.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.strip().lower(): value.strip() for name, _colon, value in (row.partition(":") for row in lines)}
    status = int(first.split()[1])
    if status == 101 or "upgrade" in headers:
        return Answer(status, headers, body)
    length = headers.get("content-length")
    while length is None or len(body) < int(length):
        piece = line.recv(65536)
        if not piece:
            break
        body += piece
    return Answer(status, headers, body)
