"""The parts of the board's document; amounts in yuan as text."""

import datetime as dt
from typing import NotRequired, TypedDict

from dissuasion.queries.desk.triage_entry import EntryRow
from dissuasion.rules.reasons import ReasonWithText


class UnitPart(TypedDict):
    """Whose board this is."""

    id: int
    code: str
    name: str
    kind: str


class RunningClock(TypedDict):
    """Which clock runs, and until when."""

    what: str
    by: dt.datetime


class AssignmentRow(TypedDict):
    """Who is on a case, and at which step."""

    id: str
    person: str
    name: str
    part: str
    status: str
    shown_at: dt.datetime | None
    clock: RunningClock
    chosen_by_desk: bool
    position_at: dt.datetime | None


class CaseRow(TypedDict):
    """One open case."""

    id: str
    number: str
    name: str
    place: str
    unit: str
    risk: str
    points: int
    scam_type: str
    scam_name: str
    amount_at_risk: str
    already_transferred: str
    status: str
    attention: str
    shortfall: list[ReasonWithText]
    opened_at: dt.datetime
    follow_up_on: dt.date | None
    team: list[AssignmentRow]


class WaitingCounts(TypedDict):
    """What waits and is not handled on the board: messages, and calls of the hotline."""

    message: int
    hotline: int


class PersonRow(TypedDict):
    """Somebody on duty."""

    id: str
    name: str
    role: str
    on_duty_until: dt.datetime
    open_cases: int
    seen_at: dt.datetime | None
    position_at: dt.datetime | None


class UnitRow(TypedDict):
    """A unit directly below, with everything below it."""

    id: int
    name: str
    kind: str
    high: int
    decide: int
    on_duty: int


class BoardDocument(TypedDict):
    """The board of a unit: `people` of a station, `units` below any other."""

    unit: UnitPart
    at: dt.datetime
    page: int
    next_page: int | None
    cases: list[CaseRow]
    waiting: WaitingCounts
    triage: list[EntryRow]
    triage_waiting: int
    people: NotRequired[list[PersonRow]]
    units: NotRequired[list[UnitRow]]
