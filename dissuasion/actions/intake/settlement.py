"""Settles unclear alerts (研判): a person names the resident, and the alert goes on as usual, or dismisses it."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import Person
from config.lib import identity
from config.lib.http.problems import Conflict, field_problem
from dissuasion import access
from dissuasion.actions.intake import reception
from dissuasion.models import Alert, Case, TriageEntry
from dissuasion.rules import sources
from dissuasion.rules.incoming import Incoming
from dissuasion.telling import events, kinds, versions
from households.models import Division, Household, Resident


@dataclass(frozen=True)
class Newcomer:
    """A resident whom the desk registers while settling a triage entry; numbers are in their normal form."""

    name: str
    division_code: str
    address: str
    phone: str = ""
    id_number: str = ""
    lat: float | None = None
    lon: float | None = None


@versions.one_change()
def settle(chief: Person, entry_id: UUID, *, resident: UUID | None, newcomer: Newcomer | None, at: dt.datetime) -> Case:
    """Name the resident of an unclear alert; return its case, which is dispatched after the commit if it needs that."""
    entry = _take_entry(chief, entry_id)
    person = _register(chief, newcomer, entry.alert) if newcomer else _resident_in_reach(chief, resident)
    case = reception.place_settled(entry.alert.source, _again(entry.alert, person), at=at)
    _end_entry(entry, chief, TriageEntry.Status.SETTLED, at=at)
    events.record(case, kinds.Settled(entry=str(entry.pk)), at=at, by=chief)
    return case


def _again(alert: Alert, person: Resident) -> Incoming:
    """Return a kept alert as it came in, with the resident whom a person has named."""
    given = alert.raw.get("resident") or {}
    return Incoming(
        external_id=alert.external_id, occurred_at=alert.occurred_at, scam_type=alert.scam_type, raw={},
        content_hash=alert.content_hash, risk=alert.risk_claimed, instruction=alert.instruction,
        official=alert.source.kind in sources.OFFICIAL, channel=alert.channel,
        amount_at_risk=alert.amount_at_risk, already_transferred=alert.already_transferred,
        division_code=given.get("division_code") or "", lat=given.get("lat"), lon=given.get("lon"),
        alert_id=alert.pk, resident_id=person.pk, faults=tuple(alert.faults),
    )  # fmt: skip


@versions.one_change()
def dismiss(chief: Person, entry_id: UUID, *, reason: str, at: dt.datetime) -> TriageEntry:
    """Dismiss an unclear alert, with the reason; return its entry. The alert itself is kept."""
    entry = _take_entry(chief, entry_id)
    entry.note = reason
    return _end_entry(entry, chief, TriageEntry.Status.DISMISSED, at=at)


def _take_entry(chief: Person, entry_id: UUID) -> TriageEntry:
    access.triage_to_settle(chief, entry_id)
    entry = TriageEntry.objects.select_for_update(of=("self",)).select_related("alert__source").get(pk=entry_id)
    if entry.status != TriageEntry.Status.WAITING:
        raise Conflict("already_settled", _("Somebody has settled this already."))
    return entry


def _end_entry(entry: TriageEntry, chief: Person, status: str, *, at: dt.datetime) -> TriageEntry:
    entry.status, entry.settled_by, entry.settled_at = status, chief, at
    entry.save(update_fields=["status", "settled_by", "settled_at", "note"])
    return entry


def _resident_in_reach(chief: Person, resident_id: UUID | None) -> Resident:
    residents = Resident.objects.select_related("household")
    found = residents.filter(pk=resident_id).first() if resident_id else None
    if found is None or not access.ground_in_reach(chief, found.household.division_id):
        raise field_problem("resident", "unknown", _("No such resident on your ground."))
    return found


def _register(chief: Person, newcomer: Newcomer, alert: Alert) -> Resident:
    """Return a new resident, or the one with this ID number; numbers that the desk left out come from the alert."""
    division = Division.objects.filter(pk=newcomer.division_code).first()
    if division is None or not access.ground_in_reach(chief, division.code):
        raise field_problem("new_resident.division_code", "unknown", _("No such division on your ground."))
    given = alert.raw.get("resident") or {}
    phone = newcomer.phone or _checked(identity.parse_phone, given.get("phone"))
    number = newcomer.id_number or _checked(identity.parse_id_number, given.get("id_number"))
    fresh = Resident(name=newcomer.name, phone=phone, id_number=number)
    fresh.index()
    same = Resident.objects.select_related("household").filter(id_index=fresh.id_index).first() if number else None
    if same is not None:
        if not access.ground_in_reach(chief, same.household.division_id):
            text = _("This ID number can't be registered from here. Ask the desk above.")
            raise field_problem("new_resident.id_number", "elsewhere", text)
        return same
    point = {"lat": newcomer.lat, "lon": newcomer.lon}
    fresh.household = Household.objects.create(division=division, address=newcomer.address, **point)
    try:
        with transaction.atomic():
            fresh.save()
    except IntegrityError as error:
        raise Conflict("changed", _("Somebody has just registered this person. Look again.")) from error
    return fresh


def _checked(check: Callable[[str], str], text: str | None) -> str:
    try:
        return check(text) if text else ""
    except identity.BadNumber:
        return ""  # the alert was kept because of another identifier
