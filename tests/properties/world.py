"""A station in miniature for the properties: two residents, three officers, a desk, and everything that can happen."""

import copy
import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts import people
from accounts.models import PushSubscription
from dissuasion.actions.clocks import due
from dissuasion.actions.messages import notices, sender
from dissuasion.actions.messages.push import tick as push_tick
from dissuasion.models import Assignment, Case, Delivery, Visit
from dissuasion.rules import states
from dissuasion.transports import push, registry, ring
from dissuasion.transports.base import Answer, Message, Outcome, Transport
from households.models import Household, Resident
from tests.cast import HOME, SOURCE_KEY, VILLAGE, Cast, alert
from tests.dissuasion.actions.field.phone import NINE, Desk, Phone

FIELD = ("lin", "qin", "mei")
NEIGHBOUR = "10000000003"
PAYLOADS: dict[str, dict[str, Any]] = {
    "receipt": {},
    "acknowledge": {},
    "decline": {"reason": "too_far"},
    "depart": {"position": {"lat": 33.47, "lon": 114.87, "accuracy_m": 9}},
    "contact": {"reached": True},
    "contact in vain": {"reached": False},
    "arrive": {},
    "visit refused": {"met": True, "disposition": "refused"},
    "visit dissuaded": {"met": True, "disposition": "dissuaded"},
    "visit no_fraud": {"met": True, "disposition": "no_fraud"},
    "visit not_met": {"met": False, "disposition": "not_met"},
    "visit on a day": {"met": True, "disposition": "refused", "follow_up_on": "2026-03-06"},
    "visit unreadable": {"met": "perhaps"},
    "note": {"text": "at the gate"},
    "all_right": {},
    "help": {"words": "two men at the gate"},
}
QUIET = {"channel": "web", "amount_at_risk": "0", "already_transferred": "0", "scam_type": "other"}
ALERTS: dict[str, dict[str, Any]] = {
    "high": {},
    "again": {"already_transferred": "90000"},
    "medium": QUIET | {"risk": "medium", "channel": "bank", "amount_at_risk": "3000"},
    "low": QUIET | {"risk": "low"},
    "neighbour": {"resident": {"phone": NEIGHBOUR}},
}
OUTCOMES = [Outcome.SENT, Outcome.FAILED, Outcome.LATER, Outcome.UNKNOWN]
REPORTS = [states.Delivery.DELIVERED, states.Delivery.SHOWN, states.Delivery.FAILED]


class Killed(SystemExit):
    """A process ends here, between two statements: nothing that follows is done."""


@dataclass
class Wire(Transport):
    """A channel that answers what it is told to, and keeps what went out."""

    channel: str = "text"
    answer: Outcome = Outcome.SENT
    got: list[Message] = field(default_factory=list)

    def send(self, message: Message) -> Answer:
        self.got.append(message)
        return Answer(self.answer, provider_id=f"p-{message.id}", reason="" if self.answer is Outcome.SENT else "x")


@contextmanager
def committed() -> Iterator[None]:
    """Run after the block what waits for its commit, inside a test that is itself one transaction.

    Whoever is killed in the block has told nobody.
    """
    begun = len(connection.run_on_commit)
    try:
        yield
    except Killed:
        del connection.run_on_commit[begun:]
        return
    while len(connection.run_on_commit) > begun:
        _saved, call, _robust = connection.run_on_commit.pop(begun)
        call()


@contextmanager
def killed_after(statements: int | None) -> Iterator[None]:
    """Kill whatever runs in the block before its next statement, once there were so many; None lets it live."""
    left = [statements]

    def count(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if left[0] is not None and not sql.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")):
            left[0] -= 1
            if left[0] < 0:
                raise Killed
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        yield


class World:
    """Everybody who can touch a case, and their moves. `begin` makes it new inside a transaction."""

    def __init__(self, cast: Cast, clock: Any, monkeypatch: pytest.MonkeyPatch, *, rings: bool = False) -> None:
        self.cast, self.clock = cast, clock
        self.source = Client(headers={"authorization": f"Bearer {SOURCE_KEY}", "accept-language": "en"})
        self.phones = {name: Phone(cast, name) for name in FIELD}
        self.gu = Desk(cast, "gu")
        self.wires = {channel: Wire(channel) for channel in registry.CHANNELS}
        for channel, wire in self.wires.items():
            monkeypatch.setitem(registry._TABLE, channel, wire)
        self.rung: set[Any] = set()
        self.cut_off = False  # whoever made the last step may not have lived to ring
        self.push_says = push.Outcome.SENT
        if not rings:
            monkeypatch.setattr(ring, "ring", self.rung.update)
        monkeypatch.setattr(push, "send_all", lambda pushes, **_within: [self.push_says] * len(pushes))

    def begin(self) -> None:
        """Begin at nine: nothing has happened, Lin's phone has proven its push."""
        self.clock.move_to(NINE)
        self.alerts, self.sent = 0, []
        self.push_says = push.Outcome.SENT
        for wire in self.wires.values():
            wire.answer, wire.got = Outcome.SENT, []
        for phone in self.phones.values():
            phone.assignment = phone.case = None
        home = Household.objects.create(division_id=VILLAGE, address="示范路20号", lat=HOME[0], lon=HOME[1])
        Resident.objects.create(household=home, name="邻某", phone=NEIGHBOUR)
        now = timezone.now()
        PushSubscription.objects.create(
            person=self.cast.lin, device="phone-of-lin", endpoint="http://127.0.0.1:9/x", endpoint_index="x",
            p256dh="k", auth="a", made_at=now, proven_at=now,
        )  # fmt: skip

    # --- what happens -------------------------------------------------------------------------------------------
    def warn(self, what: str, **changes: Any) -> None:
        """A source sends one more warning."""
        self.alerts += 1
        body = alert(external_id=f"a-{self.alerts}", **copy.deepcopy(ALERTS[what] | changes))
        with committed():
            answer = self.source.post("/api/v1/alerts", body, "application/json")
        assert answer.status_code == 201, answer.content

    def acts(self, name: str, what: str, *, which: int, late_s: int) -> None:
        """A phone sends an act about any assignment that its person has or had; it happened so many seconds ago."""
        mine = Assignment.objects.filter(person=self.cast.people[name])
        mine = list(mine.order_by("-assigned_at", "case__opened_at", "status").values_list("pk", flat=True))
        phone = self.phones[name]
        target = str(mine[which % len(mine)]) if mine else None
        done = (timezone.now() - dt.timedelta(seconds=late_s)).isoformat()
        phone.assignment = target or "none"  # so that the envelope does not pull the worklist
        act = phone.envelope(what.split()[0], PAYLOADS[what], assignment=target, happened_at=done)
        self.sent.append((phone, act))
        (receipt,) = self._sends(phone, act)
        assert receipt["verdict"] in ("applied", "flagged", "held", "refused")

    def corrects(self, name: str, disposition: str) -> None:
        """Somebody puts the last record of theirs right."""
        last = Visit.objects.filter(person=self.cast.people[name]).order_by("-happened_at", "act__seq").first()
        if last is not None:
            phone = self.phones[name]
            phone.assignment = "none"
            record = {"met": disposition != "not_met", "disposition": disposition}
            payload = {"corrects": str(last.pk), "reason": "wrong button", "record": record}
            act = phone.envelope("correction", payload, assignment=None)
            self.sent.append((phone, act))
            assert self._sends(phone, act)[0]["verdict"] in ("applied", "flagged")

    def repeats(self, which: int) -> None:
        """A phone that heard no answer sends an act again, however long ago it was."""
        if self.sent:
            phone, act = self.sent[which % len(self.sent)]
            assert self._sends(phone, act)[0]["repeated"] is True

    def _sends(self, phone: Phone, act: dict[str, Any]) -> list[dict[str, Any]]:
        with committed():
            return phone.send(act)

    def asks(self, what: str) -> None:
        """The desk asks for something about the newest case."""
        case = Case.objects.order_by("-opened_at", "status").first()
        if case is None:
            return
        held = Assignment.objects.filter(case=case, part="lead", status__in=states.OPEN_ASSIGNMENT).first()
        body: dict[str, Any] = {}
        match what.split():
            case ["assign", name, *along]:
                path, companion = "assign", str(self.cast.people[along[0]].pk) if along else None
                body = {"person": str(self.cast.people[name].pk), "instead_of": str(held.pk) if held else None}
                body["companion"] = companion
            case ["recall"]:
                path, body = "recall", {"reason": "x"}
            case ["decide", how]:
                path, body = "decide", {"decision": how, "reason": "x"}
            case _:
                path, body = "risk", {"risk": what, "reason": "x"}
        with committed():
            answer = self.gu.asks(f"cases/{case.pk}/{path}", **body)
        assert answer.status_code in (200, 201, 400, 409), answer.content

    def waits(self, seconds: int) -> None:
        """Time goes by, and nobody watches."""
        self.clock.shift(seconds)

    def now(self) -> dt.datetime:
        """Return what time it is for a watch."""
        return timezone.now()

    def watches(self, *, killed: int | None = None) -> None:
        """All that `watch` does once; it may be killed after so many statements."""
        self.cut_off = killed is not None
        for tick in (due.tick, sender.tick, push_tick):
            with committed(), killed_after(killed):
                tick(at=self.now())

    def answers(self, outcome: Outcome, pushed: Any) -> None:
        """From now on the channels answer so."""
        self.push_says = pushed
        for wire in self.wires.values():
            wire.answer = outcome

    def reports(self, which: int, to: states.Delivery) -> None:
        """A channel says what became of a message, at any time and in any order."""
        sent = list(Delivery.objects.exclude(sent_at=None).order_by("sent_at", "purpose", "person__username"))
        if sent:
            row = sent[which % len(sent)]
            with committed():
                notices.reported(row.channel, message=row.pk, provider_id="", to=to, at=timezone.now())

    def duty(self, name: str, *, on: bool) -> None:
        """Somebody comes or goes home."""
        person, now = self.cast.people[name], timezone.now()
        with committed():
            people.go_off_duty(person, at=now)
            if on:
                people.go_on_duty(person, at=now, until=now + dt.timedelta(hours=8))
