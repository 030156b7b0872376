"""The table of a benchmark run: each figure beside its floor and its goal."""

import json
import os
import platform
import statistics
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table


@dataclass
class Row:
    """One figure; `ok` is None where there is no goal."""

    what: str
    figure: str
    floor: str = ""
    goal: str = ""
    ok: bool | None = None


class Rows(list[Row]):
    """The figures so far; each is printed as soon as it is known."""

    def append(self, row: Row) -> None:
        print(f"{row.what}: {row.figure}" + (f"   (floor {row.floor})" if row.floor else ""), flush=True)
        super().append(row)


def spread(values: list[float]) -> tuple[float, float, float]:
    """Return the 50th, 95th and 99th percentile."""
    cuts = statistics.quantiles(values, n=100, method="inclusive")
    return cuts[49], cuts[94], cuts[98]


def say(values: list[float], unit: str = "ms") -> str:
    """Return a spread as text."""
    p50, p95, p99 = spread(values)
    return f"p50 {p50:.1f} · p95 {p95:.1f} · p99 {p99:.1f} {unit}"


def write(rows: list[Row], path: Path) -> None:
    """Keep the figures so far as JSON."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=2) + "\n")


def show(rows: list[Row], path: Path, *, title: str = "Doorstep, PostgreSQL and Redis") -> bool:
    """Print the table, write it as JSON to `path`, and return whether every goal was reached."""
    table = Table(title=f"{title}, {os.cpu_count()} cores, Python {platform.python_version()}")
    for name in ("What", "Figure", "Floor of the same run", "Goal", ""):
        table.add_column(name)
    for row in rows:
        table.add_row(row.what, row.figure, row.floor, row.goal, {True: "yes", False: "NO", None: ""}[row.ok])
    Console(width=None if os.isatty(1) else 160).print(table)
    write(rows, path)
    return all(row.ok is not False for row in rows)
