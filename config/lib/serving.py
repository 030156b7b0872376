"""The one configuration of uvicorn: for the demo, `make dev`, the benchmark and production."""

from typing import Any

import uvicorn

APPLICATION = "config.asgi:application"
# Messages are small, and a phone that is gone must be noticed within 12 s.
# Compression would cost each socket ten times the memory for documents of a few kilobytes.
SETTINGS: dict[str, Any] = {
    "loop": "auto",  # uvloop where it is installed
    "http": "httptools",
    "ws": "websockets-sansio",
    "ws_max_size": 65536,
    "ws_ping_interval": 5,
    "ws_ping_timeout": 5,
    "ws_per_message_deflate": False,
    "lifespan": "off",
    "access_log": False,
    "timeout_graceful_shutdown": 3,  # seconds; the phones come back by themselves
}


def server_config(**changes: Any) -> uvicorn.Config:
    """Return uvicorn's configuration with these settings; `changes` are further arguments of uvicorn.Config."""
    return uvicorn.Config(APPLICATION, **{**SETTINGS, **changes})
