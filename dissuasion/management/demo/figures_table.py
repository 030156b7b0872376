"""The figures as tables for a terminal: what came in, how fast it went, what came of it at the doors."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as n_
from rich import box
from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from accounts.models import Unit
from dissuasion.reports.figures import Period, figures
from dissuasion.words import yuan

INTERVALS = {
    "assign": n_("heard → assigned"),
    "show": n_("assigned → on the phone"),
    "acknowledge": n_("assigned → acknowledged"),
    "arrive": n_("assigned → arrived"),
    "record": n_("arrived → recorded"),
}
RESULTS = {
    "dissuaded": n_("dissuaded"),
    "wavering": n_("wavering"),
    "refused": n_("refused"),
    "money_gone": n_("money gone"),
    "no_fraud": n_("no fraud"),
    "not_met": n_("not met"),
    "wrong_address": n_("wrong address"),
    "by_phone_only": n_("by phone only"),
}
EVIDENCE = {"bank": n_("bank"), "seen": n_("seen"), "said": n_("said")}
GOOD, FAIR = 0.9, 0.75


def tables(units: list[Unit], period: Period) -> list[RenderableType]:
    """Return the tables of these units over a period, each with the units below it among which its work divides."""
    rows, quiet, results = [], 0, []
    for unit in units:
        own = figures(unit, period)
        busy, idle = _below(unit, period)
        rows += [(own, True), *((row, False) for row in busy)]
        quiet += idle
        results += [line] if (line := _results(own)) else []
    tops = [row for row, top in rows if top]
    made: list[RenderableType] = [_title(tops[0]), _came_in(rows), _how_fast(tops), _at_the_door(rows), *results]
    if quiet:
        made.append(Text("  " + _("Units below with nothing to do: %(count)d") % {"count": quiet}, style="dim"))
    return made


def _below(unit: Unit, period: Period) -> tuple[list[dict[str, Any]], int]:
    """Return the figures of the units directly below that had anything to do, and how many had not.

    Where only one had, its own units say more: they take its place.
    """
    below = [figures(child, period) for child in Unit.objects.filter(parent=unit)]
    busy = [row for row in below if any(row["counts"].values()) or row["dispositions"]]
    if len(busy) == 1:
        deeper, _idle = _below(Unit.objects.get(pk=busy[0]["unit"]["id"]), period)
        return (deeper if len(deeper) > 1 else busy), len(below) - 1
    return busy, len(below) - len(busy)


def roots(period: Period) -> list[Unit]:
    """Return the units at the top that had anything to do, the busiest first; the first of all where none had."""
    top = list(Unit.objects.filter(parent=None))
    alerts = {unit.pk: figures(unit, period)["counts"]["alerts"] for unit in top}
    busy = sorted((unit for unit in top if alerts[unit.pk]), key=lambda unit: -alerts[unit.pk])
    return busy or top[:1]


def clock(seconds: float | None) -> str:
    """Return a span as it stands in a table: 0.04 s, 12.3 s, 20 min."""
    if seconds is None:
        return "–"
    if seconds < 10:
        return f"{seconds:.2f} s"
    if seconds < 120:
        return f"{seconds:.1f} s".replace(".0 s", " s")
    return f"{seconds / 60:.1f} min".replace(".0 min", " min")


def _title(own: dict[str, Any]) -> Text:
    start, end = timezone.localtime(own["from"]), timezone.localtime(own["to"])
    return Text.assemble("\n  ", (f"{start:%Y-%m-%d %H:%M} – {end:%Y-%m-%d %H:%M}", "bold"), "\n")


def _table(title: str, columns: Iterable[str]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=True)
    for number, name in enumerate([title, *columns]):
        style = "bold" if number == 0 else "dim"
        table.add_column(name, justify="left" if number == 0 else "right", header_style=style, no_wrap=True)
    return table


def _add(table: Table, cells: list[str | Text], *, top: bool) -> None:
    cells[0] = f"{'' if top else '  '}{cells[0]}"
    table.add_row(*cells, style="" if top else "dim")


def _number(value: int) -> str:
    return str(value) if value else "·"


def _came_in(rows: list[tuple[dict[str, Any], bool]]) -> RenderableType:
    names = {
        "alerts": _("Alerts"), "cases": _("New cases"), "repeats": _("Joined"), "triage": _("Triage"),
        "high": _("High"), "medium": _("Medium"), "low": _("Low"), "lapsed": _("Lapsed"),
        "declined": _("Declined"), "shortfalls": _("Nobody free"),
    }  # fmt: skip
    table = _table(_("What came in"), names.values())
    for row, top in rows:
        _add(table, [row["unit"]["name"], *(_number(row["counts"][key]) for key in names)], top=top)
    return _spaced(table)


def _how_fast(tops: list[dict[str, Any]]) -> RenderableType:
    table = _table(_("How fast"), [_("Count"), "p50", "p90", _("Target"), _("Within target")])
    for own in tops:
        if len(tops) > 1:
            _add(table, [own["unit"]["name"]], top=True)
        for name, words in INTERVALS.items():
            row = own["intervals"][name]
            cells = [_(words), _number(row["n"]), clock(row["p50_s"]), clock(row["p90_s"]), clock(row["target_s"])]
            _add(table, [*cells, _share(row["within_target"])], top=len(tops) == 1)
    return _spaced(table)


def _at_the_door(rows: list[tuple[dict[str, Any], bool]]) -> RenderableType:
    kept = [_("Kept (%(evidence)s)") % {"evidence": _(words)} for words in EVIDENCE.values()]
    columns = [_("Visited"), _("Met"), _("Face to face"), _("Dissuaded"), *kept, _("Already lost")]
    table = _table(_("At the door"), columns)
    for row, top in rows:
        met = row["face_to_face"]
        cells = [row["unit"]["name"], _number(met["visited"]), _number(met["met"]), _share(met["rate"])]
        cells.append(_number(row["dispositions"].get("dissuaded", 0)))
        cells += [_money(row, meaning="protected", evidence=evidence) for evidence in EVIDENCE]
        _add(table, [*cells, _money(row, meaning="lost")], top=top)
    return _spaced(table)


def _spaced(table: Table) -> RenderableType:
    return Padding(table, (0, 0, 1, 1))


def _money(row: dict[str, Any], *, meaning: str, evidence: str = "") -> str:
    """Return the yuan of one meaning, of one grade of proof or of all; gold is never mixed in."""
    fitting = [a for a in row["amounts"] if a["meaning"] == meaning and a["kind"] == "money"]
    total = sum((Decimal(a["sum"]) for a in fitting if not evidence or a["evidence"] == evidence), Decimal(0))
    return f"¥{yuan(total)}" if total else "·"


def _share(share: float | None) -> Text:
    if share is None:
        return Text("–", style="dim")
    style = "green" if share >= GOOD else "yellow" if share >= FAIR else "red"
    return Text(f"{share * 100:.0f} %", style=style)


def _results(own: dict[str, Any]) -> Text | None:
    """Return the other results in one line, and gold where there was any."""
    others = [
        f"{_(words)} {own['dispositions'][code]}"
        for code, words in RESULTS.items()
        if code != "dissuaded" and code in own["dispositions"]
    ]
    others += [
        _("gold %(meaning)s: %(grams)s g") % {"meaning": a["meaning"], "grams": a["sum"]}
        for a in own["amounts"]
        if a["kind"] == "gold"
    ]
    if not others:
        return None
    results = {"unit": own["unit"]["name"], "results": " · ".join(others)}
    return Text("  " + _("Other results, %(unit)s: %(results)s") % results, style="dim")
