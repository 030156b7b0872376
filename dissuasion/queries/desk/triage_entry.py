"""An unclear alert as a desk reads it: a masked row on the board, and the whole of it for whoever settles it."""

from typing import Any

from django.db.models import Q

from accounts.models import Person
from config.lib import identity
from config.lib.identity import masked, masked_name
from dissuasion import access
from dissuasion.models import TriageEntry
from dissuasion.rules import scam_types, words
from households.models import Resident
from households.models.household import id_index, phone_index

CANDIDATES = 20


def entry_row(entry: TriageEntry, language: str) -> dict[str, Any]:
    """Return an entry as the board lists it, numbers masked."""
    given = entry.alert.raw.get("resident") or {}
    return {
        "id": str(entry.pk),
        "unit": entry.unit.name,
        "risk": entry.risk,
        "points": entry.points,
        "reasons": words.spelled(entry.reasons),
        "scam_name": scam_types.name(entry.alert.scam_type, language),
        "amount_at_risk": str(entry.alert.amount_at_risk),
        "already_transferred": str(entry.alert.already_transferred),
        "name": masked_name(str(given.get("name") or "")),
        "phone": masked(str(given.get("phone") or "")),
        "address": str(given.get("address") or ""),
        "division_code": str(given.get("division_code") or ""),
        "made_at": entry.made_at,
        "settle_by": entry.settle_by,
    }


def entry_file(person: Person, entry: TriageEntry, *, language: str) -> dict[str, Any]:
    """Return an entry with the numbers that it came with and the residents on the desk's ground whom it may mean."""
    given = entry.alert.raw.get("resident") or {}
    return entry_row(entry, language) | {
        "given": given,
        "note": entry.alert.raw.get("note") or "",
        "occurred_at": entry.alert.occurred_at,
        "status": entry.status,
        "candidates": _candidates(person, given),
    }


def _candidates(person: Person, given: dict[str, Any]) -> list[dict[str, Any]]:
    wanted = Q()
    if given.get("phone"):
        wanted |= Q(phone_index=phone_index(identity.phone(given["phone"])))
    if given.get("id_number"):
        wanted |= Q(id_index=id_index(identity.id_number(given["id_number"])))
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
