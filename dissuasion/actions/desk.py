"""What a chief decides: assign, reassign, recall, the level, what an unclear alert means. Requests, so refusable."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from accounts import roles
from accounts.models import Person
from config.lib.problems import Conflict, Problem
from dissuasion import access, events, notify, states, triage
from dissuasion.actions import dispatch, intake
from dissuasion.incoming import Incoming
from dissuasion.models import Assignment, Case, CaseEvent, TriageEntry
from households.models import Division, Household, Resident

Event = CaseEvent.Kind


@dataclass(frozen=True)
class Newcomer:
    """A resident whom the desk registers while settling a triage entry; numbers in their one form."""

    name: str
    division_code: str
    address: str
    phone: str = ""
    id_number: str = ""
    lat: float | None = None
    lon: float | None = None


@notify.one_change()
def assign(
    chief: Person,
    case_id: UUID,
    *,
    to: Person,
    companion: Person | None,
    instead_of: UUID | None,
    at: dt.datetime,
) -> Assignment:
    """Give a case to somebody; the choice wins over the machine's and is never undone by it.

    `instead_of` names the assignment that the chief saw and replaces; another holder raises Conflict with their name.
    """
    case = dispatch.lock(case_id)
    _check_active(case)
    dispatch.check_may_lead(to, case)
    held = dispatch.holder(case)
    if held is not None:
        if held.pk != instead_of:
            text = _("%(name)s already holds this case.") % {"name": held.person.name}
            who = {"assignment": str(held.pk), "person": str(held.person_id), "name": held.person.name}
            raise Conflict("already_assigned", text, holder=who)
        _recall(held, case, chief, at=at, reason="reassigned")
    along = Assignment.objects.filter(case=case, person=to, status__in=states.OPEN_ASSIGNMENT).first()
    if along is not None:  # a companion becomes the lead
        _recall(along, case, chief, at=at, reason="reassigned")
    if case.status == states.Case.MONITORING:
        case.status, case.follow_up_on = states.Case.OPEN, None
        case.save(update_fields=["status", "follow_up_on"])
        events.record(case, Event.REOPENED, at=at, by=chief, cause="desk")
    made = dispatch.give(case, person=to, by=chief, at=at, reasons=[{"code": "chosen"}])
    if companion is not None:
        add_companion(chief, case, companion=companion, at=at)
    return made


def add_companion(chief: Person, case: Case, *, companion: Person, at: dt.datetime) -> Assignment:
    """Send somebody of the field along; whoever goes along already stays."""
    if companion.role not in roles.MAY_VISIT:
        raise _fault("companion", "may_not_go", _("%(name)s makes no visits.") % {"name": companion.name})
    with_them = Assignment.objects.filter(case=case, person=companion, status__in=states.OPEN_ASSIGNMENT).first()
    if with_them is not None:
        return with_them
    return dispatch.give(
        case, person=companion, by=chief, at=at, reasons=[{"code": "chosen"}], part=Assignment.Part.COMPANION
    )


@notify.one_change()
def recall(chief: Person, case_id: UUID, *, reason: str, at: dt.datetime) -> Case:
    """Take a case back from everybody who holds it; it waits on the desk and the machine leaves it alone."""
    case = dispatch.lock(case_id)
    held = Assignment.objects.filter(case=case, status__in=states.OPEN_ASSIGNMENT).select_related("case")
    if not held:
        raise Conflict("nobody_holds_it", _("Nobody holds this case now."))
    for assignment in held:
        _recall(assignment, case, chief, at=at, reason=reason)
    case.attention, case.dispatch_due_at = Case.Attention.RECALLED, None
    case.save(update_fields=["attention", "dispatch_due_at"])
    return case


def _recall(assignment: Assignment, case: Case, chief: Person, *, at: dt.datetime, reason: str) -> None:
    assignment.case = case
    if not dispatch.end(assignment, states.Assignment.RECALLED, at=at, by=chief, reason=reason):
        raise Conflict("already_ended", _("It has just ended. Look again."))


@notify.one_change()
def decide(chief: Person, case_id: UUID, *, close: bool, reason: str, at: dt.datetime) -> Case:
    """Answer what the desk was asked about a case: close it, or note that it goes on as it is."""
    case = dispatch.lock(case_id)
    if close:
        _check_active(case)
        if Assignment.objects.filter(case=case, status__in=states.OPEN_ASSIGNMENT).exists():
            raise Conflict("somebody_holds_it", _("Somebody holds this case. Recall it first."))
        case.status, case.closed_at = states.Case.CLOSED, at
        case.dispatch_due_at = case.follow_up_on = None
    case.attention, case.shortfall = Case.Attention.NONE, []
    case.save(update_fields=["status", "closed_at", "dispatch_due_at", "follow_up_on", "attention", "shortfall"])
    events.record(case, Event.CLOSED if close else Event.DECIDED, at=at, by=chief, reason=reason)
    return case


@notify.one_change()
def set_risk(chief: Person, case_id: UUID, *, risk: str, reason: str, at: dt.datetime) -> Case:
    """Raise or lower the level of a case; raised to high it is dispatched at once, unless somebody holds it."""
    case = dispatch.lock(case_id)
    _check_active(case)
    before, case.risk, case.due_way = case.risk, risk, triage.DUE_WAY[triage.Risk(risk)]
    kept = [old for old in case.reasons if old["code"] != "set_by_chief"]
    case.reasons = [{"code": "set_by_chief", "points": 0, "params": {"reason": reason}}, *kept]
    case.risk_by_chief = True
    if case.attention == Case.Attention.SHORTFALL and case.due_way != "visit":
        case.attention, case.shortfall, case.dispatch_due_at = Case.Attention.NONE, [], None
    case.save()
    events.record(case, Event.RISK_SET, at=at, by=chief, risk=risk, before=before)
    notify.touch(dispatch.team(case))
    if case.due_way == "visit" and case.status == states.Case.OPEN and dispatch.holder(case) is None:
        dispatch.pass_on(case, at=at)
    return case


def _check_active(case: Case) -> None:
    if case.status == states.Case.CLOSED:
        raise Conflict("case_closed", _("This case is closed."))


@notify.one_change()
def settle(chief: Person, entry_id: UUID, *, resident: UUID | None, newcomer: Newcomer | None, at: dt.datetime) -> Case:
    """Say whom an unclear alert means; return the case that it opens or joins, dispatched when its level is high."""
    entry = _take_entry(chief, entry_id)
    person = _register(chief, newcomer) if newcomer else _resident_in_reach(chief, resident)
    alert = entry.alert
    row = Incoming(
        external_id=alert.external_id, occurred_at=alert.occurred_at, scam_type=alert.scam_type, raw={},
        content_hash=alert.content_hash, risk=alert.risk_claimed, channel=alert.channel,
        amount_at_risk=alert.amount_at_risk, already_transferred=alert.already_transferred,
        alert_id=alert.pk, resident_id=person.pk,
    )  # fmt: skip
    case = intake.place_settled(alert.source, row, at=at)
    _end_entry(entry, chief, TriageEntry.Status.SETTLED, at=at)
    events.record(case, Event.SETTLED, at=at, by=chief, entry=str(entry.pk))
    return case


@notify.one_change()
def dismiss(chief: Person, entry_id: UUID, *, reason: str, at: dt.datetime) -> TriageEntry:
    """Put an unclear alert aside, with the reason; the alert itself stays."""
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


def _fault(field: str, code: str, reason: str) -> Problem:
    return Problem("invalid", reason, errors=[{"field": field, "code": code, "reason": reason}])


def _resident_in_reach(chief: Person, resident_id: UUID | None) -> Resident:
    residents = Resident.objects.select_related("household")
    found = residents.filter(pk=resident_id).first() if resident_id else None
    if found is None or not access.ground_in_reach(chief, found.household.division_id):
        raise _fault("resident", "unknown", _("No such resident on your ground."))
    return found


def _register(chief: Person, newcomer: Newcomer) -> Resident:
    division = Division.objects.filter(pk=newcomer.division_code).first()
    if division is None or not access.ground_in_reach(chief, division.code):
        raise _fault("new_resident.division_code", "unknown", _("No such division on your ground."))
    same: Any = None
    fresh = Resident(name=newcomer.name, phone=newcomer.phone, id_number=newcomer.id_number)
    fresh.index()
    if fresh.id_index:
        same = Resident.objects.select_related("household").filter(id_index=fresh.id_index).first()
    if same is not None:
        if not access.ground_in_reach(chief, same.household.division_id):
            text = _("This ID number can't be registered from here. Ask the desk above.")
            raise _fault("new_resident.id_number", "elsewhere", text)
        return same
    fresh.household = Household.objects.create(
        division=division, address=newcomer.address, lat=newcomer.lat, lon=newcomer.lon
    )
    fresh.save()
    return fresh
