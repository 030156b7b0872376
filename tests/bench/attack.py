"""One kind of rush against a server, from a process of its own: `python -m tests.bench.attack KIND PORT COUNT`.

It goes on until it is ended. The session of a grid member comes by the environment (COOKIE). It stands back behind
everything else on this machine: an attacker would have a machine of their own.
"""

import asyncio
import datetime as dt
import hashlib
import io
import os
import random
import sys
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import uuid4

import httpx
from django.conf import settings
from PIL import Image

PIECE = 256 * 1024
TOKEN = "a" * 32
PAUSE_S = 0.2  # between two requests of one attacker: a handful of packets on a long way
LARGE = (6000, 4000)  # pixels: the most that is taken
PICTURES: list[str] = []  # where what was sent is read


async def schema(http: httpx.AsyncClient) -> None:
    """Ask for the schema, as anybody may."""
    await http.get("/api/schema")


async def sign_in(http: httpx.AsyncClient) -> None:
    """Try to sign in as somebody whom nobody knows."""
    said = {"username": f"nobody-{random.randrange(10**9)}", "password": "wrong password"}
    await http.post("/_allauth/browser/v1/auth/login", json=said)


async def session(http: httpx.AsyncClient) -> None:
    """Ask who is signed in, as every app does first; nobody is."""
    await http.get("/_allauth/browser/v1/auth/session")


def _note() -> dict[str, Any]:
    return {
        "uuid": str(uuid4()), "kind": "note", "assignment": None, "device": "attack", "seq": 1,
        "happened_at": dt.datetime.now(dt.UTC).isoformat(), "payload": {"text": "x" * 100},
    }  # fmt: skip


async def acts(http: httpx.AsyncClient) -> None:
    """Send as many acts as a request may bring, and then five times as many."""
    for count in (100, 500):
        await http.post("/api/v1/acts", json={"acts": [_note() for _number in range(count)]})


def _large_picture() -> bytes:
    written = io.BytesIO()
    Image.effect_noise((LARGE[0] // 10, LARGE[1] // 10), 60).convert("RGB").resize(LARGE).save(written, "JPEG")
    return written.getvalue()


async def upload(http: httpx.AsyncClient) -> str:
    """Send one large picture; return its address."""
    data, path = await asyncio.to_thread(_large_picture), f"/api/v1/evidence/{uuid4()}"
    said = {"x-sha256": hashlib.sha256(data).hexdigest(), "x-bytes": str(len(data)), "x-mime": "image/jpeg"}
    said["content-type"] = "application/octet-stream"
    for offset in range(0, len(data), PIECE):
        piece = data[offset : offset + PIECE]
        (await http.put(f"{path}?offset={offset}", content=piece, headers=said)).raise_for_status()
    return path


async def read_picture(http: httpx.AsyncClient) -> None:
    """Read the large picture that was sent before."""
    await http.get(PICTURES[0])


KINDS: dict[str, Callable[[httpx.AsyncClient], Awaitable[None]]] = {
    "schema": schema,
    "sign-in": sign_in,
    "session": session,
    "acts": acts,
    "pictures": read_picture,
}


async def attack(kind: str, port: int, count: int) -> None:
    """Let `count` attackers do the same again and again."""
    signed_in = f"; {os.environ['COOKIE']}" if kind in ("acts", "pictures") else ""
    cookie = f"{settings.CSRF_COOKIE_NAME}={TOKEN}{signed_in}"
    headers = {"cookie": cookie, "x-csrftoken": TOKEN, "accept-encoding": "identity"}
    limits = httpx.Limits(max_connections=count, max_keepalive_connections=count)
    base = f"http://127.0.0.1:{port}"
    async with httpx.AsyncClient(base_url=base, headers=headers, limits=limits, timeout=60) as http:
        if kind == "pictures":
            PICTURES.append(await upload(http))

        async def one() -> None:
            while True:
                try:
                    await KINDS[kind](http)
                except httpx.HTTPError as error:
                    print(f"An attacker was turned away: {error!r}", file=sys.stderr)
                await asyncio.sleep(PAUSE_S)

        await asyncio.gather(*(one() for _number in range(count)))


if __name__ == "__main__":
    os.nice(15)
    asyncio.run(attack(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
