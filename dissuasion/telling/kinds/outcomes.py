"""Events of how a case goes on: monitored, back to the desk, closed, decided, opened again."""

from dataclasses import dataclass

from dissuasion.models import CaseEvent
from dissuasion.telling.kinds.base import EventData

Kind = CaseEvent.Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Monitored(EventData):
    """The case is monitored until a day (ISO)."""

    kind = Kind.MONITORED
    disposition: str
    follow_up_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned(EventData):
    """The case is back on the desk."""

    kind = Kind.RETURNED
    disposition: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed(EventData):
    """The case was closed: by a disposition, or by the desk (`cause` is "desk"), in its own words.

    `cause` also says why a disposition with follow-ups closes the case now; `delivery` is the message that settled it.
    """

    kind = Kind.CLOSED
    disposition: str | None = None
    cause: str | None = None
    delivery: str | None = None
    words: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided(EventData):
    """The desk has answered what it was asked, in its own words: the case goes on."""

    kind = Kind.DECIDED
    words: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopened(EventData):
    """The case was opened again."""

    kind = Kind.REOPENED
    cause: str
