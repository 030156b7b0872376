"""The watchdog: a process of its own that checks every few seconds whether anything is late, and reports it.

It works without the watch, which it watches. A monitor outside reads its heartbeat.
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
DATABASE_DOWN = (DatabaseError, InterfaceError, OSError)
# A check that has no answer after this time is an alarm too: a network can lose a query.
LOOK_TIMEOUT_S = 12.0
# When wall clock and monotonic clock drift apart by more between two checks, somebody has set the wall clock.
CLOCK_JUMP_S = 5.0
NEVER = -math.inf


@dataclass(frozen=True)
class Limits:
    """Seconds: from when on lateness is an alarm, how long a watcher may be silent, after how long the desk is told."""

    tolerance_s: float
    silent_s: float
    desk_s: float


@dataclass(frozen=True)
class Finding:
    """The result of one check, in codes and numbers only; `blind` says why nothing could be read."""

    late: dict[str, dict[str, int]] = field(default_factory=dict)
    silent: dict[str, int] = field(default_factory=dict)
    blind: str = ""

    @property
    def ok(self) -> bool:
        """Whether all is well."""
        return not (self.late or self.silent or self.blind)

    def to_dict(self, *, at: dt.datetime) -> dict[str, Any]:
        """Return the finding as the heartbeat sends it."""
        blind = {"blind": self.blind} if self.blind else {}
        return {"at": at.isoformat(), "ok": self.ok, "late": self.late, "silent": self.silent, **blind}


class Watchdog:
    """Checks, and remembers what it has logged, so that each thing is logged once.

    `at` is the wall clock, `clock` the monotonic one."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.version = built.code_id()
        self.offset: float | None = None
        # Until then nothing new counts as late: after a clock jump or an outage the watch has to catch up first.
        self.patient_until = NEVER
        self.blind, self.blind_at = "", NEVER
        # Of each pulse: its last time, and when by the monotonic clock that time was first seen.
        self.beats: dict[tuple[str, str], tuple[dt.datetime, float]] = {}
        self.late: dict[str, set[tuple[UUID, dt.datetime]]] = {}
        self.silent: set[str] = set()
        self.versions: set[str] = set()

    def look(self, *, at: dt.datetime, clock: float) -> Finding:
        """Check once, log what is new, tell the desks of late cases; return the finding. It raises nothing."""
        self._check_clock(at, clock)
        try:
            rows = lateness.late(at=at, tolerance_s=self.limits.tolerance_s)
            pulses = list(Pulse.objects.all())
            self._see_again(clock)
            silences = self._silences(pulses, at=at, clock=clock)
            was_well = not (self.late or self.silent)
            finding = Finding(self._log_late(rows, clock=clock), self._say_silent(silences, pulses))
            if finding.ok and not was_well:
                logger.warning("Everything is on time again.")
            self._say_versions(pulses, clock=clock)
            if clock >= self.patient_until:
                watchdog.flag_late(at=at, after_s=self.limits.desk_s)
        except DATABASE_DOWN as error:
            return self.note_blind("database", clock=clock, error=error)
        except Exception as error:
            return self.note_blind("fault", clock=clock, error=error)
        return finding

    def note_blind(self, why: str, *, clock: float, error: Exception | None = None) -> Finding:
        """Log once why nothing can be read; return that as the finding."""
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

    def _check_clock(self, at: dt.datetime, clock: float) -> None:
        offset = at.timestamp() - clock
        if self.offset is None:  # started together with the watch, which may have to catch up
            self.offset = offset
            self.blind_at = clock - self.limits.silent_s + self.limits.tolerance_s
            self._be_patient(clock)
        leap = offset - self.offset
        self.offset = offset
        if abs(leap) > CLOCK_JUMP_S:
            logger.warning("The clock of this machine leapt by %+.0f s; the watch has to catch up first.", leap)
            self._be_patient(clock)

    def _be_patient(self, clock: float) -> None:
        # For a limited time: a clock that jumps with every check must not hide what is late.
        if clock - self.patient_until > self.limits.tolerance_s:
            self.patient_until = clock + self.limits.tolerance_s

    def _log_late(self, rows: list[lateness.Late], *, clock: float) -> dict[str, dict[str, int]]:
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
        """Return for each loop the seconds since any process gave a new sign of life, whatever its clock says."""
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
            # While the database was down nobody could write a pulse.
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


class Heartbeat:
    """Sends the heartbeat in a thread of its own: neither a full disk nor a slow monitor delays a check."""

    def __init__(self, *, file: str, url: str) -> None:
        self.file, self.url = Path(file) if file else None, url
        self.thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="heartbeat")
        self.sending: Future[None] | None = None

    def send(self, finding: Finding, *, at: dt.datetime) -> None:
        """Send the finding, unless the last one is still being sent."""
        if self.sending is None or self.sending.done():
            self.sending = self.thread.submit(self._send, finding.to_dict(at=at), ok=finding.ok)

    def _send(self, said: dict[str, Any], *, ok: bool) -> None:
        if self.file:
            heartbeat.write_file(self.file, said)
        if self.url:
            heartbeat.ping_monitor(self.url, said, ok=ok)

    def close(self) -> None:
        """Stop; what has not begun is not sent."""
        self.thread.shutdown(wait=False, cancel_futures=True)


def _with_connection(watchdog: Watchdog) -> Finding:
    try:
        close_old_connections()
        finding = watchdog.look(at=timezone.now(), clock=time.monotonic())
        close_old_connections()
    except Exception as error:
        return watchdog.note_blind("fault", clock=time.monotonic(), error=error)
    return finding


async def run_watchdog(stop: asyncio.Event) -> None:
    """Check every few seconds until `stop`."""
    limits = Limits(settings.WATCHDOG_TOLERANCE_S, settings.WATCHDOG_SILENT_S, settings.WATCHDOG_DESK_S)
    watchdog, monitor = Watchdog(limits), Heartbeat(file=settings.HEARTBEAT_FILE, url=settings.HEARTBEAT_URL)
    thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="watchdog")
    # Started from this loop, whose channel layer carries the rings.
    look = sync_to_async(_with_connection, thread_sensitive=False, executor=thread)
    looking: asyncio.Task[Finding] | None = None
    stopping = asyncio.create_task(stop.wait())
    try:
        while True:
            looking = looking or asyncio.create_task(look(watchdog))
            await asyncio.wait([looking, stopping], timeout=LOOK_TIMEOUT_S, return_when=asyncio.FIRST_COMPLETED)
            if stop.is_set():
                return
            if looking.done():
                finding = looking.result()
                looking = None
            else:  # it may still answer: no second query is started beside it
                finding = watchdog.note_blind("database", clock=time.monotonic())
            monitor.send(finding, at=timezone.now())
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), settings.WATCHDOG_EVERY_S)
    finally:
        monitor.close()
        thread.shutdown(wait=False)
