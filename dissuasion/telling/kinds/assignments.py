"""Events of giving a case to people: who was asked, how they were reached, how it ended for them."""

from dataclasses import dataclass

from dissuasion.models import CaseEvent
from dissuasion.telling.kinds.base import EventData

Kind = CaseEvent.Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigned(EventData):
    """Somebody was given a part of the case, for these reasons."""

    kind = Kind.ASSIGNED
    part: str
    reasons: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortfall(EventData):
    """Nobody can go, for these reasons."""

    kind = Kind.SHORTFALL
    reasons: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung(EventData):
    """A rung of the ladder was taken, `late_ms` milliseconds late; `who` are the ids of those who were reached.

    Where somebody leads from now on (`do` is "leads"), it is no rung of a ladder: `after` and `late_ms` are None.
    """

    kind = Kind.RUNG
    part: str
    do: str
    after: int | None = None
    who: list[str]
    late_ms: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Overdue(EventData):
    """A person has missed this clock."""

    kind = Kind.OVERDUE
    clock: str
    part: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Late(EventData):
    """The server itself has missed this clock, by so many seconds."""

    kind = Kind.LATE
    clock: str
    seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WayOut(EventData):
    """The data of every end of an assignment; `reason` is None where the person's own record ends it."""

    reason: str | None = None
    part: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Declined(WayOut):
    """Somebody declined."""

    kind = Kind.DECLINED


@dataclass(frozen=True, slots=True, kw_only=True)
class Lapsed(WayOut):
    """Somebody did not answer in time."""

    kind = Kind.LAPSED


@dataclass(frozen=True, slots=True, kw_only=True)
class StoodDown(WayOut):
    """Somebody need not go: another has taken the case, or it has changed."""

    kind = Kind.STOOD_DOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class Recalled(WayOut):
    """The case was taken back from somebody; `reason` is "desk" where the desk says why in its own words."""

    kind = Kind.RECALLED
    words: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleared(WayOut):
    """Somebody's part is done."""

    kind = Kind.CLEARED
