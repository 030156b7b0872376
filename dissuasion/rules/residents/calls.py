"""What each result of a hotline call leads to (96110 通话结果): a pure table."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

# How long a call stays with one operator without a sign from them.
LEASE = dt.timedelta(minutes=10)
# When to call again after the first and the second miss; the third raises the case (not reached three
# times means a visit).
AFTER_A_MISS = (dt.timedelta(minutes=10), dt.timedelta(minutes=30))
# A resident who denies it is called once more, when the talk has had time to work.
AFTER_A_DENIAL = dt.timedelta(hours=2)
# A call back lies within these; a follow-up within four weeks, in which a warning fades.
LATEST_CALL_BACK = dt.timedelta(days=2)
LATEST_FOLLOW_UP = dt.timedelta(days=28)


class Result(StrEnum):
    STOPPED = "stopped"  # 已劝住
    NO_FRAUD = "no_fraud"  # 不是诈骗
    CALL_BACK = "call_back"  # 约定再拨
    NO_ANSWER = "no_answer"  # 无人接听
    DENIED = "denied"  # 否认
    PAYING = "paying"  # 正在付款
    WRONG_NUMBER = "wrong_number"  # 号码不对


class LeadsTo(StrEnum):
    SETTLE = "settle"  # the case is monitored or closed
    CALL_AGAIN = "call_again"
    RAISE = "raise"  # to high
    VISIT = "visit"  # no more calls: the reminder visit decides


@dataclass(frozen=True)
class Outcome:
    """What comes next. `wait` until the next call, `reason` a code; `remind` asks for a reminder visit as well."""

    leads_to: LeadsTo
    reason: str = ""
    wait: dt.timedelta | None = None
    remind: bool = False


def outcome(result: Result, *, misses: int, denials: int, money_moves: bool) -> Outcome:
    """Return what `result` leads to; `misses` and `denials` count this call too."""
    match result:
        case Result.NO_ANSWER if misses > len(AFTER_A_MISS):
            return Outcome(LeadsTo.RAISE, "unreachable")
        case Result.NO_ANSWER:
            return Outcome(LeadsTo.CALL_AGAIN, "no_answer", AFTER_A_MISS[misses - 1], remind=True)
        case Result.DENIED if money_moves:
            return Outcome(LeadsTo.RAISE, "denied_funds_moving")
        case Result.DENIED if denials == 1:
            return Outcome(LeadsTo.CALL_AGAIN, "denied", AFTER_A_DENIAL, remind=True)
        case Result.DENIED:
            return Outcome(LeadsTo.VISIT, "denied_twice", remind=True)
        case Result.PAYING:
            return Outcome(LeadsTo.RAISE, "payment_under_way")
        case Result.WRONG_NUMBER:
            return Outcome(LeadsTo.VISIT, "wrong_number", remind=True)
        case Result.CALL_BACK:
            return Outcome(LeadsTo.CALL_AGAIN, "call_back")
    return Outcome(LeadsTo.SETTLE, result.value)
