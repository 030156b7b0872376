"""Shows what becomes of each alert, from the source's answers and from the case files that a desk may read."""

import asyncio
import datetime as dt
import time
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dissuasion.demo.city.feeder import Sent
from dissuasion.demo.crew.door import Door, NoNetwork, Refused, Session
from dissuasion.demo.show.screen import Screen
from dissuasion.demo.show.timeline import Timeline
from dissuasion.rules import scam_types
from dissuasion.rules.words import yuan

LOOK_EVERY_S, EACH_S = 0.35, 0.04
# A case in which nothing happens is looked at less and less often: each pause is this part of its silence.
PART_OF_SILENCE = 0.1
# After so many seconds without an event, or in all, a case waits for a person; so many timelines are shown at once.
QUIET_S, MAX_S, MAX_TIMELINES = 150.0, 900.0, 30


class Narrator:
    """Counts every alert and follows those of high risk; `desks` are the sessions of those who may read their files."""

    def __init__(self, door: Door, screen: Screen, *, connected: Callable[[], int]) -> None:
        self.door, self.screen, self.connected = door, screen, connected
        self.desks: list[Session] = []
        self.counts: Counter[str] = Counter()
        self.saved = Decimal(0)
        self.notes: dict[str, list[str]] = {}
        self.timelines: dict[str, Timeline] = {}
        # Set while nothing is under way.
        self.idle = asyncio.Event()
        self._followed_since: dict[str, float] = {}
        self._quiet_since: dict[str, float] = {}
        self._look_at: dict[str, float] = {}
        self._desk_of: dict[str, Session] = {}

    def overheard(self, case: str, words: str) -> None:
        """Remember what somebody of the crew noted on the way; the file holds such notes sealed."""
        if case in self.notes:
            self.notes[case].append(words)

    def heard(self, sent: Sent) -> None:
        """Count an alert that was sent, and follow it if it is of high risk."""
        self.counts["alerts"] += 1
        if sent.answer is None:
            self.counts["refused"] += 1
            self.screen.print_minor(_("not taken: %(reason)s") % {"reason": sent.refusal})
        elif sent.answer["way"] == "triage":
            self.counts["triage"] += 1
            self.screen.print_minor(
                self._line(sent, _("triage"), _("nobody with this number is known: a desk must look"))
            )
        elif sent.answer["risk"] == "high":
            self.counts["high"] += 1
            self._follow(sent)
        else:
            self._minor(sent)

    def _minor(self, sent: Sent) -> None:
        risk = str(sent.answer["risk"]) if sent.answer else ""
        self.counts[risk] += 1
        level, due = {
            "medium": (_("medium"), _("call by 96110")),
            "low": (_("low"), _("text message")),
        }[risk]
        self.screen.print_minor(self._line(sent, level, due))

    def _line(self, sent: Sent, level: str, due: str) -> str:
        body = sent.body
        what = scam_types.name(body["scam_type"], get_language() or "en")
        amount = f" · {yuan(body['amount_at_risk'])}" if body.get("amount_at_risk") else ""
        return f"{timezone.localtime():%H:%M:%S}  {level:<7} {sent.place} · {what}{amount} → {due}"

    def _follow(self, sent: Sent) -> None:
        answer = sent.answer or {}
        case = str(answer["case"])
        if case in self.timelines:
            return  # one more warning about a case that is shown already
        source = sent.recorded["upstream"] if sent.recorded else str(sent.body.get("channel", ""))
        heard_at = dt.datetime.fromisoformat(answer["received_at"])
        self.timelines[case] = Timeline(case, heard_at, source, sent.place, sent.recorded)
        self.notes[case] = []
        self.idle.clear()
        self._followed_since[case] = self._quiet_since[case] = time.monotonic()
        if len(self.timelines) > MAX_TIMELINES:
            self._end(next(iter(self.timelines.values())))

    async def run(self) -> None:
        """Read the files of the cases under way again and again until cancelled."""
        while True:
            now = time.monotonic()
            for timeline in list(self.timelines.values()):
                if self._look_at.get(timeline.case, now) > now:
                    continue
                try:
                    await self._look(timeline)
                except (NoNetwork, Refused):
                    continue
            self.screen.status = self._status()
            await asyncio.sleep(max(LOOK_EVERY_S, EACH_S * len(self.timelines)))

    async def _look(self, timeline: Timeline) -> None:
        file = await self._file(timeline.case)
        before = len(timeline.entries)
        timeline.read(file, self.notes[timeline.case])
        now = time.monotonic()
        if len(timeline.entries) > before:
            self._quiet_since[timeline.case] = now
        silence, followed = now - self._quiet_since[timeline.case], now - self._followed_since[timeline.case]
        self._look_at[timeline.case] = now + silence * PART_OF_SILENCE
        if timeline.ended or silence > QUIET_S or followed > MAX_S:
            self._end(timeline)
        elif timeline.entries:
            self.screen.update(timeline)

    async def _file(self, case: str) -> dict[str, Any]:
        """Return the file of a case from the desk whose ground it is."""
        if case in self._desk_of:
            return await self.door.read(self._desk_of[case], f"cases/{case}")
        for desk in self.desks:
            try:
                file = await self.door.read(desk, f"cases/{case}")
            except Refused as refusal:
                if refusal.status != 404:
                    raise
            else:
                self._desk_of[case] = desk
                return file
        raise Refused(404, "not_found", case)

    def _end(self, timeline: Timeline) -> None:
        if not timeline.ended:
            timeline.give_up()
        del self.timelines[timeline.case], self._quiet_since[timeline.case], self._followed_since[timeline.case]
        for about in (self._look_at, self._desk_of, self.notes):
            about.pop(timeline.case, None)
        self.counts["ended"] += 1
        self.counts["dissuaded"] += timeline.dissuaded
        self.saved += timeline.saved
        self.screen.finish(timeline)
        if not self.timelines:
            self.idle.set()

    def _status(self) -> str:
        count = self.counts
        parts = [
            _("alerts %(count)d") % {"count": count["alerts"]},
            _("high %(count)d") % {"count": count["high"]},
            _("dissuaded %(count)d (%(saved)s kept)") % {"count": count["dissuaded"], "saved": yuan(self.saved)},
            _("triage %(count)d") % {"count": count["triage"]},
            _("phones %(count)d") % {"count": self.connected()},
        ]
        return " · ".join(parts)

    def summary(self, seconds: float) -> str:
        """Return the run in one sentence."""
        minutes, rest = divmod(int(seconds), 60)
        return _(
            "Ended after %(minutes)d min %(seconds)d s: %(alerts)d alerts, %(high)d of high risk, "
            "%(dissuaded)d dissuaded with %(saved)s kept."
        ) % {
            "minutes": minutes, "seconds": rest, "alerts": self.counts["alerts"], "high": self.counts["high"],
            "dissuaded": self.counts["dissuaded"], "saved": yuan(self.saved),
        }  # fmt: skip
