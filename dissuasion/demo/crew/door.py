"""The public doors as a phone, a desk or an alert source uses them: HTTP and one websocket."""

import secrets
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from http.cookiejar import CookieJar, DefaultCookiePolicy
from types import TracebackType
from typing import Any, Protocol, Self

import httpx
from django.conf import settings
from websockets.asyncio.client import connect

SESSION, CSRF = settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME
# When a connection may be dropped: the request is out, or its answer has begun; then the server has surely acted.
SENT, ANSWERED = "http11.send_request_body.complete", "http11.receive_response_headers.complete"


class Refused(Exception):
    """The server answered with a problem document."""

    def __init__(self, status: int, code: str, detail: str) -> None:
        super().__init__(f"{status} {code}: {detail}")
        self.status, self.code, self.detail = status, code, detail


class NoNetwork(Exception):
    """The server can't be reached, or did not answer."""


class SocketClosed(httpx.TransportError):
    """This side has dropped the connection."""


class Readable(Protocol):
    """Anything that can read a path: a door, or a phone's connection to it."""

    async def read(self, who: "Session", path: str) -> dict[str, Any]:
        """Return what stands behind `path` (below /api/v1/)."""


@dataclass(frozen=True)
class Session:
    """What a signed-in phone shows at every door. The second is compared with itself (double submit)."""

    session: str
    csrf: str

    @classmethod
    def of_session(cls, session: str) -> "Session":
        """Return the pass of a session that is already there."""
        return cls(session, secrets.token_hex(16))

    @property
    def headers(self) -> dict[str, str]:
        """The headers of a request."""
        return {"Cookie": f"{SESSION}={self.session}; {CSRF}={self.csrf}", "X-CSRFToken": self.csrf}


class Door:
    """One server. All pretend people share its connections, and none of them its cookies."""

    def __init__(self, base: str, *, language: str = "en") -> None:
        nobody = CookieJar(DefaultCookiePolicy(allowed_domains=[]))
        self.base = base.rstrip("/")
        self._client = httpx.AsyncClient(
            base_url=self.base,
            cookies=nobody,
            headers={"Accept-Language": language, "Referer": f"{self.base}/"},
            timeout=20,
            trust_env=False,
            # Given up before the server does: a request on a closing connection would be lost.
            limits=httpx.Limits(max_connections=48, max_keepalive_connections=24, keepalive_expiry=3),
        )
        # The server's clock minus ours, from the last answer that told it.
        self.clock_ahead_s = 0.0

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._client.aclose()

    async def ask(
        self,
        method: str,
        path: str,
        who: Session | None = None,
        *,
        body: Any = None,
        headers: dict[str, str] | None = None,
        hang_up: str = "",
    ) -> httpx.Response:
        """Return the answer; raise Refused for a problem and Away when there is none.

        `hang_up` is SENT or ANSWERED: the connection is dropped at that moment.
        """
        traced = {"trace": _dropping(hang_up)} if hang_up else None
        shown = (who.headers if who else {}) | (headers or {})
        try:
            answer = await self._client.request(method, path, json=body, headers=shown, extensions=traced)
        except httpx.TransportError as error:
            raise NoNetwork(str(error) or type(error).__name__) from error
        told = answer.headers.get("X-Server-Time")
        if told:
            self.clock_ahead_s = int(told) / 1000 - time.time()
        if answer.status_code >= 400:
            raise _refusal(answer)
        return answer

    async def sign_in(self, username: str, password: str) -> Session:
        """Return the pass of somebody who signs in by name and password, as the app does."""
        csrf = secrets.token_hex(16)
        path, body = "/_allauth/browser/v1/auth/login", {"username": username, "password": password}
        answer = await self.ask("POST", path, body=body, headers={"Cookie": f"{CSRF}={csrf}", "X-CSRFToken": csrf})
        return Session(answer.cookies[SESSION], answer.cookies.get(CSRF) or csrf)

    async def work(self, who: Session, *, have: str) -> dict[str, Any] | None:
        """Return the worklist document, or None when `have` (epoch.person.version) is just that one."""
        answer = await self.ask("GET", "/api/v1/work", who, headers={"If-None-Match": f'"{have}"'} if have else None)
        return None if answer.status_code == 304 else dict(answer.json())

    async def acts(self, who: Session, acts: Sequence[dict[str, Any]], *, hang_up: str = "") -> list[dict[str, Any]]:
        """Return the receipts of these acts, in their order; `hang_up` as in `ask`."""
        answer = await self.ask("POST", "/api/v1/acts", who, body={"acts": list(acts)}, hang_up=hang_up)
        return list(answer.json()["receipts"])

    async def read(self, who: Session, path: str) -> dict[str, Any]:
        """Return what stands behind `path` (below /api/v1/)."""
        return dict((await self.ask("GET", f"/api/v1/{path}", who)).json())

    async def write(self, who: Session, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """Return the answer to a request that changes something (below /api/v1/)."""
        return dict((await self.ask("POST", f"/api/v1/{path}", who, body=body)).json())

    async def alert(self, key: str, body: dict[str, Any]) -> dict[str, Any]:
        """Return the answer to one alert, sent with a source's key."""
        answer = await self.ask("POST", "/api/v1/alerts", body=body, headers={"Authorization": f"Bearer {key}"})
        return dict(answer.json())

    def socket(self, who: Session, *, have: str) -> connect:
        """Return the (not yet opened) websocket of a phone that has the document `have`."""
        address = f"ws{self.base.removeprefix('http')}/ws/v1/work?have={have}"
        return connect(
            address,
            additional_headers={"Cookie": who.headers["Cookie"]},
            origin=self.base,  # type: ignore[arg-type]
            compression=None,
            proxy=None,
            open_timeout=15,
            close_timeout=0.5,
            ping_interval=None,  # the server pings; the phone listens for the heartbeat
            max_size=2**20,
            max_queue=4,
        )


def _dropping(moment: str) -> Callable[[str, dict[str, Any]], Awaitable[None]]:
    async def trace(event: str, _info: dict[str, Any]) -> None:
        if event == moment:
            raise SocketClosed(moment)

    return trace


def _refusal(answer: httpx.Response) -> Refused:
    try:
        told = answer.json()
    except ValueError:
        told = {}
    code = told.get("code", "refused") if isinstance(told, dict) else "refused"
    detail = told.get("detail", answer.reason_phrase) if isinstance(told, dict) else answer.reason_phrase
    return Refused(answer.status_code, str(code), str(detail))
