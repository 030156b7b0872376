"""When each step must have happened: seconds by risk, frozen on the assignment when it is made."""

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Any, TypedDict

from dissuasion.rules.levels import RISKS

MAX_S = 30 * 86400
# An officer on scene is asked "still all right?" this often; unanswered, the desk is told.
SAFETY_S = 20 * 60


class Clock(TypedDict):
    """Seconds from the assignment (record: from the arrival) to each step."""

    acknowledge: int
    contact: int
    arrive: int
    record: int


# Processing within 60 s and turnout within 80 s (NFPA 1225, 1710), arrival 15 min in town and 20 in the country:
# volumes.json, standard_intervals. The first version of the data; later ones are written in the admin.
FIRST_POLICY: dict[str, Clock] = {
    "high": {"acknowledge": 120, "contact": 300, "arrive": 1200, "record": 3600},
    "medium": {"acknowledge": 3600, "contact": 7200, "arrive": 28800, "record": 14400},
    "low": {"acknowledge": 14400, "contact": 86400, "arrive": 172800, "record": 28800},
}


@dataclass(frozen=True)
class Deadlines:
    """The moments by which an assignment must be acknowledged, the resident contacted, reached, the visit recorded."""

    acknowledge_by: dt.datetime
    contact_by: dt.datetime
    arrive_by: dt.datetime
    record_by: dt.datetime

    def to_dict(self) -> dict[str, dt.datetime]:
        """Return them by the names of the assignment's columns."""
        return asdict(self)


def freeze(policy: dict[str, Any], *, risk: str, at: dt.datetime) -> Deadlines:
    """Return the deadlines of an assignment made at `at` for a case of this risk."""
    clock = policy[risk]

    def after(seconds: int) -> dt.datetime:
        return at + dt.timedelta(seconds=seconds)

    return Deadlines(
        acknowledge_by=after(clock["acknowledge"]),
        contact_by=after(clock["contact"]),
        arrive_by=after(clock["arrive"]),
        record_by=after(clock["arrive"] + clock["record"]),
    )


def _is_span(seconds: Any) -> bool:
    return isinstance(seconds, int) and not isinstance(seconds, bool) and 0 < seconds <= MAX_S


def faults(policy: Any) -> list[str]:
    """Return what is wrong with a policy as an admin wrote it, as `place: reason` codes; empty when it holds."""
    if not isinstance(policy, dict) or set(policy) != set(RISKS):
        return ["risks"]
    found = []
    for risk, clock in policy.items():
        if not isinstance(clock, dict) or set(clock) != set(Clock.__annotations__):
            found.append(f"{risk}: steps")
        elif not all(_is_span(seconds) for seconds in clock.values()):
            found.append(f"{risk}: seconds")
        elif not clock["acknowledge"] <= clock["contact"] <= clock["arrive"]:
            found.append(f"{risk}: order")
    return found
