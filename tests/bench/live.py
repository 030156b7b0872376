"""From the alert's request to the assignment on the phone: sockets and alerts from a process of their own."""

import asyncio
import json
import time
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx
from django.conf import settings
from django.utils import timezone
from websockets.asyncio.client import ClientConnection, connect

from tests.bench.city import KEY, PhoneOf, alert

AT_ONCE = 50  # sockets that connect at the same time


@dataclass
class Arrivals:
    """When each case was first seen on a phone, by the load generator's monotonic clock (s)."""

    at: dict[str, float] = field(default_factory=dict)
    ready: int = 0
    dropped: list[int | None] = field(default_factory=list)  # close codes of sockets that the server ended
    tasks: list[asyncio.Task[None]] = field(default_factory=list)
    sockets: list[ClientConnection] = field(default_factory=list)


async def _listen(socket: ClientConnection, arrivals: Arrivals, phone: PhoneOf, http: httpx.AsyncClient) -> None:
    known: set[str] = set()
    first = True
    try:
        async for text in socket:
            now = time.monotonic()
            message = json.loads(text)
            if message["type"] != "work":
                continue
            if first:
                arrivals.ready, first = arrivals.ready + 1, False
            for assignment in message["document"]["assignments"]:
                arrivals.at.setdefault(assignment["case"]["id"], now)
                if assignment["id"] not in known:
                    known.add(assignment["id"])
                    await _receipt(http, phone, assignment["id"], len(known))
    finally:
        arrivals.dropped.append(socket.close_code)


async def _receipt(http: httpx.AsyncClient, phone: PhoneOf, assignment: str, seq: int) -> None:
    """Post the device receipt, as every phone does when the card is painted."""
    act = {
        "uuid": str(uuid4()), "kind": "receipt", "assignment": assignment, "happened_at": timezone.now().isoformat(),
        "device": phone.person, "seq": seq,
    }  # fmt: skip
    token = "b" * 32
    cookie = f"{settings.SESSION_COOKIE_NAME}={phone.cookie}; {settings.CSRF_COOKIE_NAME}={token}"
    answer = await http.post("/api/v1/acts", json={"acts": [act]}, headers={"cookie": cookie, "x-csrftoken": token})
    answer.raise_for_status()


async def connected(port: int, phones: list[PhoneOf], http: httpx.AsyncClient) -> Arrivals:
    """Return the arrivals of `phones`, all connected and holding their first worklist."""
    arrivals, turn = Arrivals(), asyncio.Semaphore(AT_ONCE)

    async def join(phone: PhoneOf) -> None:
        async with turn:
            headers = {"cookie": f"{settings.SESSION_COOKIE_NAME}={phone.cookie}"}
            socket = await connect(
                f"ws://127.0.0.1:{port}/ws/v1/work", additional_headers=headers, compression=None, ping_interval=None
            )
        arrivals.sockets.append(socket)
        arrivals.tasks.append(asyncio.create_task(_listen(socket, arrivals, phone, http)))

    await asyncio.gather(*(join(phone) for phone in phones))
    await _until(lambda: arrivals.ready >= len(phones), 60)
    return arrivals


async def _until(true: Any, seconds: float) -> None:
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:  # noqa: ASYNC110  what is waited for changes in many places
        await asyncio.sleep(0.02)


async def leave(arrivals: Arrivals) -> None:
    """Close every socket."""
    for task in arrivals.tasks:
        task.cancel()
    await asyncio.gather(*(socket.close() for socket in arrivals.sockets), return_exceptions=True)


def client(port: int) -> httpx.AsyncClient:
    """Return an HTTP client of the load generator."""
    limits = httpx.Limits(max_connections=100, max_keepalive_connections=100)
    headers = {"authorization": f"Bearer {KEY}"}
    return httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", headers=headers, limits=limits, timeout=30)


async def alerts_at(
    port: int, phones: list[PhoneOf], numbers: list[str], *, per_second: float, tag: str
) -> dict[str, Any]:
    """Send one high-risk alert a resident at a steady rate; return the delays from request to phone, in ms."""
    async with client(port) as http:
        arrivals = await connected(port, phones, http)
        started: dict[str, float] = {}
        refused = 0

        async def send(number: int, phone: str) -> None:
            nonlocal refused
            begun = time.monotonic()
            answer = await http.post("/api/v1/alerts", json=alert(f"{tag}-{number}", phone, high=True))
            if answer.status_code == 201 and answer.json()["case"]:
                started[answer.json()["case"]] = begun
            else:
                refused += 1

        first = time.monotonic()
        sends = []
        for number, phone in enumerate(numbers):
            await asyncio.sleep(max(0.0, first + number / per_second - time.monotonic()))
            sends.append(asyncio.create_task(send(number, phone)))
        await asyncio.gather(*sends)
        await _until(lambda: set(started) <= set(arrivals.at), 10)
        await leave(arrivals)
    delays = [(arrivals.at[case] - begun) * 1000 for case, begun in started.items() if case in arrivals.at]
    return {"delays": delays, "lost": len(started) - len(delays), "refused": refused}


async def bare_sockets(port: int, count: int) -> list[ClientConnection]:
    """Return `count` sockets on bare Channels, each in a group of its own."""
    sockets: list[ClientConnection] = []
    for start in range(0, count, AT_ONCE):
        joins = (
            connect(f"ws://127.0.0.1:{port}/?{name}", compression=None, ping_interval=None)
            for name in range(start, min(start + AT_ONCE, count))
        )
        sockets += await asyncio.gather(*joins)
    return sockets


async def floor_at(port: int, count: int, messages: int, *, per_second: float) -> list[float]:
    """Return the delays of directed messages on bare Channels from request to socket, in ms."""
    sent: dict[str, float] = {}
    seen: dict[str, float] = {}

    async def listen(socket: ClientConnection) -> None:
        async for text in socket:
            seen[str(text)] = time.monotonic()

    sockets = await bare_sockets(port, count)
    tasks = [asyncio.create_task(listen(socket)) for socket in sockets]
    async with client(port) as http:

        async def send(number: int) -> None:
            sent[str(number)] = time.monotonic()
            await http.get(f"/?{number * 7 % count}&{number}")

        first, sends = time.monotonic(), []
        for number in range(messages):
            await asyncio.sleep(max(0.0, first + number / per_second - time.monotonic()))
            sends.append(asyncio.create_task(send(number)))
        await asyncio.gather(*sends)
        await _until(lambda: len(seen) >= messages, 5)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*(socket.close() for socket in sockets), return_exceptions=True)
    return [(seen[key] - begun) * 1000 for key, begun in sent.items() if key in seen]
