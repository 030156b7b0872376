"""The demo's terminal: what is under way stays at the bottom and grows, what has ended moves up. Piped: plain lines."""

import time
from collections.abc import Iterable

from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from rich.cells import cell_len
from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from dissuasion.demo.show.steps import GOOD, TROUBLE, Step, Way

PIPED_WIDTH = 120
STYLES = {GOOD: "green", TROUBLE: "yellow"}
ROOM_BELOW = 4


class Screen:
    """Prints for one run of the demo."""

    def __init__(self, console: Console | None = None) -> None:
        self.console = console or Console(highlight=False)
        self.moving = self.console.is_terminal and not self.console.is_dumb_terminal
        if not self.console.is_terminal:
            self.console = Console(highlight=False, width=PIPED_WIDTH, file=self.console.file)
        self.begun = time.monotonic()
        self.ways: list[Way] = []
        self.status = ""
        self.language = get_language()
        self._told: dict[int, int] = {}
        self._live = Live(self, console=self.console, refresh_per_second=4, transient=True) if self.moving else None

    def __rich__(self) -> RenderableType:
        """Return what stands at the bottom of the terminal. It is drawn by a thread that knows no language."""
        with translation.override(self.language):
            return self._under_way()

    def _under_way(self) -> RenderableType:
        lines: list[RenderableType] = [Text("")]
        room = max(3, self.console.height - ROOM_BELOW)
        shown = self.ways[-max(1, room // 4) :]
        for way in shown:
            lines.append(self._head(way, under_way=True))
            lines += [_line(step) for step in way.steps[-max(1, room // len(shown) - 3) :]]
            lines.append(Text(""))
        if hidden := len(self.ways) - len(shown):
            lines.append(Text("  " + _("and %(count)d more under way") % {"count": hidden}, style="dim"))
        return Group(*lines, Text(f"  {self._bottom()}", style="dim", no_wrap=True, overflow="ellipsis"))

    def __enter__(self) -> "Screen":
        return self

    def __exit__(self, *error: object) -> None:
        self.stop()

    def start(self) -> None:
        """Draw the moving part from now on."""
        self.begun, self.language = time.monotonic(), get_language()
        if self._live:
            self._live.start()

    def stop(self) -> None:
        """Take the moving part away."""
        if self._live:
            self._live.stop()

    def print(self, *things: RenderableType) -> None:
        """Print above the moving part."""
        for thing in things:
            self.console.print(thing)

    def minor(self, words: str) -> None:
        """Print a line about an alert that needs no visit now."""
        self.console.print(Text("  " + words, style="dim", no_wrap=True, overflow="ellipsis"))

    def under_way(self, way: Way) -> None:
        """Show a way as it is now: the moving part draws it by itself, a pipe gets the steps that are new."""
        if way not in self.ways:
            self.ways.append(way)
        if not self.moving:
            self._tell_new(way)

    def over(self, way: Way) -> None:
        """Print a way that has ended, as a whole, and take it out of the moving part."""
        if way in self.ways:
            self.ways.remove(way)
        if self.moving:
            self.print(*self._whole(way))
        else:
            self._tell_new(way)
            self._told.pop(id(way), None)
            self.console.print(f"{self._tag(way)}  = {way.outcome}", markup=False, soft_wrap=True)

    def _tell_new(self, way: Way) -> None:
        known = self._told.get(id(way), 0)
        if not known and way.steps:
            self.console.print(f"{self._tag(way)}  {way.title}", markup=False, soft_wrap=True)
        for step in way.steps[known:]:
            detail = f": {step.detail}" if step.detail else ""
            self.console.print(f"{self._tag(way)}  {_seconds(step)}  {step.text}{detail}", markup=False, soft_wrap=True)
        self._told[id(way)] = len(way.steps)

    def _tag(self, way: Way) -> str:
        return f"[{way.name}]" + " " * max(0, 8 - cell_len(way.name))

    def _whole(self, way: Way) -> Iterable[RenderableType]:
        yield self._head(way, under_way=False)
        if way.recorded:
            yield Padding(Text(_told_of(way), style="dim italic"), (0, 2, 0, 13))
        rows = Table.grid(padding=(0, 3, 0, 0))
        rows.add_column(no_wrap=True)
        rows.add_column()
        for step in way.steps:
            rows.add_row(Text(_seconds(step), style="cyan"), _words(step))
        yield rows
        style = "bold green" if way.dissuaded else "bold yellow"
        yield Text.assemble((" " * 9, ""), (" ▸  ", style), (way.outcome, style))
        yield Text("")

    def _head(self, way: Way, *, under_way: bool) -> Text:
        colour = "red" if under_way else "green" if way.dissuaded else "yellow"
        return Text.assemble(("● ", colour), (way.title, "bold"), no_wrap=True, overflow="ellipsis")

    def _bottom(self) -> str:
        passed = int(time.monotonic() - self.begun)
        clock = f"{passed // 3600}:{passed // 60 % 60:02d}:{passed % 60:02d}"
        return f"{clock}  {self.status} · " + _("Ctrl-C ends")


def _line(step: Step) -> Text:
    return Text.assemble((_seconds(step), "cyan"), "   ", _words(step), no_wrap=True, overflow="ellipsis")


def _words(step: Step) -> Text:
    return Text.assemble((step.text, STYLES.get(step.style, "")), (f"  {step.detail}", "dim") if step.detail else "")


def _seconds(step: Step) -> str:
    return f"+{step.seconds:.2f} s".rjust(10)


def _told_of(way: Way) -> str:
    """Return where a recorded case was reported and, for those who read English, what happened."""
    case = way.recorded or {}
    return f"{case['source']} · {case['what_happened']}" if get_language() == "en" else case["source"]
