"""The worklist of one person as one document: the same over the socket and over HTTP (promises.md A)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count
from django.utils import timezone, translation

from accounts import people
from accounts.models import Person
from config.lib.words.names import masked_name
from dissuasion.models import Alert, Assignment, Epoch, ScriptVersion, Visit, WorkVersion
from dissuasion.queries.readings import readings_in
from dissuasion.queries.work_document import (
    AssignmentPart,
    CasePart,
    ColleaguePart,
    DonePart,
    DutyDocument,
    EarlierVisit,
    PersonPart,
    PlacePart,
    ResidentPart,
    ScriptRow,
    WorkDocument,
)
from dissuasion.rules import scam_types, states, words
from households import ground
from households.models import Contact, Division

HISTORY = 20  # earlier visits of a resident, the newest first
DONE_TODAY = 50


def work_tag(person_id: UUID) -> tuple[str, int]:
    """Return the history's epoch and a person's work version, which together name a state of the worklist."""
    versions = WorkVersion.objects.filter(person=person_id).annotate(epoch=Epoch.objects.values("epoch")[:1])
    version, epoch = versions.values_list("version", "epoch").first() or (0, None)
    return str(epoch or current_epoch()), version


def current_epoch() -> Any:
    """Return the id of this history; a restored backup gets a new one."""
    return Epoch.objects.values_list("epoch", flat=True).first() or Epoch.objects.get_or_create()[0].epoch


def worklist(person: Person, *, tag: tuple[str, int] | None = None) -> WorkDocument:
    """Return the document of everything that `person` has to do, in their language, in a constant number of queries.

    The version (`tag`, where it was read already) is read before the rows: a change in between makes the document
    newer than it says, never older.
    """
    epoch, version = tag or work_tag(person.pk)
    held = list(
        Assignment.objects.filter(person=person, status__in=states.OPEN_ASSIGNMENT)
        .select_related("case__resident__household", "case__division")
        .order_by("arrive_by")
    )
    with translation.override(person.language):
        assignments, done_today = _assignments(held, person), _done_today(person)
        return {
            "epoch": epoch,
            "version": version,
            "person": _about(person),
            "assignments": assignments,
            "done_today": done_today,
            "scripts": published_scripts(),
            "readings": readings_in(assignments, done_today) if person.language == "en" else {},
        }


def _about(person: Person) -> PersonPart:
    return {
        "id": str(person.pk),
        "name": person.name,
        "role": person.role,
        "unit": person.unit.name if person.unit else None,
        "language": person.language,
        "card_tried_at": person.card_tried_at,
    }


def published_scripts() -> list[ScriptRow]:
    """Return which scripts a phone must have, by hash: it fetches those that it lacks."""
    fields = ("script__scam_type", "script__audience", "script__language", "number", "sha256")
    published = ScriptVersion.objects.filter(status="published").order_by(*fields[:3])
    return [
        {"scam_type": scam_type, "audience": audience, "language": language, "number": number, "sha256": sha256}
        for scam_type, audience, language, number, sha256 in published.values_list(*fields)
    ]


@dataclass(frozen=True)
class _Around:
    """What belongs to a person's assignments, read once for all: family by resident, team by case, and so on."""

    family: dict[Any, list[Contact]]
    team: dict[Any, list[Assignment]]
    visits: dict[Any, list[Visit]]
    warnings: dict[Any, int]
    names: dict[str, Division]


def _around(held: list[Assignment], person: Person) -> _Around:
    cases = [assignment.case_id for assignment in held]
    residents = [assignment.case.resident_id for assignment in held]
    open_now = Assignment.objects.filter(case__in=cases, status__in=states.OPEN_ASSIGNMENT)
    visits = Visit.objects.filter(case__resident__in=residents).select_related("case", "person")
    counted = Alert.objects.filter(resident__in=residents).values_list("resident").annotate(n=Count("pk"))
    return _Around(
        family=_by(Contact.objects.filter(resident__in=residents), "resident_id"),
        team=_by(open_now.exclude(person=person).select_related("person"), "case_id"),
        visits=_by(visits.order_by("-happened_at"), lambda visit: visit.case.resident_id),
        warnings=dict(counted.order_by()),
        names=ground.divisions_for(assignment.case.division_id for assignment in held),
    )


def _assignments(held: list[Assignment], person: Person) -> list[AssignmentPart]:
    if not held:
        return []
    around = _around(held, person)
    return [_assignment(assignment, around) for assignment in held]


def _assignment(a: Assignment, around: _Around) -> AssignmentPart:
    resident = a.case.resident_id
    return {
        "id": str(a.pk),
        "part": a.part,
        "purpose": a.purpose,
        "status": a.status,
        "assigned_at": a.assigned_at,
        "clocks": {
            "acknowledge_by": a.acknowledge_by,
            "contact_by": a.contact_by,
            "arrive_by": a.arrive_by,
            "record_by": a.record_by,
        },
        "acknowledged_at": a.acknowledged_at,
        "contacted_at": a.contacted_at,
        "departed_at": a.departed_at,
        "arrived_at": a.arrived_at,
        "safety_due_at": a.safety_due_at,
        "reasons": words.with_text(a.reasons),
        "case": _case(a),
        "resident": _resident(a),
        "place": _place(a, around.names),
        "contacts": [{"name": c.name, "relation": c.relation, "phone": c.phone} for c in around.family[resident]],
        "team": [_member(other) for other in around.team[a.case_id]],
        "history": {
            "warnings": around.warnings.get(resident, 0),
            "visits": [_earlier(visit) for visit in around.visits[resident][:HISTORY]],
        },
    }


def _member(other: Assignment) -> ColleaguePart:
    person = other.person
    return {
        "name": person.name, "role": person.role, "part": other.part, "status": other.status, "phone": person.phone,
    }  # fmt: skip


def _by(rows: Iterable[Any], key: Any) -> dict[Any, list[Any]]:
    found: dict[Any, list[Any]] = defaultdict(list)
    for row in rows:
        found[key(row) if callable(key) else getattr(row, key)].append(row)
    return found


def _case(assignment: Assignment) -> CasePart:
    case = assignment.case
    return {
        "id": str(case.pk),
        "number": case.number,
        "risk": case.risk,
        "points": case.points,
        "scam_type": case.scam_type,
        "scam_name": scam_types.name(case.scam_type, translation.get_language() or "zh-hans"),
        "reasons": words.with_text(case.reasons),
        "amount_at_risk": str(case.amount_at_risk),
        "already_transferred": str(case.already_transferred),
        "opened_at": case.opened_at,
    }


def _resident(assignment: Assignment) -> ResidentPart:
    resident = assignment.case.resident
    return {
        "name": resident.name,
        "short_name": masked_name(resident.name),
        "phone": resident.phone,
        "birth_year": resident.birth_year,
        "dialect": resident.dialect,
        "lives_alone": resident.lives_alone,
        "earlier_victim": resident.earlier_victim,
    }


def _place(assignment: Assignment, names: dict[str, Division]) -> PlacePart:
    case, home = assignment.case, assignment.case.resident.household
    at_home = home.division_id == case.division_id
    return {
        "address": home.address if at_home else None,
        "divisions": [names[code].name for code in reversed(ground.codes_above(case.division_id)) if code in names],
        "lat": case.lat,
        "lon": case.lon,
        "safety_note": home.safety_note if at_home else "",
        # No source has the outlines of villages, only their centres; a made-up outline would mislead.
        "outline": None,
    }


def _done_today(person: Person) -> list[DonePart]:
    """Return what `person` ended today by the city's calendar: enough to correct a record, no full name or address."""
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    ended = Assignment.objects.filter(person=person, ended_at__gte=midnight)
    rows = list(ended.select_related("case__resident").order_by("-ended_at")[:DONE_TODAY])
    records: dict[UUID, Visit] = {}
    for visit in Visit.objects.filter(assignment__in=rows, person=person).select_related("act"):
        newest = records.get(visit.assignment_id)
        if newest is None or _standing(visit) > _standing(newest):
            records[visit.assignment_id] = visit
    return [_done(row, records.get(row.pk)) for row in rows]


def _standing(visit: Visit) -> tuple[bool, dt.datetime]:
    """Return the rank of a record: the one that decides ranks highest, then the newest."""
    return visit.decides, visit.act.received_at


def _done(assignment: Assignment, visit: Visit | None) -> DonePart:
    case = assignment.case
    return {
        "id": str(assignment.pk),
        "case_number": case.number,
        "short_name": masked_name(case.resident.name),
        "scam_name": scam_types.name(
            assignment.scam_type_at_end or case.scam_type, translation.get_language() or "zh-hans"
        ),
        "risk": assignment.risk_at_end or case.risk,
        "ended_at": assignment.ended_at,
        "status": assignment.status,
        "disposition": visit.disposition if visit else None,
        "visit": str(visit.pk) if visit else None,
        "decides": visit.decides if visit else False,
    }


def _earlier(visit: Visit) -> EarlierVisit:
    return {
        "at": visit.happened_at,
        "met": visit.met,
        "disposition": visit.disposition,
        "scam_type": visit.case.scam_type,
        "by": visit.person.name,
    }


def duty_of(person: Person, *, at: dt.datetime) -> DutyDocument:
    """Return whether `person` is on duty and until when."""
    until = people.on_duty_until(person, at=at)
    return {"on_duty": until is not None, "until": until}
