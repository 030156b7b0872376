"""The three ways of a case (处置方式), message, hotline and visit: each follows its level and status, in one call."""

from dissuasion.actions.case import hotline_queue, visits, warnings
from dissuasion.models import Case
from dissuasion.telling.stamp import Stamp


def follow(case: Case, stamp: Stamp, *, risk_before: str | None = None, ended_by: str = "", send: bool = True) -> None:
    """Let the ways follow a case that has moved, held by `hold.lock`.

    `risk_before` is the level before the move, `ended_by` the reason kept on a hotline call that is cancelled. Without
    `send` the machine sends nobody: the desk decides.
    """
    warnings.follow(case, at=stamp.at)
    hotline_queue.follow([case], at=stamp.at, reason=ended_by)
    visits.follow(case, stamp, risk_before=risk_before, send=send)
