"""Which clock runs on an assignment, and until when: one rule for board, phone, ladder and watch. Pure.

The phone has a copy of it; `tests/vectors/clocks.json`, made from this file, holds both to the same answers.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from dissuasion.rules.levels import Risk
from dissuasion.rules.states import OPEN_ASSIGNMENT, Assignment


class Clock(StrEnum):
    """What must have happened by a moment that was frozen when the assignment was made."""

    ACKNOWLEDGE = "acknowledge"  # 签收
    CONTACT = "contact"  # 电话联系
    ARRIVE = "arrive"  # 到场
    RECORD = "record"  # 登记结果


class Lead(Protocol):
    """What the clocks know of a lead: an assignment, and whether its resident is rung up first."""

    status: str
    acknowledge_by: dt.datetime
    contact_by: dt.datetime
    arrive_by: dt.datetime
    record_by: dt.datetime
    contacted_at: dt.datetime | None
    arrived_at: dt.datetime | None

    @property
    def calls_first(self) -> bool: ...


@dataclass(frozen=True)
class Running:
    """The clock that runs, and the moment at which it ends."""

    clock: Clock
    by: dt.datetime


def calls_first(*, risk: str, follow_up: bool, has_phone: bool) -> bool:
    """Return whether whoever is on the way must ring first: a first visit of high risk, to whom has a telephone."""
    return risk == Risk.HIGH and not follow_up and has_phone


def unmet(lead: Lead, *, status: str = "") -> dict[Clock, dt.datetime]:
    """Return the moments that an open assignment has still to meet, in the order of the steps.

    `status` is the one that it is about to have, where that is not its own.
    """
    status = status or lead.status
    if status not in OPEN_ASSIGNMENT:
        return {}
    clocks = {Clock.RECORD: lead.record_by}
    if status != Assignment.ON_SCENE and lead.arrived_at is None:
        clocks = {Clock.ARRIVE: lead.arrive_by} | clocks
        if lead.calls_first and lead.contacted_at is None:
            clocks = {Clock.CONTACT: lead.contact_by} | clocks
    if status == Assignment.ASSIGNED:
        clocks = {Clock.ACKNOWLEDGE: lead.acknowledge_by} | clocks
    return clocks


def running(lead: Lead) -> Running | None:
    """Return the clock that runs: of those that are unmet the one that ends first; None for an ended assignment."""
    clocks = unmet(lead)
    if not clocks:
        return None
    clock = min(clocks, key=lambda name: clocks[name])
    return Running(clock, clocks[clock])


def next_look(lead: Lead, *, status: str, at: dt.datetime) -> dt.datetime:
    """Return when `watch` must look at a lead that comes to `status`: nobody is late with what begins to count now."""
    return max(at, min(unmet(lead, status=status).values()))
