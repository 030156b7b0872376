"""An unclear alert as a desk reads it: a masked row on the board, and the whole of it for whoever settles it."""

import datetime as dt
from contextlib import suppress
from typing import Any, TypedDict

from django.db.models import Q

from accounts.models import Person
from config.lib import identity
from config.lib.identity import masked
from config.lib.words.names import masked_name, one_line
from dissuasion import access
from dissuasion.models import TriageEntry
from dissuasion.rules import scam_types, words
from dissuasion.rules.reasons import ReasonWithText
from households.models import Resident
from households.models.household import id_index, phone_index

CANDIDATES = 20


class EntryRow(TypedDict):
    """An unclear alert on the board; amounts in yuan as text."""

    id: str
    unit: str
    risk: str
    points: int
    reasons: list[ReasonWithText]
    scam_name: str
    amount_at_risk: str
    already_transferred: str
    name: str
    phone: str
    address: str
    division_code: str
    made_at: dt.datetime
    settle_by: dt.datetime


class CandidateRow(TypedDict):
    """A resident whom an unclear alert may mean."""

    resident: str
    name: str
    birth_year: int | None
    division: str
    address: str


class EntryDocument(EntryRow):
    """An unclear alert for whoever settles it; `given` is the resident as the source named them."""

    given: dict[str, Any]
    note: str
    occurred_at: dt.datetime
    status: str
    candidates: list[CandidateRow]


def entry_row(entry: TriageEntry, language: str) -> EntryRow:
    """Return an entry as the board lists it, numbers masked."""
    given = entry.alert.raw.get("resident") or {}
    return {
        "id": str(entry.pk),
        "unit": entry.unit.name,
        "risk": entry.risk,
        "points": entry.points,
        "reasons": words.with_text(entry.reasons),
        "scam_name": scam_types.name(entry.alert.scam_type, language),
        "amount_at_risk": str(entry.alert.amount_at_risk),
        "already_transferred": str(entry.alert.already_transferred),
        "name": masked_name(str(given.get("name") or "")),
        "phone": masked(str(given.get("phone") or "")),
        "address": one_line(str(given.get("address") or "")),
        "division_code": str(given.get("division_code") or ""),
        "made_at": entry.made_at,
        "settle_by": entry.settle_by,
    }


def entry_file(person: Person, entry: TriageEntry, *, language: str) -> EntryDocument:
    """Return an entry with the numbers that it came with and the residents on the desk's ground whom it may mean."""
    given = entry.alert.raw.get("resident") or {}
    return {
        **entry_row(entry, language),
        "given": given,
        "note": entry.alert.raw.get("note") or "",
        "occurred_at": entry.alert.occurred_at,
        "status": entry.status,
        "candidates": _candidates(person, given),
    }


def _candidates(person: Person, given: dict[str, Any]) -> list[CandidateRow]:
    wanted = Q()
    # A number that can't be read finds nobody: the alert was kept because of another identifier.
    if given.get("phone"):
        with suppress(identity.BadNumber):
            wanted |= Q(phone_index=phone_index(identity.parse_phone(given["phone"])))
    if given.get("id_number"):
        with suppress(identity.BadNumber):
            wanted |= Q(id_index=id_index(identity.parse_id_number(given["id_number"])))
    if not wanted:
        return []
    found = Resident.objects.filter(wanted).select_related("household__division")[:CANDIDATES]
    return [
        {
            "resident": str(resident.pk),
            "name": resident.name,
            "birth_year": resident.birth_year,
            "division": resident.household.division.name,
            "address": resident.household.address,
        }
        for resident in found
        if access.ground_in_reach(person, resident.household.division_id)
    ]
