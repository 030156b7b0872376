"""Hundreds of ladders at once, climbed by two watchers; what `watch` costs idle; who misses it when it dies."""

import asyncio
import json
import os
import subprocess
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils import timezone

from dissuasion.models import Assignment, Case, CaseEvent, Policy
from tests.bench import servers
from tests.bench.city import alert
from tests.bench.live import client

# The published rungs with a sixth of their seconds: as many rungs in a minute as six times as many ladders.
RUNGS = {"push": 3, "text": 5, "second": 10, "chief": 20, "county": 30, "next": 50}
OVER_S = 15
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Climbed:
    """How late each rung was (milliseconds), and how many were left out or taken twice."""

    late_ms: list[float]
    ladders: int
    skipped: int
    doubled: int


def climb(port: int, numbers: list[str], *, pace: float = 1.0) -> Climbed:
    """Warn of one resident a number, all high risk, and let nobody answer until every ladder has reached its end.

    With a `pace` below 1 the rungs and the stretch in which the warnings come are that much shorter.
    """
    rungs = {do: max(1, round(after * pace)) for do, after in RUNGS.items()}
    faster = Policy.current("ladder").content | {"high": rungs}
    Policy.objects.create(kind="ladder", content=faster)
    time.sleep(6)  # until the servers have read it
    with servers.running("manage.py", "watch"), servers.running("manage.py", "watch"):
        asyncio.run(_warn(port, numbers, over_s=OVER_S * pace))
        time.sleep(rungs["next"] + 4)
    return _read(ends_after=rungs["next"])


async def _warn(port: int, numbers: list[str], *, over_s: float) -> None:
    async with client(port) as http:
        begun = time.monotonic()

        async def send(place: int, phone: str) -> None:
            await asyncio.sleep(max(0.0, begun + place * over_s / len(numbers) - time.monotonic()))
            (await http.post("/api/v1/alerts", json=alert(f"ladder-{place}", phone, high=True))).raise_for_status()

        await asyncio.gather(*(send(place, phone) for place, phone in enumerate(numbers)))


def _read(*, ends_after: int) -> Climbed:
    """Compare the rungs that were taken with those of every ladder that had its time."""
    taken: dict[Any, list[str]] = defaultdict(list)
    late: list[float] = []
    rungs = CaseEvent.objects.filter(kind="rung").order_by("pk")
    for assignment, data in rungs.values_list("assignment", "data"):
        if data["do"] != "leads":
            taken[assignment].append(data["do"])
            late.append(float(data["late_ms"]))
    skipped = doubled = 0
    long_ago = timezone.now().timestamp() - ends_after - 2
    asked = Assignment.objects.filter(pk__in=list(taken), part="lead").values_list("pk", "ladder", "assigned_at")
    for key, ladder, at in asked:
        wanted = [rung["do"] for rung in ladder]
        doubled += len(taken[key]) - len(set(taken[key]))
        if at.timestamp() < long_ago:
            skipped += len(set(wanted) - set(taken[key]))
    return Climbed(late, len(asked), skipped, doubled)


def idle(seconds: float) -> float:
    """Return the share of a core, in percent, that `watch` takes with nothing to do."""
    with servers.running("manage.py", "watch") as process:
        time.sleep(5)
        before = _cpu_s(process)
        time.sleep(seconds)
        return 100 * (_cpu_s(process) - before) / seconds


def alarm() -> float:
    """Return the seconds from the death of the only watcher, with a case due, until the heartbeat says so."""
    with tempfile.TemporaryDirectory() as scratch:
        heart = Path(scratch) / "heart.json"
        with (
            servers.running("manage.py", "watch") as watch,
            servers.running("manage.py", "watchdog", HEARTBEAT_FILE=str(heart)),
        ):
            _until_it_says(heart, ok=True)
            watch.kill()
            begun = time.monotonic()
            case = Case.objects.filter(dispatch_due_at=None)[0]
            Case.objects.filter(pk=case.pk).update(dispatch_due_at=timezone.now())
            _until_it_says(heart, ok=False)
            return time.monotonic() - begun


def _until_it_says(heart: Path, *, ok: bool) -> None:
    end = time.monotonic() + 90
    while not heart.is_file() or json.loads(heart.read_text())["ok"] is not ok:
        if time.monotonic() > end:
            raise RuntimeError(f"The watchdog did not say ok={ok} within 90 s.")
        time.sleep(0.1)


def _cpu_s(process: subprocess.Popen[bytes]) -> float:
    fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS
