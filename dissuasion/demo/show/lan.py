"""The demo in the local network: its addresses, the app over HTTPS, and a plain page that helps a phone to trust it."""

import socket
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import segno
import uvicorn
from django.conf import settings
from django.core.management.base import CommandError
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from rich.console import RenderableType
from rich.text import Text
from uvicorn.importer import import_from_string

from config.lib.serving import APPLICATION, SETTINGS
from dissuasion.demo.seeding.staff import DEMO_PASSWORD
from dissuasion.demo.show import preparation
from dissuasion.demo.show.authority import Authority, load_authority, may_certify, server_certificate

Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Any, Callable[[], Awaitable[Message]], Send], Awaitable[None]]

FIND_OUT = {"1", "yes", "on"}
# Added to the demo's own port: 8443 and 8080 beside 8000.
APP_PORT, HELP_PORT = 443, 80
NOWHERE = "192.0.2.1"  # for documentation (RFC 5737): nothing is sent, the system only names the interface
CERTIFICATE = "/doorstep-ca.crt"
STYLES = ("tokens.css", "base.css", "pages.css")


@dataclass(frozen=True)
class Lan:
    """What listens in the local network, and its certificate."""

    address: str
    app: socket.socket
    help: socket.socket
    pem: Path
    trusted: Authority

    @property
    def url(self) -> str:
        """The address of the app for phones."""
        return f"https://{self.address}:{self.app.getsockname()[1]}/"

    @property
    def help_url(self) -> str:
        """Where phones find the certificate and how to trust it."""
        return f"http://{self.address}:{self.help.getsockname()[1]}/"

    def configs(self) -> list[tuple[uvicorn.Config, socket.socket]]:
        """Return the two servers and where each listens. They show no error details: anybody may read them."""
        settings.DEBUG = False
        quiet: dict[str, Any] = {**SETTINGS, "log_config": None, "timeout_graceful_shutdown": 1}
        served = secure_cookies(import_from_string(APPLICATION))
        tls = uvicorn.Config(served, ssl_certfile=self.pem, **quiet)
        return [(tls, self.app), (uvicorn.Config(help_app(self), **quiet), self.help)]


def open_lan(asked: str, *, port: int) -> Lan:
    """Listen in the local network; raise CommandError when this machine is in none."""
    address = _address(asked)
    folder = settings.STATE / "lan"
    now = timezone.now()
    names = ["localhost", f"{_host()}.local"]
    trusted = load_authority(folder, address=address, names=names, now=now)
    pem = server_certificate(trusted, folder, address=address, names=names, now=now)
    # In that network and in no other; this machine's own browser has the demo's own port.
    app, help_ = (preparation.take_port(port and port + more, host=address) for more in (APP_PORT, HELP_PORT))
    lan = Lan(address, app, help_, pem, trusted)
    settings.ALLOWED_HOSTS += [address, *names]
    # Others may subscribe now: no address on this machine is one of a push service.
    settings.PUSH_SERVICES = [pattern for pattern in settings.PUSH_SERVICES if not pattern.startswith("http://")]
    settings.CSRF_TRUSTED_ORIGINS += [lan.url.rstrip("/")]
    return lan


def greeting(lan: Lan) -> list[RenderableType]:
    """Return the address for phones and a code for their camera."""
    first = _("On a phone in the same network: scan this, trust the certificate once, then open the app.")
    return [
        Text.assemble(("  " + _("Phones") + "  ", "dim"), (lan.help_url, "bold underline blue")),
        Text(f"  {first}", style="dim"),
        qr_code(lan.help_url),
        Text.assemble(("  " + _("The app") + "  ", "dim"), (lan.url, "bold underline blue")),
        Text(f"  SHA-256 {lan.trusted.fingerprint}\n", style="dim"),
    ]


def qr_code(address: str) -> Text:
    """Return a QR code, two rows to a line, dark on light whatever the terminal's colours are."""
    rows = [list(row) for row in segno.make(address, error="m").matrix_iter(border=3)]
    pairs = zip(rows[::2], [*rows[1::2], [0] * len(rows[0])], strict=False)
    drawn = Text()
    for upper, lower in pairs:
        blocks = "".join(" ▄▀█"[2 * above + below] for above, below in zip(upper, lower, strict=True))
        drawn.append("  ").append(blocks, style="black on white").append("\n")
    return drawn


def secure_cookies(app: App) -> App:
    """Wrap the app so that its cookies are never sent to the plain HTTP ports beside it."""

    async def served(scope: Any, receive: Callable[[], Awaitable[Message]], send: Send) -> None:
        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [(k, v + b"; Secure" if _bare(k, v) else v) for k, v in message["headers"]]
            await send(message)

        await app(scope, receive, sending)

    return served


def help_app(lan: Lan) -> App:
    """Return the plain server: a page, the certificate, and nothing else."""
    css = "".join((settings.ROOT / "static" / "css" / name).read_text() for name in STYLES)
    told = {"lan": lan, "certificate": CERTIFICATE, "password": DEMO_PASSWORD, "css": css}
    page = render_to_string("lan.html", told).encode()
    answers = {
        "/": (b"text/html; charset=utf-8", page),
        # Neither a download nor a text: with this type phones offer to install it.
        CERTIFICATE: (b"application/x-x509-ca-cert", lan.trusted.der),
    }

    async def served(scope: Any, receive: Callable[[], Awaitable[Message]], send: Send) -> None:
        if scope["type"] != "http":
            return
        kind, body = answers.get(scope["path"], (b"text/plain", b"Not here\n"))
        status = 200 if scope["path"] in answers else 404
        headers = [(b"content-type", kind), (b"content-length", b"%d" % len(body)), (b"cache-control", b"no-store")]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})

    return served


def _bare(key: bytes, value: bytes) -> bool:
    return key.lower() == b"set-cookie" and b"; secure" not in value.lower()


def _address(asked: str) -> str:
    """Return this machine's address in the local network."""
    try:
        found = _own() if asked in FIND_OUT else asked
        if found and may_certify(found):
            return found
    except ValueError:
        found = asked
    raise CommandError(
        _("%(address)s is no address in a local network. Say which one phones reach: make demo LAN=192.168.1.5")
        % {"address": found or "—"}
    )


def _own() -> str:
    """Return the address from which this machine would speak to others; empty when it is in no network."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect((NOWHERE, 9))
        except OSError:
            return ""
        return str(probe.getsockname()[0])


def _host() -> str:
    return socket.gethostname().split(".")[0].lower() or "doorstep"
