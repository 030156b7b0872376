"""A reason as it is kept: a code, what fills its sentence, the points that it gave."""

from typing import Any, NotRequired, TypedDict


class Reason(TypedDict):
    """Why something is as it is; `params` fill the sentence of the code."""

    code: str
    params: NotRequired[dict[str, Any]]
    points: NotRequired[int]


class ReasonWithText(Reason):
    """A reason with its sentence, in the language of whoever reads it."""

    text: str
