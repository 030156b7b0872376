"""Tests a channel: sends one message to one number at once, beside the planned ones (for the test button)."""

import time
from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _

from config.lib.ids import uuid7
from dissuasion.models import Delivery
from dissuasion.transports import gateway, registry
from dissuasion.transports.base import Answer, Message
from dissuasion.transports.gateway import Gateway


@dataclass(frozen=True)
class Channel:
    """One channel as it is set up: `resting` while this process leaves its host alone, `host` empty for the console."""

    channel: str
    kind: str  # console or http
    host: str
    per_minute: int | None
    reports: bool
    resting: bool


@dataclass(frozen=True)
class Tried:
    """The outcome of a test, and how many milliseconds it took."""

    answer: Answer
    ms: int


def channels() -> list[Channel]:
    """Return every channel to a telephone number, in the order of `registry.CHANNELS`."""
    return [_channel(name) for name in registry.CHANNELS]


def _channel(name: str) -> Channel:
    by = registry.transport(name)
    host = by.host if isinstance(by, Gateway) else ""
    return Channel(
        channel=name, kind="http" if host else "console", host=host, per_minute=by.per_minute,
        reports=registry.delivery_reports_of(name) is not None, resting=bool(host) and gateway.BREAKER.is_open(host),
    )  # fmt: skip


def send(channel: str, *, to: str, language: str) -> Tried:
    """Send a test to a number; return what the channel said. Raises KeyError for an unknown channel."""
    by = registry.transport(channel)
    with translation.override(language):
        text = _("Doorstep: this is a test of the channel %(channel)s. Nothing is to be done.")
        said = text % {"channel": Delivery.Channel(channel).label}
    began = time.monotonic()
    answer = by.send(Message(id=uuid7(), to=to, text=said, language=language))
    return Tried(answer, int((time.monotonic() - began) * 1000))
