"""A phone as the tests hold it: it reads its worklist and sends acts, each with its UUID, clock and number."""

import datetime as dt
import itertools
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import time_machine
from django.utils import timezone

from tests.cast import HOME, Cast

NINE = dt.datetime(2026, 3, 4, 9, 0, tzinfo=dt.timezone(dt.timedelta(hours=8)))


def standing_clock() -> Iterator[time_machine.Traveller]:
    """Stop the clock at nine on a working day; a test moves it by `shift` (seconds or a timedelta)."""
    with time_machine.travel(NINE, tick=False) as traveller:
        yield traveller


def position(north_m: float = 0.0, *, accuracy_m: float = 10, age_s: float = 2) -> dict[str, float]:
    """Return a position so many metres north of Mrs Zhao's door (at this latitude a degree is 110,922 m)."""
    return {"lat": HOME[0] + north_m / 110_922, "lon": HOME[1], "accuracy_m": accuracy_m, "age_s": age_s}


def since_nine(text: str) -> float:
    """Return the seconds from the moment at which the clock stood still to a time in an answer."""
    return (dt.datetime.fromisoformat(text) - NINE).total_seconds()


def protected(yuan: str, *, evidence: str = "bank") -> dict[str, str]:
    """Return an amount that was kept safe."""
    return {"meaning": "protected", "evidence": evidence, "kind": "money", "quantity": yuan}


class Phone:
    """The phone of one of the cast. `assignment` and `case` are what it saw last, and stay when they are taken away."""

    def __init__(self, cast: Cast, name: str, *, device: str = "") -> None:
        self.person = cast.people[name]
        self.client = cast.client(name)
        self.device = device or f"phone-of-{name}"
        self.numbers = itertools.count(1)
        self.assignment: str | None = None
        self.case: str | None = None

    def work(self) -> dict[str, Any]:
        """Return the worklist, and remember what it holds."""
        answer = self.client.get("/api/v1/work")
        assert answer.status_code == 200, answer.content
        return self.sees(answer.json())

    def sees(self, document: dict[str, Any]) -> dict[str, Any]:
        """Remember what a worklist holds, however it came; return it."""
        if document["assignments"]:
            self.assignment = document["assignments"][0]["id"]
            self.case = document["assignments"][0]["case"]["id"]
        return document

    def held(self) -> list[str]:
        """Return how the assignments on the worklist stand."""
        return [row["status"] for row in self.work()["assignments"]]

    def envelope(self, kind: str, payload: Any, **changes: Any) -> dict[str, Any]:
        """Return an act as it is sent."""
        if self.assignment is None:
            self.work()
        return {
            "uuid": str(uuid4()), "kind": kind, "assignment": self.assignment,
            "happened_at": timezone.now().isoformat(), "clock_offset_ms": 0, "device": self.device,
            "seq": next(self.numbers), "payload": payload,
        } | changes  # fmt: skip

    def send(self, *acts: Any) -> list[dict[str, Any]]:
        """Send acts as they are; return their receipts."""
        answer = self.client.post("/api/v1/acts", {"acts": list(acts)}, "application/json")
        assert answer.status_code == 200, answer.content
        receipts: list[dict[str, Any]] = answer.json()["receipts"]
        return receipts

    def does(self, kind: str, sent: dict[str, Any] | None = None, **payload: Any) -> dict[str, Any]:
        """Send one act with this payload; `sent` changes its envelope. Returns the receipt."""
        return self.send(self.envelope(kind, payload, **(sent or {})))[0]

    def records(self, disposition: str = "dissuaded", *, met: bool = True, **more: Any) -> dict[str, Any]:
        """Send the record of a visit; return its receipt."""
        return self.does("visit", met=met, disposition=disposition, **more)


class Desk:
    """A chief at the desk: reads the board and case files, and asks for things."""

    def __init__(self, cast: Cast, name: str) -> None:
        self.person = cast.people[name]
        self.client = cast.client(name)

    def reads(self, path: str) -> Any:
        """Return what stands at an address below /api/v1/."""
        answer = self.client.get(f"/api/v1/{path}")
        assert answer.status_code == 200, answer.content
        return answer.json()

    def asks(self, path: str, **body: Any) -> Any:
        """Ask for something; return the response."""
        return self.client.post(f"/api/v1/{path}", body, "application/json")

    def case(self, phone: Phone) -> Any:
        """Return the file of the case that a phone has or had."""
        return self.reads(f"cases/{phone.case}")

    def assigns(self, phone: Phone, to: str, **more: Any) -> Any:
        """Give the case that a phone has or had to the person with this id; return the response."""
        return self.asks(f"cases/{phone.case}/assign", person=to, **more)

    def recalls(self, phone: Phone) -> Any:
        """Take the case that a phone has back from everybody; return the response."""
        return self.asks(f"cases/{phone.case}/recall", reason="wrong station")


def history(case: dict[str, Any]) -> list[str]:
    """Return the kinds of a case's events in their order."""
    return [event["kind"] for event in case["history"]]


def rungs(case: dict[str, Any]) -> list[str]:
    """Return the rungs that were taken of the ladder of a case's lead, in their order."""
    taken = [event["data"] for event in case["history"] if event["kind"] == "rung"]
    return [rung["do"] for rung in taken if rung["part"] == "lead"]


def codes(receipt: dict[str, Any]) -> list[str]:
    """Return the flags of a receipt."""
    return [flag["code"] for flag in receipt["flags"]]


def committed(live_cast: Cast, send_alert: Callable[..., Any]) -> Phone:
    """Return Lin's phone with a case on it that other threads see too: a fixture where many act at once."""
    send_alert()
    phone = Phone(live_cast, "lin")
    phone.work()
    return phone
