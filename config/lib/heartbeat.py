"""A sign of life for a monitor outside: a file that is always whole, and an address. Neither ever raises."""

import contextlib
import json
import logging
import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import httpx

logger = logging.getLogger(__name__)
PATIENCE_S = 3.0


def write(path: Path, said: dict[str, Any]) -> bool:
    """Put `said` as JSON in place of the file; return whether that worked. Whoever reads sees the old or the new."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_text(json.dumps(said) + "\n", encoding="utf-8")
        beside.replace(path)
    except OSError as error:
        logger.error("HEARTBEAT_FILE could not be written. %s", error)
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        return False
    return True


def ping(address: str, said: dict[str, Any], *, ok: bool) -> bool:
    """Tell the monitor: GET when all is well, else POST `said` to its `/fail`; return whether it took it.

    Nobody sends us on to another address, and what it answers is not read.
    """
    try:
        with httpx.Client(timeout=PATIENCE_S, follow_redirects=False) as client:
            method, url = ("GET", address) if ok else ("POST", fail(address))
            with client.stream(method, url, json=None if ok else said) as answer:
                taken, status = answer.is_success, answer.status_code
    except Exception as error:
        # Never its words: they hold the address, and whoever knows the address can speak for us.
        logger.warning("HEARTBEAT_URL was not reached: %s.", type(error).__name__)
        return False
    if not taken:
        logger.warning("HEARTBEAT_URL answered %s.", status)
    return taken


def fail(address: str) -> str:
    """Return where the monitor is told of trouble: `/fail` behind the path of `address`."""
    parts = urlsplit(address)
    return urlunsplit(parts._replace(path=parts.path.rstrip("/") + "/fail"))
