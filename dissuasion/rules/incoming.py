"""One alert as the door has read it: plain values, already checked. Pure."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, TypedDict

from dissuasion.rules import sources
from dissuasion.rules.reasons import Reason

TIME_IMPLAUSIBLE = "time_implausible"
# How a fault is said to people; any other code of a number speaks for its field.
_SAID = {"resident.phone": "phone_unread", "resident.id_number": "id_unread", "occurred_at": TIME_IMPLAUSIBLE}


def content_hash(raw: dict[str, Any]) -> str:
    """Return the SHA-256 by which two alerts with one external id are told apart: the same fields in any order."""
    text = json.dumps(raw, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


class FieldCode(TypedDict):
    """One field of an alert and what is wrong with it; never the value."""

    field: str
    code: str


@dataclass(frozen=True)
class Incoming:
    """Amounts in yuan, places in WGS-84 degrees; `phone` and `id_number` in their one form or empty.

    `instruction` is what the source calls one, until `of_source` has said what it is worth. `faults` name what could
    not be read, or not be right, in an alert that is kept all the same.
    """

    external_id: str
    occurred_at: dt.datetime
    scam_type: str
    raw: dict[str, Any]
    content_hash: str
    risk: str = ""
    instruction: str = ""
    official: bool = False
    channel: str = ""
    phone: str = ""
    id_number: str = ""
    name: str = ""
    address: str = ""
    division_code: str = ""
    lat: float | None = None
    lon: float | None = None
    amount_at_risk: Decimal = Decimal(0)
    already_transferred: Decimal = Decimal(0)
    faults: tuple[FieldCode, ...] = ()
    # The saved alert's id and resident, when a person at the desk has said who it is.
    alert_id: Any = None
    resident_id: Any = None


def of_source(row: Incoming, *, kind: str, instructs: bool) -> Incoming:
    """Return a row as its source gives it weight: an instruction that binds, or advice; official or not."""
    return replace(
        row,
        instruction=sources.binding(row.instruction, row.risk, instructs=instructs),
        risk=sources.claimed(row.instruction, row.risk),
        official=kind in sources.OFFICIAL,
    )


# What people must know of an alert that was kept with a fault.
FLAGS = frozenset(_SAID.values())


def flags(rows: Iterable[Incoming]) -> list[Reason]:
    """Return what people must know of alerts that were kept with a fault: reasons without points, each once."""
    codes = dict.fromkeys(_SAID[fault["field"]] for row in rows for fault in row.faults)
    return [{"code": code, "points": 0, "params": {}} for code in codes]
