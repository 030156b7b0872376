"""What the tests of the watchdog share: a standing clock, a case in hand, and a watchdog whose time the test tells."""

import datetime as dt

import pytest
from django.utils import timezone

from dissuasion.actions.clocks import pulse
from dissuasion.workers.watchdog import Finding, Limits, Watchdog


class TimedWatchdog:
    """A watchdog with the usual limits. `after` lets seconds pass on both clocks, then looks."""

    def __init__(self, clock) -> None:
        self.clock, self.counted = clock, 1000.0
        self.watchdog = Watchdog(Limits(tolerance_s=10, silent_s=20, desk_s=30))

    def look(self) -> Finding:
        return self.watchdog.look(at=timezone.now(), clock=self.counted)

    def after(self, seconds: float) -> Finding:
        self.clock.shift(seconds)
        self.counted += seconds
        return self.look()

    def leap(self, seconds: float) -> None:
        """Somebody sets the clock on the wall."""
        self.clock.shift(dt.timedelta(seconds=seconds))


@pytest.fixture
def the_watchdog(clock, db) -> TimedWatchdog:
    """A watchdog that has been at work for a while, before anything else happened."""
    made = TimedWatchdog(clock)
    made.look()
    made.after(60)
    return made


def ticks(name: str = "watch", *, process: str = "a:1", version: str = "") -> None:
    """Write a watcher's sign of life; without a version that of the code here."""
    from_here = version or Watchdog(Limits(1, 1, 1)).version
    pulse.beat(name, process=process, version=from_here, at=timezone.now())
