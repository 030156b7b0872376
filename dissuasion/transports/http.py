"""One HTTP request that ends: in seconds over all, in bytes of its answer, at the host it was meant for."""

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

CONNECT_S = 3.0
MOST_BYTES = 64 * 1024


@dataclass(frozen=True)
class Heard:
    """What came back: a status and a body, or a fault; `reached` says whether anything can have been taken over there.

    Faults: `no_connection`, `untrusted` (its certificate), `timeout`, `cut_off` (it hung up), `too_long` (over 64 kB).
    """

    status: int = 0
    body: bytes = b""
    retry_after: str = ""
    fault: str = ""
    reached: bool = True
    timed_out: bool = False


class Line:
    """The connection of one request, cut when its time is over.

    A time-out of `requests` begins anew with every byte: a server that drips would hold a sender for hours. So this
    keeps a second handle on the socket and shuts it down, in the middle of a handshake or a header as well.
    """

    def __init__(self, within_s: float) -> None:
        self.open = self.late = False
        self._lock, self._handles = threading.Lock(), list[socket.socket]()
        self._timer = threading.Timer(within_s, self._cut)
        self._timer.daemon = True

    def __enter__(self) -> "Line":
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
        """Return what connects a session of `requests` through this line."""
        line = self

        class Held:
            def _new_conn(self) -> socket.socket:
                made: socket.socket = super()._new_conn()  # type: ignore[misc]
                line.hold(made)
                return made

            def connect(self) -> None:
                super().connect()  # type: ignore[misc]
                line.open = True

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


def ask(method: str, url: str, *, headers: dict[str, str], body: bytes, within_s: float) -> Heard:
    """Send one request and return what came of it; it raises nothing and takes about `within_s` seconds at most.

    Redirects are not followed, nothing is read from ~/.netrc, a compressed answer is not unpacked.
    """
    line = Line(within_s)
    sent = {"User-Agent": "doorstep", "Accept-Encoding": "identity", "Connection": "close"} | headers
    try:
        with line, requests.Session() as session:
            adapter = line.adapter()
            session.mount("https://", adapter)
            session.mount("http://", adapter)
            with session.request(
                method, url, data=body, headers=sent, timeout=(min(CONNECT_S, within_s), within_s), stream=True,
                allow_redirects=False, auth=lambda request: request,
            ) as answer:  # fmt: skip
                said = answer.raw.read(MOST_BYTES + 1, decode_content=False)
                status, retry_after = answer.status_code, answer.headers.get("Retry-After", "")
    except Exception as error:
        return _fault(line, error)
    if line.late:  # what was read so far may look whole and isn't
        return Heard(fault="timeout", timed_out=True)
    fault = "" if len(said) <= MOST_BYTES else "too_long"
    return Heard(status=status, body=said, retry_after=retry_after, fault=fault)


def _fault(line: Line, error: Exception) -> Heard:
    timed_out = line.late or isinstance(error, requests.Timeout | Silence)
    if not line.open:
        untrusted = isinstance(error, requests.exceptions.SSLError) and not timed_out
        return Heard(fault="untrusted" if untrusted else "no_connection", reached=False, timed_out=timed_out)
    return Heard(fault="timeout" if timed_out else "cut_off", timed_out=timed_out)
