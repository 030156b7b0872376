"""The parts of the benchmark: each measures something, and adds its rows."""

import asyncio
import subprocess
import time
from collections.abc import Callable
from typing import Any

from tests.bench import city, crew, history, hostile, intake, ladders, live, servers
from tests.bench.report import Row, Rows, say, spread
from tests.bench.scale import Scale


def measure_live(rows: Rows, scale: Scale) -> None:
    """Alert to phone with 200 and 1,000 phones, and a burst, beside the floor."""
    for count in scale.phones:
        phones, last = city.phones(count), count == scale.phones[-1]
        messages = 10 * scale.seconds
        with servers.web("tests.bench.floor") as (port, _process):
            floor = asyncio.run(live.floor_at(port, count, messages, per_second=10))
        numbers = city.residents(phones, messages + scale.burst)
        with servers.web() as (port, _process), servers.running("manage.py", "watch"):
            asyncio.run(live.alerts_at(port, phones[:20], [], per_second=10, tag="warm"))
            rows_of = live.alerts_at(port, phones, numbers[:messages], per_second=10, tag=f"steady-{count}")
            steady = asyncio.run(rows_of)
            p99 = spread(steady["delays"])[2]
            goal = ("p99 ≤ 150 ms, none lost", p99 <= 150 and not steady["lost"]) if last else ("", None)
            lost = f", {steady['lost']} lost of {len(steady['delays']) + steady['lost']}"
            what = f"alert → phone, {count} phones, 10/s"
            rows.append(Row(what, say(steady["delays"]) + lost, say(floor), goal[0], goal[1]))
            if last:
                _measure_burst(rows, port, phones, numbers[-scale.burst :])
        city.clear_work()


def _measure_burst(rows: Rows, port: int, phones: list[city.PhoneOf], numbers: list[str]) -> None:
    burst = asyncio.run(live.alerts_at(port, phones, numbers, per_second=30, tag="burst"))
    p99 = spread(burst["delays"])[2]
    ok = p99 <= 1000 and not burst["lost"] and len(burst["delays"]) == len(numbers)
    lost = f", {burst['lost']} lost of {len(burst['delays']) + burst['lost']}"
    what = f"{len(numbers)} high-risk at 30/s, {len(phones)} phones"
    rows.append(Row(what, say(burst["delays"]) + lost, "", "p99 ≤ 1 s, none lost", ok))


def measure_memory(rows: Rows, scale: Scale) -> None:
    """Memory a connected phone in a fresh server, beside as many bare Channels sockets; the first few warm it up."""
    warm, count = min(20, scale.sockets // 3), scale.sockets
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


def measure_intake(rows: Rows, scale: Scale) -> None:
    """Single and batch intake beside bare inserts."""
    many, phones = scale.alerts, city.phones(scale.intake_phones)
    everybody = city.residents(city.phones(scale.everybody), many * 2)
    here = set(city.residents(phones, many // intake.HIGH_EVERY + many // scale.batch + 2))
    floor_one = intake.bare_inserts(everybody[: many // 4], one_by_one=True)
    floor_many = intake.bare_inserts(everybody[:many], one_by_one=False)
    city.clear_work()
    with servers.web() as (port, _process), servers.running("manage.py", "watch"):
        rate = asyncio.run(intake.singles(port, everybody[many : many + many // 2]))
        rows.append(Row("single intake, 8 connections", f"{rate:.0f}/s", f"{floor_one:.0f}/s", "≥ 80/s", rate >= 80))
        # Urgent rows go to residents whose officers are connected; the rest to anybody.
        urgent, rest = iter(sorted(here)), iter(everybody[:many])
        last = scale.batch - 1
        mixed = [
            next(urgent) if n % intake.HIGH_EVERY == 0 or n % scale.batch == last else next(rest) for n in range(many)
        ]
        batch = asyncio.run(intake.batches(port, phones, mixed, size=scale.batch))
    rate, slowest = batch["per_second"], max(batch["delays"])
    what = f"batch intake, {scale.batch:,} rows each"
    rows.append(Row(what, f"{rate:.0f}/s", f"{floor_many:.0f}/s", "≥ 250/s", rate >= 250))
    ok = slowest <= 2 and not batch["lost"]
    figure = f"slowest {slowest:.2f} s, {len(batch['delays'])} rows, {batch['lost']} lost"
    rows.append(Row("a batch's high-risk rows on the phone", figure, "", "≤ 2 s, none lost", ok))


def measure_crew(rows: Rows, scale: Scale) -> None:
    """Three hundred people of every kind, from steady to offline, take what comes and hand everything over."""
    phones = city.phones(scale.crew)
    numbers = city.residents(phones, 4 * scale.seconds)
    with servers.web() as (port, _process), servers.running("manage.py", "watch"):
        found = asyncio.run(crew.work(port, phones, numbers, per_second=4, settle_s=scale.crew_settle_s))
    missing = found.unseen + found.unanswered + found.unkept
    figure = f"{say(found.delays)}; of {found.acts} acts {found.unanswered} unanswered, {found.unkept} not kept"
    what = f"{len(phones)} of every kind, {found.alerts} alerts, {found.unseen} unseen"
    rows.append(Row(what, figure, "", "0 missing", not missing))


def measure_ladders(rows: Rows, scale: Scale) -> None:
    """500 unanswered assignments at once, two watchers; one that dies; one with nothing to do."""
    numbers = city.residents(city.phones(scale.everybody), scale.ladders)
    with servers.web() as (port, _process):
        found = ladders.climb(port, numbers, pace=scale.ladder_pace)
    p99 = spread(found.late_ms)[2]
    ok = p99 <= 2000 and found.ladders >= scale.ladders and not found.skipped and not found.doubled
    figure = f"{say(found.late_ms)}, {len(found.late_ms)} rungs, {found.skipped} skipped, {found.doubled} doubled"
    what = f"{scale.ladders} ladders at once: how late a rung is"
    rows.append(Row(what, figure, "1 s (one tick)", "p99 ≤ 2 s, none", ok))
    seconds = ladders.alarm()
    rows.append(Row("only watcher killed, a case due → alarm", f"{seconds:.1f} s", "", "≤ 30 s", seconds <= 30))
    city.clear_work()
    share = ladders.idle(scale.idle_s)
    rows.append(Row("watch with nothing to do", f"{share:.2f} % of a core", "", "< 1 %", share < 1))


def measure_history(rows: Rows, scale: Scale) -> None:
    """Worklist and boards with 10⁴ and 10⁶ alerts of history."""
    officers = city.phones(scale.hostile_phones)
    with servers.web() as (port, _process):
        numbers = city.residents(officers, min(60, scale.short_history // 5))
        asyncio.run(live.alerts_at(port, officers, numbers, per_second=20, tag="open"))
    busiest, large, short = history.busiest(), scale.history, scale.short_history
    history.fill(0, short)
    small = history.looks(busiest)
    begun = time.monotonic()
    history.fill(short, large)
    print(f"wrote a history of {large:,} alerts in {time.monotonic() - begun:.0f} s", flush=True)
    for name, after in history.looks(busiest).items():
        before = small[name]
        ratio = after["ms"] / before["ms"]
        ok = (ratio <= 1.5 and after["queries"] == before["queries"]) if name == "worklist" else None
        goal = "≤ 1.5 ×, same queries" if name == "worklist" else ""
        figure = f"{after['queries']} queries, {after['ms']:.1f} ms ({ratio:.2f} ×)"
        floor = f"{short:,}: {before['queries']} queries, {before['ms']:.1f} ms"
        rows.append(Row(f"{name}, {large:,} alerts of history", figure, floor, goal, ok))


PARTS: dict[str, tuple[Callable[[Rows, Scale], None], ...]] = {
    "live": (measure_live, measure_memory),
    "intake": (measure_intake,),
    "crew": (measure_crew,),
    "hostile": (hostile.measure,),
    "ladders": (measure_ladders,),
    "history": (measure_history,),
}
