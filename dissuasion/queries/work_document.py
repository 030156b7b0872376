"""The parts of the worklist document; amounts in yuan as text, points in WGS-84."""

import datetime as dt
from typing import TypedDict

from dissuasion.rules.reasons import ReasonWithText


class PersonPart(TypedDict):
    """Whose worklist this is; `card_tried_at`: when somebody last seemed to guess the codes of their officer card."""

    id: str
    name: str
    role: str
    unit: str | None
    language: str
    card_tried_at: dt.datetime | None


class ScriptRow(TypedDict):
    """A published script, identified by its hash."""

    scam_type: str
    audience: str
    language: str
    number: int
    sha256: str


class ClocksPart(TypedDict):
    """The deadlines, frozen when the assignment was made."""

    acknowledge_by: dt.datetime
    contact_by: dt.datetime
    arrive_by: dt.datetime
    record_by: dt.datetime


class CasePart(TypedDict):
    """Why somebody must go."""

    id: str
    number: str
    risk: str
    points: int
    scam_type: str
    scam_name: str
    reasons: list[ReasonWithText]
    amount_at_risk: str
    already_transferred: str
    opened_at: dt.datetime


class ResidentPart(TypedDict):
    """Whom to see."""

    name: str
    short_name: str
    phone: str
    birth_year: int | None
    dialect: str
    lives_alone: bool
    earlier_victim: bool


class PlacePart(TypedDict):
    """Where to go; divisions from the city down."""

    address: str | None
    divisions: list[str]
    lat: float | None
    lon: float | None
    safety_note: str
    outline: list[list[float]] | None


class ContactPart(TypedDict):
    """Family who can be asked to help."""

    name: str
    relation: str
    phone: str


class ColleaguePart(TypedDict):
    """Somebody else on the same case."""

    name: str
    role: str
    part: str
    status: str
    phone: str


class EarlierVisit(TypedDict):
    """An earlier visit to the resident."""

    at: dt.datetime
    met: bool
    disposition: str
    scam_type: str
    by: str


class HistoryPart(TypedDict):
    """What happened with this resident before."""

    warnings: int
    visits: list[EarlierVisit]


class AssignmentPart(TypedDict):
    """One assignment."""

    id: str
    part: str
    purpose: str
    status: str
    assigned_at: dt.datetime
    clocks: ClocksPart
    acknowledged_at: dt.datetime | None
    contacted_at: dt.datetime | None
    departed_at: dt.datetime | None
    arrived_at: dt.datetime | None
    safety_due_at: dt.datetime | None
    reasons: list[ReasonWithText]
    case: CasePart
    resident: ResidentPart
    place: PlacePart
    contacts: list[ContactPart]
    team: list[ColleaguePart]
    history: HistoryPart


class DonePart(TypedDict):
    """An assignment that ended today: nobody's full name, phone or address."""

    id: str
    case_number: str
    short_name: str
    scam_name: str
    risk: str
    ended_at: dt.datetime | None
    status: str
    disposition: str | None
    visit: str | None
    decides: bool


class WorkDocument(TypedDict):
    """The whole worklist."""

    epoch: str
    version: int
    person: PersonPart
    assignments: list[AssignmentPart]
    done_today: list[DonePart]
    scripts: list[ScriptRow]
    readings: dict[str, str]


class DutyDocument(TypedDict):
    """Whether somebody is on duty, and until when."""

    on_duty: bool
    until: dt.datetime | None
