"""The parts of the phone's benchmark: each adds its rows, beside floor and goal."""

import statistics
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Browser

from accounts.models import Person
from tests.bench.phone import measures
from tests.bench.phone.chromium import browser
from tests.bench.report import Row, Rows, say, spread

ROUNDS = 5
TAPS = 20


@dataclass(frozen=True)
class Held:
    """What is measured: a server, and an officer with assignments in hand."""

    base: str
    person: Person
    cookie: str
    assignments: list[str]

    def site(self, running: Browser | None) -> measures.Site:
        """Return the site as it is visited in a browser."""
        return measures.Site(running, self.base, self.cookie, self.person)


def size(rows: Rows, _held: Held) -> None:
    """What the first screen and all published scripts weigh."""
    script, hello = measures.first_load_bytes(), measures.hello_bytes()
    rows.append(Row("script and style of the first load, gzip -9", f"{script / 1000:.1f} kB",
                    f"{hello / 1000:.1f} kB (an app that says hello)", "≤ 50 kB", script <= 50_000))  # fmt: skip
    scripts = measures.script_bytes()
    rows.append(Row("all published scripts", f"{scripts / 1000:.0f} kB", "", "≤ 2 MB", scripts <= 2_000_000))


def cold(rows: Rows, held: Held) -> None:
    """The first load on a poor phone and network."""
    with browser() as running:
        site = held.site(running)
        usable = sorted(measures.first_load(site) for _ in range(ROUNDS))
        bare = sorted(measures.bare_load(site) for _ in range(ROUNDS))
    median = usable[ROUNDS // 2]
    rows.append(Row("first load to usable, 400 kbit/s, 400 ms, CPU ÷4",
                    f"median {median:.2f} s, worst {usable[-1]:.2f}", f"{bare[ROUNDS // 2]:.2f} s (three bytes)",
                    "≤ 2.5 s", median <= 2.5))  # fmt: skip


def launch(rows: Rows, held: Held) -> None:
    """The next launch without a network, until the first screen of the worklist is painted."""
    with browser() as running:
        for cpu in (1, 4):
            painted, splash = measures.offline_launches(held.site(running), rounds=ROUNDS, rows=10, cpu=cpu)
            median = statistics.median(painted)
            number = len(held.assignments)
            rows.append(Row(f"next launch, offline, worklist of {number}, first screen painted, CPU ÷{cpu}",
                            f"median {median:.0f} ms, worst {max(painted):.0f}",
                            f"{statistics.median(splash):.0f} ms (the splash, without a script)", "≤ 500 ms",
                            median <= 500))  # fmt: skip


def taps(rows: Rows, held: Held) -> None:
    """From a tap to its record on disk, and to the next step on the screen."""
    with browser() as running:
        for turn, cpu in enumerate((1, 4)):
            some = held.assignments[turn * TAPS : (turn + 1) * TAPS]
            saved, shown, disk = measures.taps(held.site(running), some, cpu=cpu)
            for what, taken in (("saved on disk", saved), ("saved and shown", shown)):
                rows.append(Row(f"tap to {what}, CPU ÷{cpu}", say(taken), say(disk), "p95 ≤ 50 ms",
                                spread(taken)[1] <= 50))  # fmt: skip


def queue(rows: Rows, held: Held) -> None:
    """Five hundred records that wait for a network."""
    with browser() as running:
        queued, alone = measures.queue(held.site(running), count=500)
    rows.append(Row("500 queued records, 1 Mbit/s, 100 ms", f"{queued:.1f} s", f"{alone:.1f} s (their bytes alone)",
                    "≤ 20 s", queued <= 20))  # fmt: skip


def lighthouse(rows: Rows, held: Held) -> None:
    """Lighthouse's marks, mobile, of the four screens that an officer sees most."""
    for where, scores in measures.lighthouse(held.site(None), held.assignments[-1]).items():
        good = scores["performance"] >= 95 and scores["accessibility"] == scores["best-practices"] == 100
        rows.append(Row(f"Lighthouse mobile, {where}: performance, accessibility, best practices",
                        " · ".join(f"{scores[name]:.0f}" for name in measures.CATEGORIES), "", "≥ 95 · 100 · 100",
                        good))  # fmt: skip


PARTS: dict[str, Callable[[Rows, Held], None]] = {
    "size": size, "cold": cold, "launch": launch, "taps": taps, "queue": queue, "lighthouse": lighthouse,
}  # fmt: skip
