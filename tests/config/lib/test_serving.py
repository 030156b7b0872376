"""A connection has limits before any of our code sees its request: the size of a head, the time until all has come."""

import base64
import os
import socket
import struct
from urllib.parse import urlsplit

import pytest

from config.lib.serving import HEAD_BYTES, BoundedProtocol
from tests.serving import serving

pytestmark = pytest.mark.django_db(transaction=True)  # the server's thread closes its connections at the end
PATIENCE_S = 10
HEAD = b"POST /x HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n"
UPGRADE = (
    b"GET /x HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
    b"Sec-WebSocket-Key: " + base64.b64encode(bytes(16)) + b"\r\n\r\n"
)


async def counts(scope, receive, send):
    """Answer a request with the length of its body, and each message of a websocket with itself."""
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.accept"})
        while (message := await receive())["type"] == "websocket.receive":
            await send({"type": "websocket.send", "text": message["text"]})
        return
    length, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        length, more = length + len(message["body"]), message["more_body"]
    body = b"%d" % length
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"%d" % len(body))]})
    await send({"type": "http.response.body", "body": body})


@pytest.fixture
def connect():
    """Return a function that connects to a server of `counts`."""
    with serving(counts) as address:
        host = urlsplit(address)
        lines = []

        def line():
            lines.append(socket.create_connection((host.hostname, host.port), timeout=PATIENCE_S))
            return lines[-1]

        yield line
        for one in lines:
            one.close()


def answer(line: socket.socket) -> bytes:
    """Return the answer that comes next, of fewer than ten bytes; an empty one when the connection is closed."""
    came = b""
    while b"\r\n\r\n" not in came or came.endswith(b"\r\n\r\n"):
        piece = line.recv(65536)
        if not piece:
            break
        came += piece
    return came


def is_closed(line: socket.socket) -> bool:
    try:
        return line.recv(1) == b""
    except ConnectionResetError:
        return True


@pytest.fixture
def hasty(monkeypatch):
    monkeypatch.setattr(BoundedProtocol, "head_s", 0.3)
    monkeypatch.setattr(BoundedProtocol, "body_s", 0.3)


@pytest.mark.parametrize("begin", [b"GET /x HTTP/1.1\r\nX: ", b"GET /", b"GET /x HTTP/1.1\r\n" + b"X: y\r\n" * 20_000])
def test_a_head_without_end_is_refused(connect, begin):
    line = connect()
    line.sendall(begin + b"a" * 5 * HEAD_BYTES)
    assert answer(line).startswith(b"HTTP/1.1 400 ")
    assert is_closed(line)


def test_trailers_without_end_are_refused(connect):
    line = connect()
    line.sendall(b"POST /x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n")
    try:
        for number in range(200):
            line.sendall(b"x%d: " % number + b"y" * 1000 + b"\r\n")
    except ConnectionError:
        return  # it was closed in the middle
    answer(line)
    assert is_closed(line)


def test_a_large_body_that_comes_with_its_head_is_no_large_head(connect):
    line = connect()
    for _twice in range(2):
        line.sendall(HEAD % 300_000 + b"a" * 300_000)
        assert answer(line).endswith(b"\r\n\r\n300000")


@pytest.mark.parametrize("begin", [b"", b"POST /x HTT", b"\r\n", HEAD % 10, HEAD % 10 + b"abc"])
def test_a_request_that_does_not_come_ends_its_connection(connect, hasty, begin):
    line = connect()
    line.sendall(begin)
    assert is_closed(line)


@pytest.mark.parametrize("begin", [b"POST /x HTT", b"\r\n", HEAD % 10])
def test_so_does_the_second_of_a_connection(connect, hasty, begin):
    line = connect()
    line.sendall(HEAD % 3 + b"abc")
    assert answer(line).endswith(b"3")
    line.sendall(begin)
    assert is_closed(line)


def test_a_websocket_outlives_both_clocks(connect, hasty):
    open_one = connect()
    open_one.sendall(UPGRADE)
    assert open_one.recv(4096).startswith(b"HTTP/1.1 101 ")
    assert is_closed(connect())  # so long as the clocks run
    mask = os.urandom(4)
    open_one.sendall(b"\x81" + struct.pack("B", 0x82) + mask + bytes(c ^ mask[i] for i, c in enumerate(b"ok")))
    assert open_one.recv(4096) == b"\x81\x02ok"


def test_it_does_not_name_its_server(connect):
    line = connect()
    line.sendall(HEAD % 0)
    assert b"uvicorn" not in line.recv(4096)
