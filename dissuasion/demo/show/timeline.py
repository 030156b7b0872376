"""A case's file as a timeline in words: what happened, and how many seconds after the warning was heard."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as n_

from dissuasion.reports.figures_table import EVIDENCE, RESULTS
from dissuasion.rules.words import yuan
from dissuasion.telling import kinds

GOOD, TROUBLE, PLAIN = "good", "trouble", "plain"
# Every other result is trouble.
STYLE_OF = {"dissuaded": GOOD, "no_fraud": GOOD, "wavering": PLAIN}
TROUBLES = {"shortfall", "declined", "lapsed", "overdue", "late", "recalled", "returned", "flagged", "rung"}
REASONS_SHOWN = 4
PLAIN_LINES = {
    "shown": n_("on the phone of %(who)s"),
    "acknowledged": n_("acknowledged by %(who)s"),
    "declined": n_("declined by %(who)s"),
    "lapsed": n_("not acknowledged by %(who)s: to the next person"),
    "overdue": n_("a deadline has passed; the desk is told"),
    "late": n_("the server itself is late; the desk is told"),
    "recalled": n_("taken back from %(who)s"),
    "departed": n_("%(who)s sets out"),
    "contacted": n_("%(who)s calls the resident"),
    "returned": n_("back to the desk"),
    "reopened": n_("the case is open again"),
    "flagged": n_("a record is flagged for the desk"),
    "settled": n_("the desk has said who it is"),
    "risk_set": n_("the desk has set the level"),
    "noted": n_("noted on the way"),
    "stood_down": n_("%(who)s need not go: somebody else does"),
}
RUNGS = {
    "push": n_("not shown yet: push message to %(who)s"),
    "text": n_("not shown yet: text message to %(who)s"),
    "voice": n_("not shown yet: call to %(who)s"),
    "messenger": n_("not shown yet: work message to %(who)s"),
    "second": n_("not acknowledged by %(who)s: a second officer is asked as well"),
    "chief": n_("not acknowledged: the station chief is told"),
    "county": n_("not acknowledged: the county desk is told"),
    "next": n_("not acknowledged: everybody is let go, and the next person is asked"),
    "leads": n_("%(who)s leads now"),
}


@dataclass(frozen=True)
class TimelineEntry:
    """One line: seconds since the warning was heard, what happened, and what is worth adding."""

    seconds: float
    text: str
    detail: str = ""
    style: str = PLAIN


@dataclass
class Timeline:
    """The timeline of one alert: whom it means, its entries so far, how it ended."""

    case: str
    heard_at: dt.datetime
    source: str
    place: str = ""
    recorded: dict[str, Any] | None = None
    name: str = ""
    title: str = ""
    entries: list[TimelineEntry] = field(default_factory=list)
    outcome: str = ""
    saved: Decimal = Decimal(0)
    dissuaded: bool = False
    ended: bool = False

    def read(self, file: dict[str, Any], notes: Sequence[str]) -> None:
        """Replace the entries by those of the file; `notes` were noted on the way, in order."""
        self.name = self.recorded["person"] if self.recorded else file["resident"]["name"]
        self.title = _title(self, file)
        self.entries = _Reader(self, file, notes).entries()
        self.ended = file["status"] in ("monitoring", "closed")
        if self.ended:
            visits = [v for v in file["visits"] if v["decides"] and _moment(v["happened_at"]) >= self.heard_at]
            last = visits[-1] if visits else None
            self.dissuaded = bool(last and last["disposition"] == "dissuaded")
            self.saved = _sum(last, "protected") if last else Decimal(0)
            self.outcome = _result(last) if last else _("closed")

    def give_up(self) -> None:
        """Stop showing it: it waits on the board for a person."""
        self.ended = True
        self.outcome = self.outcome or _("waits on the board")


class _Reader:
    """Turns one file's history into entries."""

    def __init__(self, timeline: Timeline, file: dict[str, Any], notes: Sequence[str]) -> None:
        self.timeline = timeline
        self.file = file
        self.notes = list(notes)
        # The history has one event for each assignment, in the same order; of a long one only the newest are here.
        given = [event for event in file["history"] if event["kind"] == "assigned"]
        pairs = list(zip(reversed(given), reversed(file["assignments"]), strict=False))[::-1]
        self.reasons = {id(event): row["reasons"] for event, row in pairs}
        self.holders = [row["name"] for event, row in pairs if self._held(event, row)]

    def _held(self, event: dict[str, Any], row: dict[str, Any]) -> bool:
        """Return whether this assignment was in hand already when the alert was heard."""
        heard_at = self.timeline.heard_at
        had_begun = _moment(event["at"]) < heard_at
        had_ended = row["ended_at"] is not None and _moment(row["ended_at"]) < heard_at
        return had_begun and not had_ended

    def entries(self) -> list[TimelineEntry]:
        """Return the entries since this alert was heard; whoever has the case already may act while it is taken in."""
        since = [event for event in self.file["history"] if _moment(event["at"]) >= self.timeline.heard_at]
        heard = next((event for event in since if event["kind"] in ("heard", "joined")), None)
        made = self._heard(heard) if heard else []
        return made + [entry for event in since if event is not heard for entry in self._of(event)]

    def _of(self, event: dict[str, Any]) -> list[TimelineEntry]:
        match kinds.read_data(event["kind"], event["data"]):
            case kinds.Heard() | kinds.Joined():
                return [self._entry(event, _("warned of once more"))]
            case kinds.Assigned(part=part):
                return [self._assigned(event, companion=part == "companion")]
            case kinds.Shortfall():
                reasons = " · ".join(reason["text"] for reason in self.file["shortfall"])
                return [self._entry(event, _("nobody can go now"), reasons)]
            case kinds.Arrived(grade=grade):
                return [self._arrived(event, grade)]
            case kinds.Visited(disposition=disposition):
                return [self._visited(event, disposition)]
            case kinds.Monitored(follow_up_on=day):
                return [self._entry(event, _("stays in view, next look on %(day)s") % {"day": day})]
            case kinds.Noted():
                return [self._entry(event, _("noted on the way"), self.notes.pop(0) if self.notes else "")]
            case kinds.Rung(do=rung):
                return [self._entry(event, _(RUNGS.get(rung, rung)) % {"who": event["about"] or ""})]
            case plain if plain.kind in PLAIN_LINES:
                who = event["about"] or event["by"] or ""
                return [self._entry(event, _(PLAIN_LINES[plain.kind]) % {"who": who})]
        return []

    def _entry(self, event: dict[str, Any], text: str, detail: str = "") -> TimelineEntry:
        # When it was done, by the phone's clock put right; a warning counts from when it came.
        when_done = event["at" if event["kind"] == "joined" else "happened_at"]
        seconds = (_moment(when_done) - self.timeline.heard_at).total_seconds()
        return TimelineEntry(max(0.0, seconds), text, detail, TROUBLE if event["kind"] in TROUBLES else PLAIN)

    def _heard(self, event: dict[str, Any]) -> list[TimelineEntry]:
        known = event["kind"] == "joined"
        heard = _("heard, joins the case of an earlier warning") if known else _("heard")
        reasons = " · ".join(reason["text"] for reason in self.file["reasons"][:REASONS_SHOWN])
        level = _("high risk, %(points)d points") if self.file["risk"] == "high" else _("%(points)d points")
        made = [
            TimelineEntry(0.0, heard, self.timeline.source),
            TimelineEntry(0.0, level % {"points": self.file["points"]}, reasons),
        ]
        return made + [TimelineEntry(0.0, _("in the hands of %(who)s already") % {"who": who}) for who in self.holders]

    def _assigned(self, event: dict[str, Any], *, companion: bool) -> TimelineEntry:
        if event["by"]:
            text = _("%(who)s goes along, sent by %(desk)s") if companion else _("given to %(who)s by %(desk)s")
        else:
            text = _("%(who)s goes along") if companion else _("given to %(who)s")
        reasons = [reason["text"] for reason in self.reasons.get(id(event), []) if not event["by"]]
        names = {"who": event["about"], "desk": event["by"]}
        return self._entry(event, text % names, " · ".join(reasons[:REASONS_SHOWN]))

    def _arrived(self, event: dict[str, Any], grade: str) -> TimelineEntry:
        shown = [c for c in self.file["check_ins"] if c["at"] == event["happened_at"]]
        metres = shown[0]["distance_m"] if shown else None
        why = " · ".join(reason["text"] for reason in shown[0]["reasons"]) if shown else ""
        if metres is None:
            text = _("%(who)s arrives, check-in %(grade)s") % {"who": event["about"], "grade": grade}
        else:
            text = _("%(who)s arrives, check-in %(grade)s, %(metres)d m") % {
                "who": event["about"], "grade": grade, "metres": round(metres),
            }  # fmt: skip
        return self._entry(event, text, why)

    def _visited(self, event: dict[str, Any], disposition: str) -> TimelineEntry:
        visits = [v for v in self.file["visits"] if v["happened_at"] == event["happened_at"]]
        result = _(RESULTS.get(disposition, disposition))
        entry = self._entry(event, _("recorded: %(result)s") % {"result": result})
        style = STYLE_OF.get(disposition, TROUBLE)
        return TimelineEntry(entry.seconds, entry.text, visits[0]["note"] if visits else "", style)


def when(recorded: dict[str, Any]) -> str:
    """Return the day and the hour of a recorded case, as far as the report gives them."""
    return " ".join(part for part in (recorded["date"], recorded["time"]) if part)


def _moment(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


def _sum(visit: dict[str, Any], meaning: str) -> Decimal:
    fitting = [a for a in visit["amounts"] if a["meaning"] == meaning and a["kind"] == "money"]
    return sum((Decimal(a["quantity"]) for a in fitting), Decimal(0))


def _result(visit: dict[str, Any]) -> str:
    """Return a visit's result in words, with what was kept safe and how that is proven."""
    words = [_(RESULTS.get(visit["disposition"], visit["disposition"]))]
    for amount in visit.get("amounts", ()):
        if amount["kind"] == "money":
            kept = _("%(amount)s kept (%(evidence)s)") if amount["meaning"] == "protected" else _("%(amount)s lost")
            evidence = EVIDENCE.get(amount["evidence"], amount["evidence"])
            words.append(kept % {"amount": yuan(amount["quantity"]), "evidence": evidence})
    return " · ".join(words)


def _title(timeline: Timeline, file: dict[str, Any]) -> str:
    parts = [when(timeline.recorded)] if timeline.recorded else []
    parts += [timeline.name, timeline.place or file["place"], file["scam_name"]]
    if Decimal(file["amount_at_risk"]):
        parts.append(_("About to send %(amount)s") % {"amount": yuan(file["amount_at_risk"])})
    if Decimal(file["already_transferred"]):
        parts.append(_("%(amount)s already sent") % {"amount": yuan(file["already_transferred"])})
    return " · ".join(parts)
