"""The receipt of an act: what the server answers for it, and what each step adds to that."""

from typing import Required, TypedDict

from config.lib.http.problems import FieldFault
from dissuasion.rules.reasons import ReasonWithText

# After one of these verdicts the phone may delete an act; after any other it keeps it and sends it again.
TAKEN = ("applied", "already_applied", "flagged", "held", "refused")
VERDICTS = (*TAKEN, "busy")


class PhotoStanding(TypedDict):
    """The state of a photo of an act; `have` is the number of bytes that the server has."""

    uuid: str
    state: str
    have: int


class StepAnswer(TypedDict, total=False):
    """What a step adds to the verdict; `distance_m` in metres, `holder_since` in ISO 8601."""

    holder: str
    holder_since: str
    grade: str
    distance_m: float | None
    reasons: list[ReasonWithText]
    photos: list[PhotoStanding]
    code: str
    detail: str
    errors: list[FieldFault]


class Receipt(StepAnswer, total=False):
    """The answer to one act; only after it may the phone delete the act."""

    uuid: Required[str | None]
    verdict: Required[str]
    flags: list[ReasonWithText]
    received_at: str
    repeated: bool
    status: int
