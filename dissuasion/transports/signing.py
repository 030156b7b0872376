"""Signatures between this server and a gateway, in both directions: HMAC-SHA256, or a fixed token in a header."""

import base64
import datetime as dt
import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

# A signed report that is older or newer than this is refused.
MAX_AGE = dt.timedelta(minutes=5)
# Seconds or milliseconds since 1970; nothing else, or a digit could move to the neighbouring part.
TIMESTAMP = re.compile(r"[0-9]{10}(?:[0-9]{3})?", re.ASCII)
MAX_NONCE_LENGTH = 200


@dataclass(frozen=True)
class Hmac:
    """HMAC-SHA256 over timestamp, nonce and body, in this order; the names of the headers are the gateway's."""

    secret: str = field(repr=False)
    signature: str = "X-Signature"
    timestamp: str = "X-Timestamp"
    nonce: str = "X-Nonce"  # empty: there is none, neither sent nor signed
    encoding: str = "hex"
    join: str = "\n"

    def headers(self, body: bytes, *, at: dt.datetime) -> dict[str, str]:
        """Return the headers that sign a body sent at `at`."""
        stamp = str(int(at.timestamp()))
        nonce = secrets.token_hex(16) if self.nonce else ""
        signed = {self.timestamp: stamp, self.signature: self._written(self._mac(stamp, nonce, body))}
        return signed | ({self.nonce: nonce} if self.nonce else {})

    def verify(self, headers: Mapping[str, str], body: bytes, *, at: dt.datetime) -> bool:
        """Return whether a body came from who knows the secret, not longer ago than `WINDOW`."""
        stamp = headers.get(self.timestamp, "")
        nonce = headers.get(self.nonce, "") if self.nonce else ""
        if not TIMESTAMP.fullmatch(stamp) or len(nonce) > MAX_NONCE_LENGTH or (self.nonce and not nonce):
            return False
        said = headers.get(self.signature, "").removeprefix("sha256=")
        right = self._written(self._mac(stamp, nonce, body))
        if self.encoding == "hex":
            said = said.lower()
        # Compared whole before the time is checked, so that the duration tells nothing.
        if not hmac.compare_digest(said.encode("utf-8", "replace"), right.encode()):
            return False
        seconds = int(stamp[:10])
        return abs(at.timestamp() - seconds) <= MAX_AGE.total_seconds()

    def _mac(self, stamp: str, nonce: str, body: bytes) -> bytes:
        parts = [stamp, nonce] if self.nonce else [stamp]
        head = "".join(part + self.join for part in parts).encode("utf-8", "replace")
        return hmac.digest(self.secret.encode(), head + body, hashlib.sha256)

    def _written(self, mac: bytes) -> str:
        return mac.hex() if self.encoding == "hex" else base64.b64encode(mac).decode()


@dataclass(frozen=True)
class Bearer:
    """A fixed token in a header of every request."""

    secret: str = field(repr=False)
    header: str = "Authorization"
    prefix: str = "Bearer "

    def headers(self, body: bytes, *, at: dt.datetime) -> dict[str, str]:
        """Return the header; neither body nor moment change it."""
        return {self.header: self.prefix + self.secret}
