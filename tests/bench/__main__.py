"""`make bench`: measures the spine on PostgreSQL and Redis; this process is the load, the servers have theirs."""

import argparse
import asyncio
import base64
import os
import secrets
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import django
import psycopg
import redis

DATABASE = "doorstep_bench"


def environment() -> str:
    """Set what servers and generator share, and return the URL of the administering database."""
    url = os.environ.get("DATABASE_URL") or "postgres://postgres@127.0.0.1:5432/postgres"
    rings = os.environ.get("REDIS_URL") or "redis://127.0.0.1:6379/15"
    try:
        psycopg.connect(url, connect_timeout=3).close()
        redis.Redis.from_url(rings, socket_connect_timeout=3).ping()
    except (psycopg.OperationalError, redis.RedisError) as error:
        sys.exit(
            f"The benchmark needs PostgreSQL and Redis on this machine: {error}\nOn Debian: apt install postgresql "
            "redis-server; elsewhere set DATABASE_URL (a role that may create databases) and REDIS_URL."
        )
    key = base64.b64encode(secrets.token_bytes(32)).decode()
    os.environ.update(
        DATABASE_URL=urlunsplit(urlsplit(url)._replace(path=f"/{DATABASE}")), REDIS_URL=rings, DEBUG="0", HTTPS="0",
        SECRET_KEY=secrets.token_hex(32), FIELD_KEYS=f"bench:{key}", INDEX_KEY=key, ALLOWED_HOSTS="127.0.0.1",
        ENVIRONMENT="bench", DJANGO_SETTINGS_MODULE="config.settings",
    )  # fmt: skip
    return url


ADMIN_URL = environment()
django.setup()

from tests.bench import city, crew, history, intake, ladders, live, servers  # noqa: E402  they need the settings above
from tests.bench.report import Row, Rows, say, show, spread  # noqa: E402

PARTS = ("live", "intake", "crew", "ladders", "history")


def measure_live(rows: Rows, seconds: int) -> None:
    """Alert to phone with 200 and 1,000 phones, and a burst, beside the floor."""
    for count in (200, 1000):
        phones = city.phones(count)
        with servers.web("tests.bench.floor") as (port, _process):
            floor = asyncio.run(live.floor_at(port, count, 10 * seconds, per_second=10))
        numbers = city.residents(phones, 10 * seconds + 300)
        with servers.web() as (port, _process), servers.running("manage.py", "watch"):
            asyncio.run(live.alerts_at(port, phones[:20], [], per_second=10, tag="warm"))
            rows_of = live.alerts_at(port, phones, numbers[: 10 * seconds], per_second=10, tag=f"steady-{count}")
            steady = asyncio.run(rows_of)
            p99 = spread(steady["delays"])[2]
            goal = ("p99 ≤ 150 ms, none lost", p99 <= 150 and not steady["lost"]) if count == 1000 else ("", None)
            lost = f", {steady['lost']} lost of {len(steady['delays']) + steady['lost']}"
            what = f"alert → phone, {count} phones, 10/s"
            rows.append(Row(what, say(steady["delays"]) + lost, say(floor), goal[0], goal[1]))
            if count == 1000:
                burst = asyncio.run(live.alerts_at(port, phones, numbers[-300:], per_second=30, tag="burst"))
                p99 = spread(burst["delays"])[2]
                ok = p99 <= 1000 and not burst["lost"] and len(burst["delays"]) == 300
                lost = f", {burst['lost']} lost of {len(burst['delays']) + burst['lost']}"
                rows.append(Row("300 high-risk in 10 s, 1,000 phones", say(burst["delays"]) + lost, "",
                                "p99 ≤ 1 s, none lost", ok))  # fmt: skip
        city.clear_work()


def measure_memory(rows: Rows) -> None:
    """Memory a connected phone in a fresh server, beside as many bare Channels sockets; the first few warm it up."""
    warm, count = 20, 1000
    phones = city.phones(count)

    async def grown(port: int, process: subprocess.Popen[bytes], join: Any) -> float:
        await join(port, warm)
        before = servers.memory_kb(process)
        await join(port, count - warm)
        await asyncio.sleep(3)
        return (servers.memory_kb(process) - before) / (count - warm)

    async def phones_join(port: int, many: int) -> None:
        async with live.client(port) as http:
            await live.connected(port, phones[:many] if many == warm else phones[warm:], http)

    with servers.web("tests.bench.floor", workers=1) as (port, process):
        floor = asyncio.run(grown(port, process, live.bare_sockets))
    with servers.web(workers=1) as (port, process):
        each = asyncio.run(grown(port, process, phones_join))
    rows.append(Row("memory a connected phone", f"{each:.1f} kB", f"{floor:.1f} kB", "≤ 45 kB", each <= 45))


def measure_intake(rows: Rows, many: int) -> None:
    """Single and batch intake beside bare inserts."""
    phones = city.phones(400)
    everybody = city.residents(city.phones(4000), many * 2)
    here = set(city.residents(phones, 400))
    floor_one = intake.bare_inserts(everybody[: many // 4], one_by_one=True)
    floor_many = intake.bare_inserts(everybody[:many], one_by_one=False)
    city.clear_work()
    with servers.web() as (port, _process), servers.running("manage.py", "watch"):
        rate = asyncio.run(intake.singles(port, everybody[many : many + many // 2]))
        rows.append(Row("single intake, 8 connections", f"{rate:.0f}/s", f"{floor_one:.0f}/s", "≥ 80/s", rate >= 80))
        # Urgent rows go to residents whose officers are connected; the rest to anybody.
        urgent, rest = iter(sorted(here)), iter(everybody[:many])
        mixed = [next(urgent) if n % intake.HIGH_EVERY == 0 or n % 1000 == 999 else next(rest) for n in range(many)]
        batch = asyncio.run(intake.batches(port, phones, mixed))
    rate, slowest = batch["per_second"], max(batch["delays"])
    rows.append(Row("batch intake, 1,000 rows each", f"{rate:.0f}/s", f"{floor_many:.0f}/s", "≥ 250/s", rate >= 250))
    ok = slowest <= 2 and not batch["lost"]
    figure = f"slowest {slowest:.2f} s, {len(batch['delays'])} rows, {batch['lost']} lost"
    rows.append(Row("a batch's high-risk rows on the phone", figure, "", "≤ 2 s, none lost", ok))
    city.clear_work()


def measure_crew(rows: Rows, seconds: int) -> None:
    """Three hundred people of every kind, from steady to offline, take what comes and hand everything over."""
    phones = city.phones(300)
    numbers = city.residents(phones, 4 * seconds)
    with servers.web() as (port, _process), servers.running("manage.py", "watch"):
        found = asyncio.run(crew.work(port, phones, numbers, per_second=4))
    missing = found.unseen + found.unanswered + found.unkept
    figure = f"{say(found.delays)}; of {found.acts} acts {found.unanswered} unanswered, {found.unkept} not kept"
    rows.append(
        Row(f"300 of every kind, {found.alerts} alerts, {found.unseen} unseen", figure, "", "0 missing", not missing)
    )
    city.clear_work()


def measure_ladders(rows: Rows) -> None:
    """500 unanswered assignments at once, two watchers; one that dies; one with nothing to do."""
    numbers = city.residents(city.phones(4000), 500)
    with servers.web() as (port, _process):
        found = ladders.climb(port, numbers)
    p99 = spread(found.late_ms)[2]
    ok = p99 <= 2000 and found.ladders >= 500 and not found.skipped and not found.doubled
    figure = f"{say(found.late_ms)}, {len(found.late_ms)} rungs, {found.skipped} skipped, {found.doubled} doubled"
    rows.append(Row("500 ladders at once: how late a rung is", figure, "1 s (one tick)", "p99 ≤ 2 s, none", ok))
    seconds = ladders.alarm()
    rows.append(Row("only watcher killed, a case due → alarm", f"{seconds:.1f} s", "", "≤ 30 s", seconds <= 30))
    city.clear_work()
    share = ladders.idle(20)
    rows.append(Row("watch with nothing to do", f"{share:.2f} % of a core", "", "< 1 %", share < 1))


def measure_history(rows: Rows, large: int) -> None:
    """Worklist and boards with 10⁴ and 10⁶ alerts of history."""
    officers = city.phones(200)
    with servers.web() as (port, _process):
        numbers = city.residents(officers, 60)
        asyncio.run(live.alerts_at(port, officers, numbers, per_second=20, tag="open"))
    busiest = history.busiest()
    history.fill(0, 10_000)
    small = history.looks(busiest)
    begun = time.monotonic()
    history.fill(10_000, large)
    print(f"wrote a history of {large:,} alerts in {time.monotonic() - begun:.0f} s", flush=True)
    for name, after in history.looks(busiest).items():
        before = small[name]
        ratio = after["ms"] / before["ms"]
        ok = (ratio <= 1.5 and after["queries"] == before["queries"]) if name == "worklist" else None
        goal = "≤ 1.5 ×, same queries" if name == "worklist" else ""
        figure = f"{after['queries']} queries, {after['ms']:.1f} ms ({ratio:.2f} ×)"
        floor = f"10⁴: {before['queries']} queries, {before['ms']:.1f} ms"
        rows.append(Row(f"{name}, {large:,} alerts of history", figure, floor, goal, ok))


def main() -> None:
    """Run the parts that are asked for, in a scratch database that is dropped afterwards."""
    reader = argparse.ArgumentParser(prog="make bench BENCHARGS=…", description=__doc__)
    reader.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS)
    reader.add_argument("--seconds", type=int, default=30, help="length of each steady stretch")
    reader.add_argument("--alerts", type=int, default=6000, help="rows of the batch intake")
    reader.add_argument("--history", type=int, default=1_000_000, help="alerts of the long history")
    reader.add_argument("--json", type=Path, default=Path("var/bench.json"))
    asked = reader.parse_args()
    rows = Rows()
    city.make_database(ADMIN_URL, DATABASE)
    try:
        begun = time.monotonic()
        city.settle()
        print(f"seeded the city in {time.monotonic() - begun:.0f} s", flush=True)
        if "live" in asked.parts:
            measure_live(rows, asked.seconds)
            measure_memory(rows)
        if "intake" in asked.parts:
            measure_intake(rows, asked.alerts)
        if "crew" in asked.parts:
            measure_crew(rows, asked.seconds)
        if "ladders" in asked.parts:
            measure_ladders(rows)
        if "history" in asked.parts:
            measure_history(rows, asked.history)
    finally:
        city.drop_database(ADMIN_URL, DATABASE)
    sys.exit(0 if show(rows, asked.json) else 1)


main()
