"""What the three ledgers hold: the driver's of its alerts, the phones' of what they saw and did, the database's. Pure.

Times in `_s` are seconds of the machine's monotonic clock, which all processes of a run share.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass
class Sent:
    """One alert as its source knows it; `alerts` are the ids that every answer named, `high` what it was sent as."""

    external_id: str
    high: bool
    begun_s: float
    answered_s: float | None = None
    status: int = 0
    case: str | None = None
    way: str = ""
    risk: str = ""
    tries: int = 0
    alerts: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Seen:
    """The first time that a phone showed an assignment."""

    person: str
    assignment: str
    case: str
    at_s: float


@dataclass(frozen=True)
class Done:
    """An act as its phone recorded it, with the verdict of its receipt (empty: there was none)."""

    uuid: str
    kind: str
    person: str
    assignment: str
    device: str
    seq: int
    verdict: str = ""
    repeated: bool = False


@dataclass(frozen=True)
class Final:
    """What a phone held at the end, and what a fresh look at the server gave."""

    person: str
    held: dict[str, Any]
    fresh: dict[str, Any]


@dataclass
class Phones:
    """The ledger of all phones. `odd` are things that must not be: shown as new again, versions that went backward."""

    seen: list[Seen] = field(default_factory=list)
    done: list[Done] = field(default_factory=list)
    finals: list[Final] = field(default_factory=list)
    odd: list[dict[str, Any]] = field(default_factory=list)
    sockets: int = 0


@dataclass(frozen=True)
class Window:
    """A fault as it happened: from when it struck until everything that it took away was started again."""

    kind: str
    from_s: float
    until_s: float
    persons: frozenset[str] = frozenset()  # whose phones were frozen
    noticed_s: float | None = None  # seconds until the server gave up the frozen phones


@dataclass
class Database:
    """The tables after the run, as rows by column; moments are already on the monotonic clock."""

    alerts: list[dict[str, Any]]
    cases: list[dict[str, Any]]
    assignments: list[dict[str, Any]]
    acts: list[dict[str, Any]]
    events: list[dict[str, Any]]
    visits: list[str]  # ids of the acts that they record
    watched_until_s: float = 0.0


def read_phones(paths: Iterable[Path]) -> Phones:
    """Return the ledgers that the phones' processes wrote, a JSON object a line."""
    ledger, acts, receipts = Phones(), [], {}
    for path in paths:
        for line in path.read_text().splitlines():
            row = json.loads(line)
            what = row.pop("what")
            if what == "seen":
                ledger.seen.append(Seen(**row))
            elif what == "act":
                acts.append(row)
            elif what == "receipt":
                receipts[row["uuid"]] = row
            elif what == "final":
                ledger.finals.append(Final(**row))
            elif what == "socket":
                ledger.sockets += 1
            else:
                ledger.odd.append({"what": what, **row})
    for row in acts:
        told = receipts.get(row["uuid"], {})
        ledger.done.append(Done(**row, verdict=told.get("verdict", ""), repeated=told.get("repeated", False)))
    return ledger
