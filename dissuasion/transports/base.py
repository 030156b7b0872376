"""The interface of every outside channel to a telephone number: one message in, one answer out."""

import datetime as dt
from abc import ABC, abstractmethod
from dataclasses import dataclass
from enum import Enum
from uuid import UUID


class Outcome(Enum):
    """What became of one message, as far as the channel says."""

    SENT = "sent"
    FAILED = "failed"  # this number can't be reached by this channel: trying again is useless
    LATER = "later"  # nothing was sent: too many, or a fault on the line
    UNKNOWN = "unknown"  # handed over without an answer: it may have been sent


@dataclass(frozen=True)
class Message:
    """One message to one number; `id` is ours, the same number and id are the same message however often it comes."""

    id: UUID
    to: str
    text: str
    language: str
    repeated: bool = False


@dataclass(frozen=True)
class Answer:
    """A channel's answer: the outcome, its own id of the message, a stable code of the reason."""

    outcome: Outcome
    provider_id: str = ""
    reason: str = ""
    again_after: dt.timedelta | None = None


class Transport(ABC):
    """One channel. `per_minute` is how many messages it takes; None without a limit."""

    per_minute: int | None = None

    def __init__(self, channel: str) -> None:
        self.channel = channel

    @abstractmethod
    def send(self, message: Message) -> Answer:
        """Send one message; return what became of it. It raises nothing, and takes about five seconds at most."""
