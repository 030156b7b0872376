"""The watchdog: a process of its own that looks every few seconds whether anything is late, and says so.

It needs no watcher: that is its purpose. Whoever watches this process reads its heartbeat from outside.
"""

import asyncio
import contextlib
import datetime as dt
import logging
import math
import time
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import DatabaseError, InterfaceError, close_old_connections
from django.utils import timezone

from config.lib import heartbeat
from config.lib.static import built
from dissuasion.actions.clocks import watchdog
from dissuasion.models import Pulse
from dissuasion.queries import lateness

logger = logging.getLogger(__name__)
DOWN = (DatabaseError, InterfaceError, OSError)
# A look without an answer for this long is an alarm too: a network can swallow a question.
PATIENCE_S = 12.0
# Between two looks the clock on the wall and the one that only counts differ by less, or somebody set the first.
JUMP_S = 5.0
NEVER = -math.inf


@dataclass(frozen=True)
class Limits:
    """Seconds: how late is an alarm, how long a watcher may be silent, how late the desk is told."""

    tolerance_s: float
    silent_s: float
    desk_s: float


@dataclass(frozen=True)
class Finding:
    """What one look found, in codes and figures only; `blind` says why it could see nothing."""

    late: dict[str, dict[str, int]] = field(default_factory=dict)
    silent: dict[str, int] = field(default_factory=dict)
    blind: str = ""

    @property
    def ok(self) -> bool:
        """Whether all is well."""
        return not (self.late or self.silent or self.blind)

    def said(self, *, at: dt.datetime) -> dict[str, Any]:
        """Return it as the heartbeat says it."""
        blind = {"blind": self.blind} if self.blind else {}
        return {"at": at.isoformat(), "ok": self.ok, "late": self.late, "silent": self.silent, **blind}


class Watchdog:
    """Looks, and remembers what it has said: each thing once. `at` is the clock on the wall, `clock` only counts on."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.version = built.code_id()
        self.offset: float | None = None
        # Until then nothing is newly late: after a leap of the clock, or an outage, the watch has to catch up first.
        self.patient_until = NEVER
        self.blind, self.blind_at = "", NEVER
        # Of each pulse: what it last said, and when by the counting clock that was new.
        self.beats: dict[tuple[str, str], tuple[dt.datetime, float]] = {}
        self.late: dict[str, set[tuple[UUID, dt.datetime]]] = {}
        self.silent: set[str] = set()
        self.versions: set[str] = set()

    def look(self, *, at: dt.datetime, clock: float) -> Finding:
        """Look once, say what is new, put late cases before their desks; return what was found. It raises nothing."""
        self._mind_leaps(at, clock)
        try:
            rows, pulses = lateness.late(at=at, tolerance_s=self.limits.tolerance_s), list(Pulse.objects.all())
            self._see_again(clock)
            silences = self._silences(pulses, at=at, clock=clock)
            was_well = not (self.late or self.silent)
            finding = Finding(self._say_late(rows, clock=clock), self._say_silent(silences, pulses))
            if finding.ok and not was_well:
                logger.warning("Everything is on time again.")
            self._say_versions(pulses, clock=clock)
            if clock >= self.patient_until:
                watchdog.flag_late(at=at, after_s=self.limits.desk_s)
        except DOWN as error:
            return self.blinded("database", clock=clock, error=error)
        except Exception as error:
            return self.blinded("fault", clock=clock, error=error)
        return finding

    def blinded(self, why: str, *, clock: float, error: Exception | None = None) -> Finding:
        """Say once why nothing can be seen; return that as the finding."""
        if self.blind != why:
            first_line = str(error or "").partition("\n")[0]
            traced = error if why == "fault" else None
            logger.error(
                "The watchdog sees nothing (%s): nobody can tell what is late. %s", why, first_line, exc_info=traced
            )
        self.blind, self.blind_at = why, clock
        return Finding(blind=why)

    def _see_again(self, clock: float) -> None:
        if self.blind:
            logger.warning("The watchdog sees again.")
            self.blind = ""
            self._be_patient(clock)

    def _mind_leaps(self, at: dt.datetime, clock: float) -> None:
        offset = at.timestamp() - clock
        if self.offset is None:  # started together with the watch: it may have to catch up as well
            self.offset = offset
            self.blind_at = clock - self.limits.silent_s + self.limits.tolerance_s
            self._be_patient(clock)
        leap, self.offset = offset - self.offset, offset
        if abs(leap) > JUMP_S:
            logger.warning("The clock of this machine leapt by %+.0f s; the watch has to catch up first.", leap)
            self._be_patient(clock)

    def _be_patient(self, clock: float) -> None:
        # Not for ever: a clock that leaps with every look must not hide what is late.
        if clock - self.patient_until > self.limits.tolerance_s:
            self.patient_until = clock + self.limits.tolerance_s

    def _say_late(self, rows: list[lateness.Late], *, clock: float) -> dict[str, dict[str, int]]:
        if clock < self.patient_until:
            rows = [row for row in rows if row.clock in self.late]
        for row in rows:
            new = [thing for thing in row.things if thing not in self.late.get(row.clock, ())]
            if new:
                ids = ", ".join(str(key) for key, _due_at in new)
                logger.error("Late (%s): %d, the oldest by %d s. New: %s", row.clock, row.count, row.seconds, ids)
        self.late = {row.clock: set(row.things) for row in rows}
        return {row.clock: {"count": row.count, "seconds": int(row.seconds)} for row in rows}

    def _silences(self, pulses: list[Pulse], *, at: dt.datetime, clock: float) -> dict[str, float]:
        """Return for each loop how long no process has given a new sign of life (s), whatever its clock says."""
        beats: dict[tuple[str, str], tuple[dt.datetime, float]] = {}
        silences: dict[str, float] = {}
        for pulse in pulses:
            key = (pulse.name, pulse.process)
            before, since = self.beats.get(key, (None, 0.0))
            if before is None:
                since = clock - max(0.0, (at - pulse.at).total_seconds())
            elif before != pulse.at:
                since = clock
            beats[key] = (pulse.at, since)
            # While the database was away nobody could write one.
            silence = clock - max(since, self.blind_at)
            silences[pulse.name] = min(silence, silences.get(pulse.name, silence))
        self.beats = beats
        return silences

    def _say_silent(self, silences: dict[str, float], pulses: list[Pulse]) -> dict[str, int]:
        found = {name: int(silence) for name, silence in silences.items() if silence > self.limits.silent_s}
        for name in sorted(found.keys() - self.silent):
            last = max((pulse for pulse in pulses if pulse.name == name), key=lambda pulse: pulse.at)
            when = timezone.localtime(last.at).isoformat(timespec="seconds")
            logger.error("No watcher has ticked (%s) for %d s; the last was %s at %s.",
                         name, found[name], last.process, when)  # fmt: skip
        self.silent = set(found)
        return found

    def _say_versions(self, pulses: list[Pulse], *, clock: float) -> None:
        alive = [p for p in pulses if clock - self.beats[p.name, p.process][1] <= self.limits.silent_s]
        versions = {pulse.version for pulse in alive} | {self.version}
        if len(versions) > 1 and versions != self.versions:
            runs = sorted({f"{pulse.process} runs {pulse.version}" for pulse in alive})
            logger.warning("Different versions are at work: %s, this watchdog %s.", ", ".join(runs), self.version)
        self.versions = versions


class Heart:
    """Tells the monitor outside, in a thread of its own: neither a full disk nor a slow monitor holds up a look."""

    def __init__(self, *, file: str, url: str) -> None:
        self.file, self.url = Path(file) if file else None, url
        self.thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="heart")
        self.beating: Future[None] | None = None

    def beat(self, finding: Finding, *, at: dt.datetime) -> None:
        """Say what was found, unless the last beat is still on its way."""
        if self.beating is None or self.beating.done():
            self.beating = self.thread.submit(self._beat, finding.said(at=at), ok=finding.ok)

    def _beat(self, said: dict[str, Any], *, ok: bool) -> None:
        if self.file:
            heartbeat.write_file(self.file, said)
        if self.url:
            heartbeat.ping_monitor(self.url, said, ok=ok)

    def close(self) -> None:
        """Let the last beat go."""
        self.thread.shutdown(wait=False, cancel_futures=True)


def _connected(watchdog: Watchdog) -> Finding:
    try:
        close_old_connections()
        finding = watchdog.look(at=timezone.now(), clock=time.monotonic())
        close_old_connections()
    except Exception as error:
        return watchdog.blinded("fault", clock=time.monotonic(), error=error)
    return finding


async def run_watchdog(stop: asyncio.Event) -> None:
    """Look every few seconds until `stop`."""
    limits = Limits(settings.WATCHDOG_TOLERANCE_S, settings.WATCHDOG_SILENT_S, settings.WATCHDOG_DESK_S)
    watchdog, heart = Watchdog(limits), Heart(file=settings.HEARTBEAT_FILE, url=settings.HEARTBEAT_URL)
    thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="watchdog")
    # Started from this loop, so that what it rings travels through the channel layer's connections here.
    look = sync_to_async(_connected, thread_sensitive=False, executor=thread)
    looking: asyncio.Task[Finding] | None = None
    stopping = asyncio.create_task(stop.wait())
    try:
        while True:
            looking = looking or asyncio.create_task(look(watchdog))
            await asyncio.wait([looking, stopping], timeout=PATIENCE_S, return_when=asyncio.FIRST_COMPLETED)
            if stop.is_set():
                return
            if looking.done():
                finding, looking = looking.result(), None
            else:  # it may still answer: no second question is put beside it
                finding = watchdog.blinded("database", clock=time.monotonic())
            heart.beat(finding, at=timezone.now())
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), settings.WATCHDOG_EVERY_S)
    finally:
        heart.close()
        thread.shutdown(wait=False)
