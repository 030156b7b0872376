"""The progress of the seeding: a bar on a terminal when it takes long, plain lines otherwise."""

import time
from collections.abc import Callable
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

# Seconds of work after which a bar is drawn: what is done before that needs none.
BAR_AFTER_S = 1.0


class SeedingProgress:
    """Lines for what was done, and on a terminal a bar for what takes long."""

    def __init__(self, say: Callable[[str], object], *, quiet: bool = False) -> None:
        self._say, self._quiet = say, quiet
        self._console = Console(stderr=True)
        columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
        self._progress = Progress(*columns, console=self._console, transient=True)
        self._task = self._progress.add_task("", total=None)
        self._begun, self._drawn = time.monotonic(), False

    def __enter__(self) -> "SeedingProgress":
        self._begun = time.monotonic()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._drawn:
            self._progress.stop()

    def expect(self, total: int) -> None:
        """Say how much work the whole is."""
        self._progress.update(self._task, total=total)

    def advance(self, doing: str, done: int = 1) -> None:
        """Note that so much of the work is done, and what comes now."""
        self._progress.update(self._task, advance=done, description=doing)
        waited = time.monotonic() - self._begun > BAR_AFTER_S
        if waited and not self._drawn and not self._quiet and self._console.is_terminal:
            self._progress.start()
            self._drawn = True

    def line(self, text: str) -> None:
        """Say one thing that was done."""
        if self._quiet:
            return
        if self._drawn:
            self._progress.console.print(text, highlight=False)
        else:
            self._say(text)
