"""Events of what comes in and how it is judged: alerts, levels, triage, the hotline, messages to the resident."""

from dataclasses import dataclass

from dissuasion.models import CaseEvent
from dissuasion.telling.kinds.base import EventData

Kind = CaseEvent.Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard(EventData):
    """An alert opened the case; `external_id` is the source's."""

    kind = Kind.HEARD
    channel: str
    external_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined(EventData):
    """A further alert joined the case."""

    kind = Kind.JOINED
    channel: str
    external_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened(EventData):
    """The case was opened; today only `Heard` is recorded, older cases have both."""

    kind = Kind.OPENED


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged(EventData):
    """The level was judged; `before` is None in a new case, `points` None where a fact alone decided."""

    kind = Kind.JUDGED
    risk: str
    before: str | None
    points: int | None = None
    reasons: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskSet(EventData):
    """The desk set the level."""

    kind = Kind.RISK_SET
    risk: str
    before: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled(EventData):
    """The desk named the resident of an unclear alert; `entry` is the triage entry."""

    kind = Kind.SETTLED
    entry: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Called(EventData):
    """The hotline called; `attempt` is the row that keeps the words."""

    kind = Kind.CALLED
    result: str
    attempt: str
    flags: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder(EventData):
    """A reminder visit was asked for."""

    kind = Kind.REMINDER
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Replied(EventData):
    """The resident answered a message; `reply` is the row that keeps the words."""

    kind = Kind.REPLIED
    meaning: str
    reply: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoMessages(EventData):
    """The household wants no more messages."""

    kind = Kind.NO_MESSAGES


@dataclass(frozen=True, slots=True, kw_only=True)
class MessagesAgain(EventData):
    """The household may be written to again."""

    kind = Kind.MESSAGES_AGAIN
