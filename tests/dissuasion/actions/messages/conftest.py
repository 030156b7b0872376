"""What the tests of deliveries share: a clock that stands, Lin's unanswered case, a channel that answers as told."""

import datetime as dt
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from django.conf import settings
from django.utils import timezone

from dissuasion.actions.clocks import due
from dissuasion.actions.messages import sender
from dissuasion.transports import gateway, gateway_file, registry
from dissuasion.transports.base import Answer, Message, Outcome, Transport
from dissuasion.transports.breaker import CircuitBreaker
from dissuasion.transports.gateway import Gateway
from households.models import Household, Resident
from tests.cast import HOME, VILLAGE
from tests.dissuasion.transports.gateway_server import SECRETS, GatewayServer, gateway_server


@dataclass
class Wire(Transport):
    """A channel that keeps what it was given and answers what the test has put before it."""

    channel: str = "text"
    answers: list[Answer] = field(default_factory=list)
    got: list[Message] = field(default_factory=list)
    before: Callable[[], None] | None = None

    def send(self, message: Message) -> Answer:
        self.got.append(message)
        if self.before:
            self.before()
        return self.answers.pop(0) if self.answers else Answer(Outcome.SENT, provider_id=f"p-{len(self.got)}")


def wired(monkeypatch: pytest.MonkeyPatch, channel: str) -> Wire:
    """Let a wire be this channel as long as the test lasts; return it."""
    made = Wire(channel)
    monkeypatch.setitem(registry._TABLE, channel, made)
    return made


@pytest.fixture
def wire(monkeypatch) -> Wire:
    """The text channel of this test."""
    return wired(monkeypatch, "text")


@pytest.fixture
def warn_neighbour(send_alert) -> Callable[[str], None]:
    """Warn of another resident of the village, with this number."""

    def warn(phone: str) -> None:
        home = Household.objects.create(division_id=VILLAGE, address="示范路20号", lat=HOME[0], lon=HOME[1])
        Resident.objects.create(household=home, name="邻某", phone=phone)
        send_alert(external_id=f"n-{phone}", resident={"phone": phone})

    return warn


@pytest.fixture
def after(clock) -> Callable[[float], int]:
    """Let so many seconds go by, then look once as `watch` does; returns how many messages were looked at."""

    def go(seconds: float) -> int:
        clock.shift(dt.timedelta(seconds=seconds))
        due.tick(at=timezone.now())
        return sender.tick(at=timezone.now())

    return go


@pytest.fixture
def server(monkeypatch) -> Iterator[GatewayServer]:
    """The gateway that serves text and voice in this test, as the example of the documents sets it up."""
    with gateway_server() as running:
        example = json.loads((settings.ROOT / "docs/gateways.example.json").read_text())
        file = settings.STATE / f"gateways-{running.port}.json"
        file.write_text(json.dumps({name: part | {"url": running.url} for name, part in example.items()}))
        for channel, config in gateway_file.read(str(file), debug=True, environment=SECRETS).items():
            monkeypatch.setitem(registry._TABLE, channel, Gateway(channel, config))
        file.unlink()
        monkeypatch.setattr(gateway, "BREAKER", CircuitBreaker(max_timeouts=3, open_s=20.0))
        yield running
