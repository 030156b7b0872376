"""What each result of a visit leads to (处置结果): a pure table."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class LeadsTo(StrEnum):
    CLOSE = "close"
    FOLLOW_UP = "follow_up"  # the case is monitored, with the day of the next look
    DESK = "desk"  # back to the desk: somebody must decide


# The disposition of a case that a message has settled: once there is a new fact, it says no more.
MESSAGE_SENT = "message_sent"
# Nobody was met, and yet somebody was spoken to.
BY_PHONE_ONLY = "by_phone_only"


@dataclass(frozen=True)
class Disposition:
    """`met` is what the record must say for this result; `follow_up_days` counts from the visit."""

    code: str
    met: bool
    leads_to: LeadsTo
    follow_up_days: int | None = None


# A warning fades within four weeks: a persuaded resident is visited again on these days after the visit.
FOLLOW_UPS = (1, 14, 28)
_ALL = (
    Disposition("dissuaded", True, LeadsTo.FOLLOW_UP, 1),  # 已劝阻
    Disposition("wavering", True, LeadsTo.FOLLOW_UP, 1),  # 动摇，还没放下
    Disposition("refused", True, LeadsTo.DESK),  # 不听劝 / denied at the door
    Disposition("money_gone", True, LeadsTo.DESK),  # 钱已转出：止付、立案
    Disposition("no_fraud", True, LeadsTo.CLOSE),  # 不是诈骗
    Disposition("not_met", False, LeadsTo.DESK),  # 未见到
    Disposition("wrong_address", False, LeadsTo.DESK),  # 不住这里
    Disposition(BY_PHONE_ONLY, False, LeadsTo.FOLLOW_UP, 1),  # 只在电话里劝住
)
DISPOSITIONS: dict[str, Disposition] = {d.code: d for d in _ALL}


def next_follow_up(result: Disposition, *, visited: dt.date, since: dt.date) -> dt.date | None:
    """Return the day of the next look after a visit on `visited`; None when nothing follows any more.

    Whoever was persuaded `since` a day is seen by the calendar of that day; anybody else as the table says.
    """
    if result.code != "dissuaded":
        return visited + dt.timedelta(days=result.follow_up_days or 1)
    days = (since + dt.timedelta(days=count) for count in FOLLOW_UPS)
    return next((day for day in days if day > visited), None)


def can_keep_money_safe(code: str, *, met: bool) -> bool:
    """Return whether a visit with this result can have kept money safe: somebody must have been spoken to."""
    return met or code == BY_PHONE_ONLY


def disposition(code: str) -> Disposition:
    """Return the disposition of this code; raise KeyError when there is none."""
    return DISPOSITIONS[code]
