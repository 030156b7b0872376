"""A heartbeat for a monitor outside: a file and a web address. Neither ever raises."""

import contextlib
import json
import logging
import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import httpx

logger = logging.getLogger(__name__)
TIMEOUT_S = 3.0


def write_file(path: Path, said: dict[str, Any]) -> bool:
    """Replace the file by `said` as JSON; return whether that worked. A reader sees the old content or the new."""
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


def ping_monitor(address: str, said: dict[str, Any], *, ok: bool) -> bool:
    """Tell the monitor: GET when all is well, else POST `said` to its `/fail`; return whether it took it.

    Redirects are not followed, and the answer is not read.
    """
    try:
        with httpx.Client(timeout=TIMEOUT_S, follow_redirects=False) as client:
            method, url = ("GET", address) if ok else ("POST", failure_url(address))
            with client.stream(method, url, json=None if ok else said) as answer:
                taken, status = answer.is_success, answer.status_code
    except Exception as error:
        # Never the error's text: it holds the address, and whoever knows the address can speak for us.
        logger.warning("HEARTBEAT_URL was not reached: %s.", type(error).__name__)
        return False
    if not taken:
        logger.warning("HEARTBEAT_URL answered %s.", status)
    return taken


def failure_url(address: str) -> str:
    """Return where the monitor is told of trouble: `/fail` behind the path of `address`."""
    parts = urlsplit(address)
    return urlunsplit(parts._replace(path=parts.path.rstrip("/") + "/fail"))
