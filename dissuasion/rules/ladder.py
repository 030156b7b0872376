"""Which rungs follow when nobody answers (升级督办): seconds by risk, frozen on the assignment when it is made."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any, TypedDict

from dissuasion.rules.levels import RISKS, Risk

# Rungs that try another channel to the same person: over as soon as a phone has shown the assignment.
REACH = ("push", "text", "voice", "messenger")
# Rungs that bring in somebody else: over when somebody acknowledges.
CLIMB = ("second", "chief", "county", "next")
RUNG_KINDS = (*REACH, *CLIMB)
MAX_S = 30 * 86400


class Rung(TypedDict):
    """One rung: what is done, and how many seconds after the assignment was made."""

    do: str
    after: int


# Issue of the house: 15 s without a device receipt, 60 s without an acknowledgement (promises.md, B). `next` lets the
# assignment lapse and asks the next person, so that there is no end. Later versions are written in the admin.
FIRST_LADDER: dict[str, dict[str, int]] = {
    "high": {"push": 15, "text": 30, "second": 60, "chief": 120, "county": 180, "next": 300},
    "medium": {"push": 15, "next": 3600},
    "low": {"push": 15, "next": 14400},
}


def freeze(policy: dict[str, dict[str, int]], *, risk: str, leads: bool, by_desk: bool) -> list[Rung]:
    """Return the ladder of an assignment, in the order of time.

    Companions and seconds get only the rungs that reach them. The machine never undoes the choice of a desk: no second
    officer is asked, and instead of lapsing the assignment is put before the chief.
    """
    times = {do: after for do, after in policy[risk].items() if leads or do in REACH}
    if by_desk:
        times.pop("second", None)
        end = times.pop("next", None)
        if end is not None:
            times.setdefault("chief", end)
    # A database may return the keys of a document in any order: at the same second the order is that of RUNG_KINDS.
    rungs: list[Rung] = [{"do": do, "after": times[do]} for do in RUNG_KINDS if do in times]
    return sorted(rungs, key=lambda rung: rung["after"])


def next_rung(ladder: list[Rung], taken: int, *, shown: bool) -> int | None:
    """Return the index of the next rung after those that were `taken`; None at the end of the ladder."""
    for place in range(taken, len(ladder)):
        is_needless = shown and ladder[place]["do"] in REACH
        if not is_needless:
            return place
    return None


def ends_after(ladder: list[Rung]) -> int:
    """Return the seconds to the last rung; 0 where there is none."""
    return max((rung["after"] for rung in ladder), default=0)


def delayed(ladder: list[Rung], do: str, *, seconds: int) -> list[Rung]:
    """Return the ladder with one rung so many seconds later."""
    return [{"do": rung["do"], "after": rung["after"] + (seconds if rung["do"] == do else 0)} for rung in ladder]


def ladder_of_new_lead(left: list[Rung], fresh: list[Rung], *, seconds: int) -> list[Rung]:
    """Return the ladder of whoever leads from now on, `seconds` after they were asked.

    It has the rungs to reach them that are `left`, and from a fresh ladder those that bring in somebody else, counted
    from now.
    """
    reach = [rung for rung in left if rung["do"] in REACH]
    climb: list[Rung] = [{"do": rung["do"], "after": rung["after"] + seconds} for rung in fresh if rung["do"] in CLIMB]
    return sorted([*reach, *climb], key=lambda rung: rung["after"])


def faults(policy: Any) -> list[str]:
    """Return what is wrong with a ladder as an admin wrote it, as `risk: reason` codes; empty when it holds.

    A reason about one rung names it: `high: unreachable chief`.
    """
    if not isinstance(policy, dict) or set(policy) != set(RISKS):
        return ["risks"]
    return [f"{risk}: {reason}" for risk in RISKS for reason in _faults_of(risk, policy[risk])]


def _is_span(seconds: Any) -> bool:
    return isinstance(seconds, int) and not isinstance(seconds, bool) and 0 < seconds <= MAX_S


def _faults_of(risk: str, times: Any) -> list[str]:
    if not isinstance(times, dict) or not set(times) <= set(RUNG_KINDS):
        return ["rungs"]
    if not times:
        return ["empty"]
    if not all(_is_span(seconds) for seconds in times.values()):
        return ["seconds"]
    end = times.get("next")
    if end is None:
        found = ["no_end"]
    else:
        found = [f"unreachable {do}" for do in RUNG_KINDS if do != "next" and times.get(do, 0) >= end]
    if risk == Risk.HIGH and "second" not in times and "chief" not in times:
        found.append("alone")  # money is leaving: somebody else must know before the end
    # A superior is told only after somebody nearer had the chance.
    order = [do for do in ("second", "chief", "county") if do in times]
    found += [f"order {above}" for do, above in pairwise(order) if times[above] < times[do]]
    return found


def too_early(policy: dict[str, dict[str, int]], clocks: Mapping[str, Mapping[str, int]]) -> list[str]:
    """Return the risks whose ladder lapses an assignment before its time to acknowledge, in `clocks`, is over."""
    return [risk for risk in RISKS if policy[risk]["next"] < clocks[risk]["acknowledge"]]
