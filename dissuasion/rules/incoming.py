"""One alert as the door has read it: plain values, already checked. Pure."""

import datetime as dt
import hashlib
import json
from dataclasses import dataclass
from decimal import Decimal
from typing import Any


def content_hash(raw: dict[str, Any]) -> str:
    """Return the SHA-256 by which two alerts with one external id are told apart: the same fields in any order."""
    text = json.dumps(raw, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True)
class Incoming:
    """Amounts in yuan, places in WGS-84 degrees; `phone` and `id_number` in their one form or empty."""

    external_id: str
    occurred_at: dt.datetime
    scam_type: str
    raw: dict[str, Any]
    content_hash: str
    risk: str = ""
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
    # The saved alert's id and resident, when a person at the desk has said who it is.
    alert_id: Any = None
    resident_id: Any = None
