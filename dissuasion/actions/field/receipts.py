"""The receipt of an act: what the server answers for it, and what each step adds to that."""

from typing import Required, TypedDict

from config.lib.http.problems import FieldFault
from dissuasion.rules.reasons import ReasonWithText

# With one of these the phone may forget an act; with any other it keeps it and sends it again.
TAKEN = ("applied", "already_applied", "flagged", "held", "refused")
VERDICTS = (*TAKEN, "busy")


class PhotoStanding(TypedDict):
    """How a photo of an act stands; `have` are the bytes that are here."""

    uuid: str
    state: str
    have: int


class StepAnswer(TypedDict, total=False):
    """What a step says beside the verdict; metres."""

    holder: str
    grade: str
    distance_m: float | None
    reasons: list[ReasonWithText]
    photos: list[PhotoStanding]
    code: str
    detail: str
    errors: list[FieldFault]


class Receipt(StepAnswer, total=False):
    """The answer to one act; the phone forgets it only with this."""

    uuid: Required[str | None]
    verdict: Required[str]
    flags: list[ReasonWithText]
    received_at: str
    repeated: bool
    status: int
