"""One case as a desk reads it (案卷): what, who, why, and its whole history; numbers masked."""

from typing import Any

from django.db.models import F

from config.lib.identity import masked, masked_name
from dissuasion.models import Act, Assignment, Case, CaseEvent, CheckIn, Delivery, Evidence, HotlineAttempt, Visit
from dissuasion.queries.desk.board import assignment_row
from dissuasion.queries.desk.case_document import (
    CaseDocument,
    CheckInRow,
    DeliveryRow,
    EventRow,
    EvidenceRow,
    VisitRow,
)
from dissuasion.queries.desk.resident_messages import household_row, replies_of, warnings_of
from dissuasion.queries.hotline import attempt_row
from dissuasion.rules import scam_types, words
from dissuasion.telling import kinds

# A correction happened when its visit did: it stands behind what it corrects.
RECORDED = ("happened_at", F("corrects").asc(nulls_first=True), "act__received_at")


def case_file(case: Case, *, language: str) -> CaseDocument:
    """Return the file of a case in a constant number of queries; opening sealed numbers is another door's matter."""
    history = CaseEvent.objects.filter(case=case).select_related("by", "assignment__person").order_by("pk")
    calls = Act.objects.filter(assignment__case=case, kind=Act.Kind.HELP)
    said = {str(act.pk): str(act.body["payload"].get("words", "")) for act in calls}
    return {
        "id": str(case.pk),
        "number": case.number,
        "status": case.status,
        "risk": case.risk,
        "points": case.points,
        "due_way": case.due_way,
        "reasons": words.with_text(case.reasons),
        "weights_version": case.weights.version,
        "scam_type": case.scam_type,
        "scam_name": scam_types.name(case.scam_type, language),
        "amount_at_risk": str(case.amount_at_risk),
        "already_transferred": str(case.already_transferred),
        "attention": case.attention,
        "shortfall": words.with_text(case.shortfall),
        "opened_at": case.opened_at,
        "closed_at": case.closed_at,
        "follow_up_on": case.follow_up_on,
        "disposition": case.disposition,
        "unit": case.unit.name,
        "place": case.division.name,
        "resident": {
            "name": masked_name(case.resident.name),
            "phone": masked(case.resident.phone),
            "id_number": masked(case.resident.id_number),
            "household": household_row(case.resident.household),
        },
        "messages": warnings_of(case, language=language),
        "replies": replies_of(case),
        "assignments": [
            {**assignment_row(a), "ended_at": a.ended_at, "reasons": words.with_text(a.reasons)} for a in _team(case)
        ],
        "visits": [_visit(visit) for visit in _visits(case)],
        "calls": [attempt_row(attempt) for attempt in _attempts(case)],
        "evidence": [_evidence(row) for row in Evidence.objects.filter(act__assignment__case=case).order_by("made_at")],
        "check_ins": [_check_in(row) for row in CheckIn.objects.filter(assignment__case=case).order_by("at")],
        "deliveries": [_delivery(row) for row in _deliveries(case)],
        "history": [_event(row, said) for row in history],
    }


def _team(case: Case) -> list[Assignment]:
    """Return everybody who had a part of the case, in their order."""
    rows = Assignment.objects.filter(case=case).select_related("person", "person__presence").order_by("assigned_at")
    team = list(rows)
    for assignment in team:
        assignment.case = case  # with its resident, read once
    return team


def _visits(case: Case) -> Any:
    return Visit.objects.filter(case=case).select_related("person").prefetch_related("amounts").order_by(*RECORDED)


def _attempts(case: Case) -> Any:
    said = HotlineAttempt.objects.filter(call__case=case).exclude(result="")
    return said.select_related("operator").order_by("pk")


def _visit(visit: Visit) -> VisitRow:
    return {
        "id": str(visit.pk),
        "by": visit.person.name,
        "happened_at": visit.happened_at,
        "met": visit.met,
        "disposition": visit.disposition,
        "decides": visit.decides,
        "note": visit.note,
        "done": visit.done,
        "needs": visit.needs,
        "corrects": str(visit.corrects_id) if visit.corrects_id else None,
        "reason": visit.reason,
        "amounts": [
            {
                "meaning": a.meaning,
                "evidence": a.evidence,
                "kind": a.kind,
                "quantity": str(a.quantity),
                "happened_at": a.happened_at,
                "to": a.to,
            }
            for a in visit.amounts.all()
        ],
    }


def _deliveries(case: Case) -> Any:
    """Return the messages to staff; those to the resident are read with their words (`messages`)."""
    to_staff = Delivery.objects.filter(case=case, person__isnull=False)
    return to_staff.select_related("person").order_by("planned_at", "pk")


def _delivery(row: Delivery) -> DeliveryRow:
    """Return one try of a message; one that waits says until when, and why it was put off."""
    return {
        "to": row.person.name if row.person else None,
        "channel": row.channel,
        "purpose": row.purpose,
        "state": row.state,
        "reasons": words.with_text([{"code": row.reason}]) if row.reason else [],
        "planned_at": row.planned_at,
        "due_at": row.due_at if row.state == Delivery.State.PLANNED else None,
        "sent_at": row.sent_at,
        "ended_at": row.ended_at,
        "tries": row.tries,
    }


def _evidence(row: Evidence) -> EvidenceRow:
    return {"id": str(row.pk), "act": str(row.act_id), "kind": row.kind, "state": row.state, "size": row.size}


def _check_in(row: CheckIn) -> CheckInRow:
    return {
        "at": row.at,
        "grade": row.grade,
        "distance_m": row.distance_m,
        "accuracy_m": row.accuracy_m,
        "reasons": words.with_text([{"code": code} for code in row.reasons]),
        "manual_reason": row.manual_reason,
    }


def _event(row: CaseEvent, said: dict[str, str]) -> EventRow:
    """Return a line of the history; whoever asked for help is heard in their own words."""
    line: EventRow = {
        "kind": row.kind,
        "text": row.get_kind_display(),
        "at": row.at,
        "happened_at": row.happened_at,
        "by": row.by.name if row.by else None,
        "about": row.assignment.person.name if row.assignment else None,
        "data": kinds.stored(row.kind, row.data),
    }
    data = kinds.read(row)
    if isinstance(data, kinds.Help):
        return {"said": said.get(data.act, ""), **line}
    return line
