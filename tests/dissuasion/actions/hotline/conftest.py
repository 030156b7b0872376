"""What the tests of the hotline share: operators of two counties, medium cases, a queue as an operator works it."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.models import Person
from dissuasion.actions.clocks import due
from dissuasion.models import Case
from households.models import Household, Resident
from tests.cast import HOME, NO_PASSWORD, VILLAGE, Cast
from tests.dissuasion.actions.field.phone import Desk

# Medium without and with money under way: the points stay below the threshold of high.
CALM = {"risk": "medium", "amount_at_risk": "0", "already_transferred": "0", "channel": "call"}
MOVING = {"risk": "low", "amount_at_risk": "0", "already_transferred": "0", "channel": "bank", "scam_type": "gaming"}


class Operator:
    """A hotline operator: takes calls and says what came of them; `call` is the one taken last."""

    def __init__(self, cast: Cast, name: str, unit: str = "411681") -> None:
        if name not in cast.people:
            person = Person(username=name, name=f"{name}话务员", role="hotline_operator", unit=cast.units[unit])
            person.password, person.language = NO_PASSWORD, "en"
            person.save()
            cast.people[name] = person
        self.person = cast.people[name]
        self.client = cast.client(name)
        self.call: dict[str, Any] | None = None

    def post(self, path: str, **body: Any) -> Any:
        """Ask at a door of the hotline; return the response."""
        return self.client.post(f"/api/v1/hotline/{path}", body, "application/json")

    def claims(self) -> dict[str, Any] | None:
        """Take the next call; return its document, or nothing when none is due."""
        answer = self.post("claim")
        assert answer.status_code == 200, answer.content
        self.call = answer.json()["call"]
        return self.call

    def says(self, result: str, **more: Any) -> Any:
        """Send the result of the call taken last; return the response."""
        assert self.call is not None
        return self.post(f"{self.call['id']}/result", **{"uuid": str(uuid4()), "result": result} | more)

    def sees(self, query: str = "") -> Any:
        """Return the queue as this operator sees it."""
        answer = self.client.get(f"/api/v1/hotline{query}")
        assert answer.status_code == 200, answer.content
        return answer.json()


@pytest.fixture
def he(clock, cast) -> Operator:
    """An operator of the county of Lin's station."""
    return Operator(cast, "he")


@pytest.fixture
def shi(clock, cast) -> Operator:
    """A colleague beside them."""
    return Operator(cast, "shi")


@pytest.fixture
def stranger(clock, cast) -> Operator:
    """An operator of the other county."""
    return Operator(cast, "tao", "411624")


@pytest.fixture
def gu(clock, cast) -> Desk:
    """The desk of Lin's station chief."""
    return Desk(cast, "gu")


@pytest.fixture
def medium(clock, cast, send_alert) -> Callable[..., Case]:
    """Send a medium alert about Mrs Zhao; returns the case."""

    def send(**changes: Any) -> Case:
        answer = send_alert(**CALM | changes)
        assert answer.json()["risk"] == "medium", answer.content
        return Case.objects.get(pk=answer.json()["case"])

    return send


@pytest.fixture
def tick(clock) -> Callable[..., int]:
    """Let so many seconds pass and the watch look."""

    def go(seconds: float = 0) -> int:
        clock.shift(seconds)
        return due.tick(at=timezone.now())

    return go


def neighbours(send_alert: Callable[..., Any], count: int, *, start: int = 0, **changes: Any) -> list[str]:
    """Open so many medium cases in the village, each about another resident; return their ids."""
    made = []
    for number in range(start, start + count):
        home = Household.objects.create(division_id=VILLAGE, address="示范路", lat=HOME[0], lon=HOME[1])
        phone = f"1000002{number:04d}"
        Resident.objects.create(household=home, name="邻某", phone=phone)
        body = CALM | {"external_id": f"h-{number}", "resident": {"phone": phone}} | changes
        made.append(send_alert(**body).json()["case"])
    return made


def case() -> Case:
    """Return the case; there is one."""
    return Case.objects.get()


def said(answer: Any) -> Any:
    """Return what a door answered; it took it."""
    assert answer.status_code == 200, answer.content
    return answer.json()


@pytest.fixture
def calling(he: Operator, medium: Callable[..., Any]) -> Operator:
    """An operator with Mrs Zhao's call in hand."""
    medium()
    he.claims()
    return he
