"""Encryption of personal data, and the blind index by which it can still be found.

AES-256-GCM; the key's id stands before the sealed text, so keys can rotate; table, column and row are associated data,
so a sealed value copied to another row does not open. The index is an HMAC with a key for each column.
"""

import base64
import functools
import hashlib
import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

KEY_BYTES, NONCE_BYTES = 32, 12


class CannotOpen(Exception):
    """The value was sealed for another row, with a key that is not at hand, or was altered."""


def decode_key(name: str, text: str) -> bytes:
    """Return the 32 bytes behind a base64 key; raise ImproperlyConfigured with the setting's name."""
    try:
        key = base64.b64decode(text, validate=True)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} is not base64.") from error
    if len(key) != KEY_BYTES:
        raise ImproperlyConfigured(f"{name} has {len(key)} bytes, it needs {KEY_BYTES}.")
    return key


@functools.cache
def keyring(setting: str) -> tuple[str, dict[str, AESGCM]]:
    """Return the current key's id and all keys of `id:base64,id:base64` (the first seals, all open)."""
    ring: dict[str, AESGCM] = {}
    for entry in setting.split(","):
        name, separator, text = entry.strip().partition(":")
        if not separator or not 0 < len(name.encode()) < 256:
            raise ImproperlyConfigured("FIELD_KEYS is written id:base64,id:base64.")
        if name in ring:
            raise ImproperlyConfigured(f"FIELD_KEYS names {name} twice: an id is of one key.")
        ring[name] = AESGCM(decode_key(f"FIELD_KEYS {name}", text))
    current = next(iter(ring))
    return current, ring


def read(*, field_keys: str, index_key: str) -> None:
    """Read the keys from these settings; raise ImproperlyConfigured when one can't be used."""
    keyring(field_keys)
    decode_key("INDEX_KEY", index_key)


def key_ids() -> tuple[str, frozenset[str]]:
    """Return the id of the key that seals, and those of all keys that open."""
    current, ring = keyring(settings.FIELD_KEYS)
    return current, frozenset(ring)


def seal(text: str, *, place: str) -> bytes:
    """Return `text` sealed for one place (`table:column:row`)."""
    return seal_bytes(text.encode("utf-8", "surrogatepass"), place=place)


def seal_bytes(plain: bytes, *, place: str) -> bytes:
    """Return `plain` sealed for one place."""
    name, ring = keyring(settings.FIELD_KEYS)
    nonce = os.urandom(NONCE_BYTES)
    label = name.encode()
    return bytes([len(label)]) + label + nonce + ring[name].encrypt(nonce, plain, place.encode())


def unseal(blob: bytes, *, place: str) -> str:
    """Return the text of a value sealed for `place`; raise CannotOpen when it is not that value."""
    try:
        return unseal_bytes(blob, place=place).decode("utf-8", "surrogatepass")
    except UnicodeDecodeError as error:
        raise CannotOpen(f"The value does not belong to {place}.") from error


def unseal_bytes(blob: bytes, *, place: str) -> bytes:
    """Return the bytes of a value sealed for `place`; raise CannotOpen when it is not that value."""
    _, ring = keyring(settings.FIELD_KEYS)
    end = 1 + int.from_bytes(blob[:1], "big")
    name, nonce, sealed = blob[1:end].decode(errors="replace"), blob[end : end + NONCE_BYTES], blob[end + NONCE_BYTES :]
    if name not in ring:
        raise CannotOpen(f"Key {name!r} is not in FIELD_KEYS.")
    try:
        return ring[name].decrypt(nonce, sealed, place.encode())
    except (InvalidTag, ValueError) as error:
        raise CannotOpen(f"The value does not belong to {place}.") from error


@functools.cache
def _index_key(setting: str, column: str) -> bytes:
    return hmac.digest(decode_key("INDEX_KEY", setting), column.encode(), hashlib.sha256)


def blind_index(column: str, normalised: str) -> str:
    """Return 64 hexadecimal digits by which equal values of `column` are found without opening them."""
    return hmac.new(_index_key(settings.INDEX_KEY, column), normalised.encode(), hashlib.sha256).hexdigest()
