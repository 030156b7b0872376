"""Identifiers that are made before their row: ordered by time, so that indexes grow at one end."""

import hashlib
import os
import time
import uuid


def uuid7() -> uuid.UUID:
    """Return a UUID version 7 (RFC 9562): 48 bits of milliseconds, then randomness."""
    milliseconds = time.time_ns() // 1_000_000
    value = (milliseconds & 0xFFFF_FFFF_FFFF) << 80 | int.from_bytes(os.urandom(10), "big")
    value = value & ~(0xF << 76) | 0x7 << 76  # version
    value = value & ~(0x3 << 62) | 0x2 << 62  # variant
    return uuid.UUID(int=value)


def fitting(text: str, *, longest: int) -> str:
    """Return another system's id if it fits into a column, else its SHA-256: ids that are cut could be the same."""
    return text if len(text) <= longest else f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"
