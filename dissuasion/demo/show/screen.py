"""The demo's terminal: running cases stay at the bottom and grow, ended ones move up. In a pipe: plain lines."""

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

from dissuasion.demo.show.timeline import GOOD, TROUBLE, Timeline, TimelineEntry

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
        self.timelines: list[Timeline] = []
        self.status = ""
        self.language = get_language()
        self._told: dict[int, int] = {}
        self._live = Live(self, console=self.console, refresh_per_second=4, transient=True) if self.moving else None

    def __rich__(self) -> RenderableType:
        """Return the bottom part of the terminal. It is drawn by a thread without an active language."""
        with translation.override(self.language):
            return self._under_way()

    def _under_way(self) -> RenderableType:
        lines: list[RenderableType] = [Text("")]
        room = max(3, self.console.height - ROOM_BELOW)
        shown = self.timelines[-max(1, room // 4) :]
        for timeline in shown:
            lines.append(self._head(timeline, under_way=True))
            lines += [_line(entry) for entry in timeline.entries[-max(1, room // len(shown) - 3) :]]
            lines.append(Text(""))
        hidden = len(self.timelines) - len(shown)
        if hidden:
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

    def print_minor(self, words: str) -> None:
        """Print a line about an alert that needs no visit now."""
        self.console.print(Text("  " + words, style="dim", no_wrap=True, overflow="ellipsis"))

    def update(self, timeline: Timeline) -> None:
        """Show a timeline as it is now: the moving part draws it by itself, a pipe gets the entries that are new."""
        if timeline not in self.timelines:
            self.timelines.append(timeline)
        if not self.moving:
            self._tell_new(timeline)

    def finish(self, timeline: Timeline) -> None:
        """Print a timeline that has ended, as a whole, and take it out of the moving part."""
        if timeline in self.timelines:
            self.timelines.remove(timeline)
        if self.moving:
            self.print(*self._whole(timeline))
        else:
            self._tell_new(timeline)
            self._told.pop(id(timeline), None)
            self.console.print(f"{self._tag(timeline)}  = {timeline.outcome}", markup=False, soft_wrap=True)

    def _tell_new(self, timeline: Timeline) -> None:
        known = self._told.get(id(timeline), 0)
        if not known and timeline.entries:
            self.console.print(f"{self._tag(timeline)}  {timeline.title}", markup=False, soft_wrap=True)
        for entry in timeline.entries[known:]:
            detail = f": {entry.detail}" if entry.detail else ""
            self.console.print(
                f"{self._tag(timeline)}  {_seconds(entry)}  {entry.text}{detail}", markup=False, soft_wrap=True
            )
        self._told[id(timeline)] = len(timeline.entries)

    def _tag(self, timeline: Timeline) -> str:
        return f"[{timeline.name}]" + " " * max(0, 8 - cell_len(timeline.name))

    def _whole(self, timeline: Timeline) -> Iterable[RenderableType]:
        yield self._head(timeline, under_way=False)
        if timeline.recorded:
            yield Padding(Text(_told_of(timeline), style="dim italic"), (0, 2, 0, 13))
        rows = Table.grid(padding=(0, 3, 0, 0))
        rows.add_column(no_wrap=True)
        rows.add_column()
        for entry in timeline.entries:
            rows.add_row(Text(_seconds(entry), style="cyan"), _words(entry))
        yield rows
        style = "bold green" if timeline.dissuaded else "bold yellow"
        yield Text.assemble((" " * 9, ""), (" ▸  ", style), (timeline.outcome, style))
        yield Text("")

    def _head(self, timeline: Timeline, *, under_way: bool) -> Text:
        colour = "green" if timeline.dissuaded else "yellow"
        if under_way:
            colour = "red"
        return Text.assemble(("● ", colour), (timeline.title, "bold"), no_wrap=True, overflow="ellipsis")

    def _bottom(self) -> str:
        passed = int(time.monotonic() - self.begun)
        clock = f"{passed // 3600}:{passed // 60 % 60:02d}:{passed % 60:02d}"
        return f"{clock}  {self.status} · " + _("Ctrl-C ends")


def _line(entry: TimelineEntry) -> Text:
    return Text.assemble((_seconds(entry), "cyan"), "   ", _words(entry), no_wrap=True, overflow="ellipsis")


def _words(entry: TimelineEntry) -> Text:
    return Text.assemble(
        (entry.text, STYLES.get(entry.style, "")), (f"  {entry.detail}", "dim") if entry.detail else ""
    )


def _seconds(entry: TimelineEntry) -> str:
    return f"+{entry.seconds:.2f} s".rjust(10)


def _told_of(timeline: Timeline) -> str:
    """Return where a recorded case was reported and, for those who read English, what happened."""
    case = timeline.recorded or {}
    return f"{case['source']} · {case['what_happened']}" if get_language() == "en" else case["source"]
