"""The key by which a push service knows this server (VAPID, RFC 8292), and its public half."""

import base64
import contextlib
import os
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.core.exceptions import ImproperlyConfigured

KEY_BYTES = 32


def new_key() -> str:
    """Return a new private key: 32 bytes, base64url without padding."""
    number = ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value
    return _text(number.to_bytes(KEY_BYTES, "big"))


def public_key(private: str) -> str:
    """Return the public half of `private`, with which browsers subscribe: uncompressed, base64url without padding."""
    try:
        raw = base64.urlsafe_b64decode(private + "=" * (-len(private) % 4))
        if len(raw) != KEY_BYTES:
            raise ValueError(len(raw))
        point = ec.derive_private_key(int.from_bytes(raw, "big"), ec.SECP256R1()).public_key()
    except ValueError as error:
        raise ImproperlyConfigured("VAPID_PRIVATE_KEY is no key; `manage.py vapid_keys` makes one.") from error
    return _text(point.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))


def kept_key(path: Path) -> str:
    """Return the private key in the file `path`, made now if there is none: for development only."""
    try:
        if not path.exists():
            _make(path)
        return path.read_text().strip()
    except OSError as error:
        raise ImproperlyConfigured(f"STATE_DIR: {path} can't be written or read ({error.strerror}).") from error


def _make(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    mine = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        mine.touch(mode=0o600)
        mine.write_text(new_key())
        with contextlib.suppress(FileExistsError):
            os.link(mine, path)  # of several processes that start at once one makes the key, whole
    finally:
        mine.unlink(missing_ok=True)


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
