"""The level of a case: judged by its alerts, raised by later news, set by a chief."""

from typing import Any

from dissuasion.actions.case import moves, ways
from dissuasion.actions.dispatch import assignments, hold
from dissuasion.models import Case
from dissuasion.rules import levels, sources, states
from dissuasion.rules.levels import Risk, Way
from dissuasion.telling import events, kinds, versions
from dissuasion.telling.stamp import Stamp

COLUMNS = ("risk", "due_way", "reasons", "shortfall")
BY_CHIEF_COLUMNS = (*COLUMNS, "risk_by_chief", "instruction", "settled_at")
BY_CHIEF = "set_by_chief"


def put(case: Case, risk: str) -> str:
    """Set a level and the way that goes with it, in memory; return the level before, empty for a new case."""
    before = case.risk
    case.risk, case.due_way = Risk(risk), levels.WAY_OF[Risk(risk)]
    if case.risk != before:
        case.shortfall = []  # superiors were told of it at another level
    return before


def raise_to(case: Case, risk: Risk, stamp: Stamp, *, reason: str) -> bool:
    """Raise a case (held by `hold.lock`) to a level, open it again if it is not open; return whether it changed.

    A case raised to high without a lead is dispatched after the commit, unless the desk has recalled it. An unanswered
    assignment of a lower level lapses first. A lead who has answered and may not lead that level goes on, and the desk
    is asked for an officer: there is never a second team.
    """
    if case.status == states.Case.OPEN and not levels.is_above(risk, case.risk):
        return False
    before = put(case, levels.higher(case.risk, risk))
    say_why(case, reason)
    case.save(update_fields=COLUMNS)
    if case.status != states.Case.OPEN:
        assignments.cancel_follow_up(case, at=stamp.at, by=stamp.by)
        moves.reopen(case, stamp, cause=reason)
    if case.risk != before:
        judged = kinds.Judged(risk=case.risk, before=before, points=case.points, reasons=[reason])
        events.record(case, judged, **stamp.to_dict())
    ways.follow(case, stamp, risk_before=before, send=case.attention != Case.Attention.RECALLED)
    versions.touch(hold.team(case))
    return True


def set_by_chief(case: Case, risk: Risk, stamp: Stamp, *, reason: str) -> None:
    """Raise or lower a case, held by `hold.lock`, as a chief decides: from then on earlier alerts no longer count.

    An instruction that asked for more is set aside with the level. Raised to high the case is dispatched at once,
    unless somebody holds it.
    """
    before = put(case, risk)
    say_why(case, BY_CHIEF, reason=reason)
    case.risk_by_chief, case.settled_at = True, stamp.at
    if case.instruction and levels.is_above(sources.LEVEL[sources.Instruction(case.instruction)], risk):
        case.instruction = ""
    case.save(update_fields=BY_CHIEF_COLUMNS)
    if case.due_way == Way.VISIT and case.status == states.Case.MONITORING:
        assignments.cancel_follow_up(case, at=stamp.at, by=stamp.by)
        moves.reopen(case, stamp, cause="desk")
    events.record(case, kinds.RiskSet(risk=risk, before=before), **stamp.to_dict())
    ways.follow(case, stamp, risk_before=before)
    versions.touch(hold.team(case))


def raise_for_result(case: Case, stamp: Stamp) -> None:
    """Raise a case to high for the disposition that a record gave it; the desk decides who goes next."""
    if case.risk == Risk.HIGH:
        return
    before = put(case, Risk.HIGH)
    case.save(update_fields=COLUMNS)
    judged = kinds.Judged(risk=case.risk, before=before, reasons=[case.disposition])
    events.record(case, judged, **stamp.to_dict())


def say_why(case: Case, code: str, **params: Any) -> None:
    """Put a reason before the others, in memory; an older one of the same code is removed."""
    others = [reason for reason in case.reasons if reason["code"] != code]
    case.reasons = [{"code": code, "points": 0, "params": params}, *others]
