"""How many alerts a second the doors take in, one by one and in batches, beside bare inserts of the same rows."""

import asyncio
import json
import time
from typing import Any

from django.db import transaction
from django.utils import timezone

from config.lib.ids import uuid7
from dissuasion.models import Alert, AlertSource
from tests.bench.city import PhoneOf, alert
from tests.bench.live import client, connected, leave

HIGH_EVERY = 72  # 1.4 % of the rows are of people at high risk, the published share (volumes.json)


def rows(tag: str, numbers: list[str], *, first: int = 0) -> list[dict[str, Any]]:
    """Return alerts of which every 72nd, counted from `first`, is high risk; the last too: it waits for no others."""
    last = first + len(numbers) - 1
    return [alert(f"{tag}-{n}", phone, high=n % HIGH_EVERY == 0 or n == last) for n, phone in enumerate(numbers, first)]


async def singles(port: int, numbers: list[str], *, at_once: int = 8) -> float:
    """Return how many alerts a second came in one by one over `at_once` connections."""
    waiting = iter(rows("single", numbers))
    async with client(port) as http:

        async def sender() -> None:
            for body in waiting:
                (await http.post("/api/v1/alerts", json=body)).raise_for_status()

        begun = time.monotonic()
        await asyncio.gather(*(sender() for _ in range(at_once)))
        return len(numbers) / (time.monotonic() - begun)


async def batches(port: int, phones: list[PhoneOf], numbers: list[str], *, size: int = 1000) -> dict[str, Any]:
    """Send batches one after another while phones are connected; return rows a second and the urgent delays (s)."""
    async with client(port) as http:
        arrivals = await connected(port, phones, http)
        delays: list[float] = []
        expected, spent, kept = 0, 0.0, 0
        for start in range(0, len(numbers), size):
            body = {"alerts": rows("batch", numbers[start : start + size], first=start)}
            begun = time.monotonic()
            answer = await http.post("/api/v1/alerts/batch", json=body, timeout=120)
            spent += time.monotonic() - begun
            answer.raise_for_status()
            document = answer.json()
            kept += document["kept"]
            high = [r["answer"]["case"] for r in document["rows"] if r.get("answer", {}).get("risk") == "high"]
            expected += len(high)
            await asyncio.sleep(1.0)
            delays += [arrivals.at[case] - begun for case in high if case in arrivals.at]
        await leave(arrivals)
    return {"per_second": kept / spent, "delays": delays, "lost": expected - len(delays), "kept": kept}


def bare_inserts(numbers: list[str], *, one_by_one: bool) -> float:
    """Return how many bare alert rows a second Django inserts, sealed as they are: each alone, or in one go."""
    source = AlertSource.objects.get(code="bench")
    now = timezone.now()
    made = [
        Alert(
            id=uuid7(), source=source, external_id=f"{one_by_one}-{body['external_id']}", content_hash="0" * 64,
            received_at=now, occurred_at=now, scam_type=body["scam_type"], raw=json.loads(json.dumps(body)),
        )
        for body in rows("bare", numbers)
    ]  # fmt: skip
    begun = time.monotonic()
    if one_by_one:
        for row in made:
            with transaction.atomic():
                row.save(force_insert=True)
    else:
        Alert.objects.bulk_create(made)
    return len(made) / (time.monotonic() - begun)
