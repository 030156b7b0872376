"""The parts of a case's file; numbers masked, amounts in yuan as text."""

import datetime as dt
from typing import Any, NotRequired, TypedDict

from dissuasion.queries.desk.board_document import AssignmentRow
from dissuasion.queries.desk.resident_messages import HouseholdRow, ReplyRow, WarningRow
from dissuasion.queries.hotline import AttemptRow
from dissuasion.rules.reasons import ReasonWithText


class ResidentPart(TypedDict):
    """Whom the case is about."""

    name: str
    phone: str
    id_number: str
    household: HouseholdRow


class AssignmentEntry(AssignmentRow):
    """Somebody who is or was on the case."""

    ended_at: dt.datetime | None
    reasons: list[ReasonWithText]


class AmountRow(TypedDict):
    """What was kept safe or lost."""

    meaning: str
    evidence: str
    kind: str
    quantity: str
    happened_at: dt.datetime | None
    to: str | None


class VisitRow(TypedDict):
    """One record of a visit."""

    id: str
    by: str
    happened_at: dt.datetime
    met: bool
    disposition: str
    decides: bool
    note: str
    done: list[str]
    needs: list[str]
    corrects: str | None
    reason: str | None
    amounts: list[AmountRow]


class DeliveryRow(TypedDict):
    """One try of a message to staff."""

    to: str | None
    channel: str
    purpose: str
    state: str
    reasons: list[ReasonWithText]
    planned_at: dt.datetime
    due_at: dt.datetime | None
    sent_at: dt.datetime | None
    ended_at: dt.datetime | None
    tries: int


class EvidenceRow(TypedDict):
    """One photo or signature."""

    id: str
    act: str
    kind: str
    state: str
    size: int


class CheckInRow(TypedDict):
    """One check-in; metres."""

    at: dt.datetime
    grade: str
    distance_m: float | None
    accuracy_m: float | None
    reasons: list[ReasonWithText]
    manual_reason: str


class EventRow(TypedDict):
    """One line of the history; `said` are the words of somebody who asked for help, or of the desk."""

    said: NotRequired[str]
    kind: str
    text: str
    at: dt.datetime
    happened_at: dt.datetime
    by: str | None
    about: str | None
    data: dict[str, Any]


class CaseDocument(TypedDict):
    """The file; `history_before` leads to older lines of the history, `cut` names lists without their older rows."""

    id: str
    number: str
    status: str
    risk: str
    points: int
    due_way: str
    reasons: list[ReasonWithText]
    weights_version: int
    scam_type: str
    scam_name: str
    amount_at_risk: str
    already_transferred: str
    attention: str
    shortfall: list[ReasonWithText]
    opened_at: dt.datetime
    closed_at: dt.datetime | None
    follow_up_on: dt.date | None
    disposition: str
    unit: str
    place: str
    resident: ResidentPart
    messages: list[WarningRow]
    replies: list[ReplyRow]
    assignments: list[AssignmentEntry]
    visits: list[VisitRow]
    calls: list[AttemptRow]
    evidence: list[EvidenceRow]
    check_ins: list[CheckInRow]
    deliveries: list[DeliveryRow]
    history: list[EventRow]
    history_before: int | None
    cut: list[str]
