"""Events from the field: the steps of a visit, its record, the officer's safety. `act` is the act that brought it."""

from dataclasses import dataclass

from dissuasion.models import CaseEvent
from dissuasion.telling.kinds.base import EventData

Kind = CaseEvent.Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown(EventData):
    """The phone showed the card."""

    kind = Kind.SHOWN
    part: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledged(EventData):
    """The officer acknowledged the assignment."""

    kind = Kind.ACKNOWLEDGED
    part: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Departed(EventData):
    """The officer set out."""

    kind = Kind.DEPARTED
    part: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Contacted(EventData):
    """The officer rang the resident; `reached` says whether they spoke."""

    kind = Kind.CONTACTED
    part: str
    reached: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived(EventData):
    """The officer checked in; `grade` is A to D."""

    kind = Kind.ARRIVED
    part: str
    grade: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Visited(EventData):
    """A visit was recorded; `decides` says whether it decides the case."""

    kind = Kind.VISITED
    met: bool
    disposition: str
    decides: bool
    part: str
    act: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected(EventData):
    """A record was corrected; `corrects` is the act of the record that decided until now, else of the one named."""

    kind = Kind.CORRECTED
    met: bool
    disposition: str
    decides: bool
    act: str
    corrects: str
    part: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AllRight(EventData):
    """The officer says that all is right."""

    kind = Kind.ALL_RIGHT
    part: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Safety(EventData):
    """The officer is silent on scene since `due_at` (ISO); `instead_of` is what the desk was asked before."""

    kind = Kind.SAFETY
    part: str
    instead_of: str
    due_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Help(EventData):
    """The officer asks for help; `instead_of` is what the desk was asked before."""

    kind = Kind.HELP
    part: str
    instead_of: str
    act: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved(EventData):
    """The officer answered about an act that needed an answer."""

    kind = Kind.RESOLVED
    part: str
    act: str
    choice: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted(EventData):
    """The officer has noted a few words; they stay sealed in the act."""

    kind = Kind.NOTED
    part: str
    act: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Flagged(EventData):
    """An act was flagged for these reasons; `carrier` is the id of who brought it for its author."""

    kind = Kind.FLAGGED
    flags: list[str]
    act: str
    act_kind: str
    carrier: str | None = None
