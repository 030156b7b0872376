"""Which steps follow when nobody answers (升级督办): seconds by risk, frozen on the assignment when it is made."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any, TypedDict

from dissuasion.rules.levels import RISKS

# Steps that try another way to the same person: over as soon as a phone has shown the assignment.
REACH = ("push", "text", "voice", "messenger")
# Steps that bring in somebody else: over when somebody acknowledges.
CLIMB = ("second", "chief", "county", "next")
STEPS = (*REACH, *CLIMB)
MOST_S = 30 * 86400


class Rung(TypedDict):
    """One step of a ladder and when it is taken: seconds after the assignment was made."""

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

    Whoever goes along or is asked as the second has only ways to be reached. What a desk chose is never undone by the
    machine: no second officer takes it away, and instead of lapsing it is put before the chief.
    """
    steps = {do: after for do, after in policy[risk].items() if leads or do in REACH}
    if by_desk:
        steps.pop("second", None)
        end = steps.pop("next", None)
        if end is not None:
            steps.setdefault("chief", end)
    # A database may give the keys of a document back in any order: within a second the order is that of STEPS.
    rungs: list[Rung] = [{"do": do, "after": steps[do]} for do in STEPS if do in steps]
    return sorted(rungs, key=lambda rung: rung["after"])


def next_rung(ladder: list[Rung], taken: int, *, shown: bool) -> int | None:
    """Return the place of the next rung behind those that were `taken`; None when the ladder ends there."""
    for place in range(taken, len(ladder)):
        if not (shown and ladder[place]["do"] in REACH):
            return place
    return None


def ends_after(ladder: list[Rung]) -> int:
    """Return the seconds to the last rung; 0 where there is none."""
    return max((rung["after"] for rung in ladder), default=0)


def put_off(ladder: list[Rung], do: str, *, seconds: int) -> list[Rung]:
    """Return the ladder with one step so many seconds later."""
    return [{"do": rung["do"], "after": rung["after"] + (seconds if rung["do"] == do else 0)} for rung in ladder]


def promoted(left: list[Rung], fresh: list[Rung], *, seconds: int) -> list[Rung]:
    """Return the ladder of whoever leads from now on, `seconds` after they were asked: the ways to reach them that are
    `left`, and of a fresh ladder the steps that bring in somebody else, counted from now."""
    reach = [rung for rung in left if rung["do"] in REACH]
    climb: list[Rung] = [{"do": rung["do"], "after": rung["after"] + seconds} for rung in fresh if rung["do"] in CLIMB]
    return sorted([*reach, *climb], key=lambda rung: rung["after"])


def faults(policy: Any) -> list[str]:
    """Return what is wrong with a ladder as an admin wrote it, as `risk: reason` codes; empty when it holds.

    A reason that means one step names it: `high: unreachable chief`.
    """
    if not isinstance(policy, dict) or set(policy) != set(RISKS):
        return ["risks"]
    return [f"{risk}: {reason}" for risk in RISKS for reason in _faults_of(risk, policy[risk])]


def _faults_of(risk: str, steps: Any) -> list[str]:
    if not isinstance(steps, dict) or not set(steps) <= set(STEPS):
        return ["steps"]
    if not steps:
        return ["empty"]
    if not all(isinstance(s, int) and not isinstance(s, bool) and 0 < s <= MOST_S for s in steps.values()):
        return ["seconds"]
    end = steps.get("next")
    found = ["no_end"] if end is None else []
    found += [f"unreachable {do}" for do in STEPS if end is not None and do != "next" and steps.get(do, 0) >= end]
    if risk == "high" and not {"second", "chief"} & set(steps):
        found.append("alone")  # money is leaving: somebody besides must know before the end
    # A superior is told after somebody nearer had the chance.
    order = [do for do in ("second", "chief", "county") if do in steps]
    found += [f"order {above}" for do, above in pairwise(order) if steps[above] < steps[do]]
    return found


def hasty(policy: dict[str, dict[str, int]], clocks: Mapping[str, Mapping[str, int]]) -> list[str]:
    """Return the risks whose ladder lets people go before their time to acknowledge, in `clocks`, is over."""
    return [risk for risk in RISKS if policy[risk]["next"] < clocks[risk]["acknowledge"]]
