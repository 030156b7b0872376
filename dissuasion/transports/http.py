"""One HTTP request with limits: on its whole time, on the bytes of its answer, and without redirects."""

import contextlib
import socket
import threading
from dataclasses import dataclass
from types import TracebackType
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import TimeoutError as Silence

CONNECT_TIMEOUT_S = 3.0
MAX_BYTES = 64 * 1024


@dataclass(frozen=True)
class Response:
    """What came back: a status and a body, or a fault; `reached`: the other side may have acted on the request.

    Faults: `no_connection`, `untrusted` (its certificate), `timeout`, `cut_off` (the host closed), `too_long` (64 kB).
    """

    status: int = 0
    body: bytes = b""
    retry_after: str = ""
    fault: str = ""
    reached: bool = True
    timed_out: bool = False


class TimedConnection:
    """The connection of one request, cut when its time is over.

    The time-out of `requests` begins anew with every byte: a server that sends a byte now and then would hold a sender
    for hours. So this keeps a second handle on the socket and shuts it down, even during a handshake or a header.
    """

    def __init__(self, within_s: float) -> None:
        self.open = self.late = False
        self._lock, self._handles = threading.Lock(), list[socket.socket]()
        self._timer = threading.Timer(within_s, self._cut)
        self._timer.daemon = True

    def __enter__(self) -> "TimedConnection":
        self._timer.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._timer.cancel()
        with self._lock:
            while self._handles:
                self._handles.pop().close()

    def hold(self, made: socket.socket) -> None:
        """Keep a handle on a socket that was just connected."""
        with self._lock:
            self._handles.append(made.dup())
        if self.late:
            self._cut()

    def _cut(self) -> None:
        self.late = True
        with self._lock:
            for handle in self._handles:
                with contextlib.suppress(OSError):
                    handle.shutdown(socket.SHUT_RDWR)

    def adapter(self) -> HTTPAdapter:
        """Return the adapter that makes a session of `requests` use this connection."""
        connection = self

        class Held:
            def _new_conn(self) -> socket.socket:
                made: socket.socket = super()._new_conn()  # type: ignore[misc]
                connection.hold(made)
                return made

            def connect(self) -> None:
                super().connect()  # type: ignore[misc]
                connection.open = True

        plain = type("Plain", (Held, HTTPConnection), {})
        secure = type("Secure", (Held, HTTPSConnection), {})
        pools = {
            "http": type("PlainPool", (HTTPConnectionPool,), {"ConnectionCls": plain}),
            "https": type("SecurePool", (HTTPSConnectionPool,), {"ConnectionCls": secure}),
        }

        class Adapter(HTTPAdapter):
            def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
                super().init_poolmanager(*args, **kwargs)
                self.poolmanager.pool_classes_by_scheme = pools

            def proxy_manager_for(self, *args: Any, **kwargs: Any) -> Any:
                manager = super().proxy_manager_for(*args, **kwargs)
                manager.pool_classes_by_scheme = pools
                return manager

        return Adapter()


def request(method: str, url: str, *, headers: dict[str, str], body: bytes, within_s: float) -> Response:
    """Send one request and return its response or fault; it raises nothing and takes about `within_s` seconds at most.

    Redirects are not followed, nothing is read from ~/.netrc, a compressed answer is not unpacked.
    """
    connection = TimedConnection(within_s)
    sent = {"User-Agent": "doorstep", "Accept-Encoding": "identity", "Connection": "close"} | headers
    try:
        with connection, requests.Session() as session:
            adapter = connection.adapter()
            session.mount("https://", adapter)
            session.mount("http://", adapter)
            with session.request(
                method, url, data=body, headers=sent, timeout=(min(CONNECT_TIMEOUT_S, within_s), within_s), stream=True,
                allow_redirects=False, auth=lambda request: request,
            ) as answer:  # fmt: skip
                said = answer.raw.read(MAX_BYTES + 1, decode_content=False)
                status, retry_after = answer.status_code, answer.headers.get("Retry-After", "")
    except Exception as error:
        return _fault(connection, error)
    if connection.late:  # a part of the answer may look like a whole one
        return Response(fault="timeout", timed_out=True)
    fault = "" if len(said) <= MAX_BYTES else "too_long"
    return Response(status=status, body=said, retry_after=retry_after, fault=fault)


def _fault(connection: TimedConnection, error: Exception) -> Response:
    timed_out = connection.late or isinstance(error, requests.Timeout | Silence)
    if not connection.open:
        untrusted = isinstance(error, requests.exceptions.SSLError) and not timed_out
        return Response(fault="untrusted" if untrusted else "no_connection", reached=False, timed_out=timed_out)
    return Response(fault="timeout" if timed_out else "cut_off", timed_out=timed_out)
