"""What the tests of the low way share: a clock at nine, a low case of a reader of texts, wires, and the watch."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from dissuasion.actions.clocks import due
from dissuasion.actions.messages import sender
from dissuasion.actions.residents import replies
from dissuasion.models import Case, Delivery, Reply
from households.models import Resident
from tests.dissuasion.actions.field.phone import Desk
from tests.dissuasion.actions.messages.conftest import Wire, wired

LOW = {"risk": "low", "channel": "sms", "amount_at_risk": "0", "already_transferred": "0", "scam_type": "gaming"}


@pytest.fixture
def text(monkeypatch) -> Wire:
    """The text channel of this test."""
    return wired(monkeypatch, "text")


@pytest.fixture
def voice(monkeypatch) -> Wire:
    """The voice channel of this test."""
    return wired(monkeypatch, "voice")


@pytest.fixture
def reader(clock, cast, text, voice) -> Resident:
    """Mrs Zhao, young enough to read a text."""
    resident = cast.zhao_resident
    resident.birth_year = 1990
    resident.save()
    return resident


@pytest.fixture
def gu(reader, cast) -> Desk:
    """The desk of the station."""
    return Desk(cast, "gu")


@pytest.fixture
def warn(reader, send_alert) -> Callable[..., Case]:
    """Send a low alert about her; returns the case that it leads to."""
    sent = 0

    def send(**changes: Any) -> Case:
        nonlocal sent
        sent += 1
        answer = send_alert(**{"external_id": f"low-{sent}"} | LOW | changes).json()
        return Case.objects.get(pk=answer["case"])

    return send


@pytest.fixture
def after(clock) -> Callable[..., None]:
    """Let time go by, then look twice as `watch` does: what was planned by the first look goes in the same."""

    def go(seconds: float = 0, **span: float) -> None:
        clock.shift(dt.timedelta(seconds=seconds, **span))
        for _look in range(2):
            due.tick(at=timezone.now())
            sender.tick(at=timezone.now())

    return go


@pytest.fixture
def settled(after) -> Callable[[], None]:
    """Let what is planned be sent, and half an hour go by."""

    def go() -> None:
        after()
        after(minutes=31)

    return go


@pytest.fixture
def answers(reader) -> Callable[..., Reply | None]:
    """Answer as the resident does, by her number unless told otherwise."""

    def answer(said: str, **by: Any) -> Reply | None:
        return replies.reply("text", replies.IncomingReply(said, **by or {"number": reader.phone}), at=timezone.now())

    return answer


def fate(case: Case) -> tuple[str, str, str]:
    """Return how a case stands: status, risk, disposition."""
    case.refresh_from_db()
    return case.status, case.risk, case.disposition


def messages(**only: Any) -> list[tuple[str, str, str]]:
    """Return the messages to residents in their order: channel, state, reason."""
    rows = Delivery.objects.filter(purpose="warning", **only).order_by("planned_at", "tries", "pk")
    return list(rows.values_list("channel", "state", "reason"))


def raised(case: Case) -> list[list[str]]:
    """Return the reasons of each judgement in the history of a case."""
    return [event.data["reasons"] for event in case.events.filter(kind="judged")]
