"""The figures as tables for a terminal: what came in, how fast each step was, the results of visits."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as n_
from django.utils.translation import pgettext_lazy
from rich import box
from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from accounts.models import Unit
from dissuasion.reports.figures import Period, figures
from dissuasion.reports.figures_document import FiguresDocument
from dissuasion.rules.words import yuan

INTERVALS = {
    "assign": n_("heard → assigned"),
    "show": n_("assigned → on the phone"),
    "acknowledge": n_("assigned → acknowledged"),
    "arrive": n_("assigned → arrived"),
    "record": n_("arrived → recorded"),
}
# As the phone names them.
RESULTS = {
    "dissuaded": n_("dissuaded"),
    "wavering": n_("wavering"),
    "refused": n_("not persuaded"),
    "money_gone": n_("money gone"),
    "no_fraud": n_("no fraud"),
    "not_met": n_("not there"),
    "wrong_address": n_("lives elsewhere"),
    "by_phone_only": n_("dissuaded by phone"),
}
EVIDENCE = {
    "bank": pgettext_lazy("what a sum rests on", "bank slip"),
    "seen": pgettext_lazy("what a sum rests on", "screen"),
    "family": pgettext_lazy("what a sum rests on", "family"),
    "said": pgettext_lazy("what a sum rests on", "told"),
}
GOLD = {
    "protected": n_("gold kept (%(evidence)s): %(grams)s g"),
    "lost": n_("gold lost (%(evidence)s): %(grams)s g"),
}
GOOD, FAIR = 0.9, 0.75
# A narrow terminal wraps the headings and not the numbers.
NUMBER_WIDTH = 6
NONE = "·"


class Row(NamedTuple):
    """One line of a table; those that are not `top` are indented below another."""

    name: str
    cells: list[str | Text]
    top: bool


def tables(units: list[Unit], period: Period) -> list[RenderableType]:
    """Return the tables of these units over a period, each with the units below it that had work."""
    rows: list[tuple[FiguresDocument, bool]] = []
    quiet = 0
    found = []
    for unit in units:
        own = figures(unit, period)
        busy, idle = _below(unit, period)
        rows += [(own, True), *((row, False) for row in busy)]
        quiet += idle
        found.append(_results(own))
    results = [line for line in found if line is not None]
    tops = [row for row, top in rows if top]
    made: list[RenderableType] = [_title(tops[0]), _came_in(rows), _how_fast(tops), _at_the_door(rows), *results]
    if quiet:
        made.append(Text("  " + _("Units below with nothing to do: %(count)d") % {"count": quiet}, style="dim"))
    return made


def _below(unit: Unit, period: Period) -> tuple[list[FiguresDocument], int]:
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
    """Return a duration as text for a table: 0.04 s, 12.3 s, 20 min."""
    if seconds is None:
        return "–"
    if seconds < 10:
        return _("%(number)s s") % {"number": f"{seconds:.2f}"}
    if seconds < 120:
        return _("%(number)s s") % {"number": f"{seconds:.1f}".removesuffix(".0")}
    return _("%(number)s min") % {"number": f"{seconds / 60:.1f}".removesuffix(".0")}


def _title(own: FiguresDocument) -> Text:
    start, end = timezone.localtime(own["from"]), timezone.localtime(own["to"])
    return Text.assemble("\n  ", (f"{start:%Y-%m-%d %H:%M} – {end:%Y-%m-%d %H:%M}", "bold"), "\n")


def _table(title: str, columns: Sequence[str], rows: Iterable[Row], *, always: int) -> RenderableType:
    """Return a table with `title` over its first column; empty columns after the first `always` are left out."""
    rows = list(rows)
    shown = [
        n for n in range(len(columns)) if n < always or any(row.cells[n : n + 1] not in ([NONE], []) for row in rows)
    ]
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=True)
    table.add_column(title, header_style="bold", no_wrap=True)
    for n in shown:
        table.add_column(columns[n], justify="right", header_style="dim", min_width=NUMBER_WIDTH)
    for row in rows:
        cells = [row.cells[n] for n in shown if n < len(row.cells)]
        table.add_row(f"{'' if row.top else '  '}{row.name}", *cells, style="" if row.top else "dim")
    return Padding(table, (0, 0, 1, 1), expand=False)


def _number(value: int) -> str:
    return str(value) if value else NONE


def _came_in(found: list[tuple[FiguresDocument, bool]]) -> RenderableType:
    names = {
        "alerts": _("Alerts"), "high": _("High"), "medium": _("Medium"), "low": _("Low"), "repeats": _("Joined"),
        "triage": _("Triage"), "lapsed": _("Lapsed"), "declined": _("Declined"), "shortfalls": _("Nobody free"),
        "flagged": _("Flagged"),
    }  # fmt: skip
    rows = [Row(own["unit"]["name"], [_number(own["counts"][key]) for key in names], top) for own, top in found]
    return _table(_("What came in"), list(names.values()), rows, always=4)


def _how_fast(tops: list[FiguresDocument]) -> RenderableType:
    rows = []
    for own in tops:
        if len(tops) > 1:
            rows.append(Row(own["unit"]["name"], [], True))
        for name, words in INTERVALS.items():
            row = own["intervals"][name]
            times = [clock(row[key]) for key in ("p50_s", "p90_s", "target_s")]
            cells: list[str | Text] = [_number(row["n"]), *times, _share(row["within_target"]), _number(row["missed"])]
            rows.append(Row(_(words), cells, len(tops) == 1))
    columns = [_("Count"), "p50", "p90", _("Target"), _("Within target"), _("Missed")]
    return _table(_("How fast"), columns, rows, always=5)


def _at_the_door(found: list[tuple[FiguresDocument, bool]]) -> RenderableType:
    kept = [_("Kept (%(evidence)s)") % {"evidence": words} for words in EVIDENCE.values()]
    rows = []
    for own, top in found:
        met = own["face_to_face"]
        cells: list[str | Text] = [_number(met["visited"]), _number(met["met"]), _share(met["rate"])]
        cells += [_number(own["dispositions"].get("dissuaded", 0)), _number(met["in_hand"])]
        cells += [_money(own, meaning="protected", evidence=evidence) for evidence in EVIDENCE]
        rows.append(Row(own["unit"]["name"], [*cells, _money(own, meaning="lost")], top))
    columns = [_("Visited"), _("Met"), _("Face to face"), _("Dissuaded"), _("In hand"), *kept, _("Already lost")]
    return _table(_("At the door"), columns, rows, always=4)


def _money(row: FiguresDocument, *, meaning: str, evidence: str = "") -> str:
    """Return the money of one meaning, of one grade of evidence or of all; gold is never mixed in."""
    fitting = [a for a in row["amounts"] if a["meaning"] == meaning and a["kind"] == "money"]
    if evidence:
        fitting = [a for a in fitting if a["evidence"] == evidence]
    total = sum((Decimal(a["sum"]) for a in fitting), Decimal(0))
    return yuan(total) if total else NONE


def _share(share: float | None) -> Text:
    if share is None:
        return Text("–", style="dim")
    style = "red"
    if share >= GOOD:
        style = "green"
    elif share >= FAIR:
        style = "yellow"
    return Text(f"{share * 100:.0f} %", style=style)


def _results(own: FiguresDocument) -> Text | None:
    """Return the other results in one line, and gold where there was any."""
    others = [
        f"{_(words)} {own['dispositions'][code]}"
        for code, words in RESULTS.items()
        if code != "dissuaded" and code in own["dispositions"]
    ]
    others += [
        _(GOLD[a["meaning"]]) % {"evidence": EVIDENCE[a["evidence"]], "grams": a["sum"]}
        for a in own["amounts"]
        if a["kind"] == "gold"
    ]
    if not others:
        return None
    results = {"unit": own["unit"]["name"], "results": " · ".join(others)}
    return Text("  " + _("Other results, %(unit)s: %(results)s") % results, style="dim")
