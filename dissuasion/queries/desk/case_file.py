"""One case as a desk reads it (案卷): what, who, why, and its history page by page; numbers masked."""

from typing import Any

from django.db.models import F

from config.lib.identity import masked
from config.lib.words.names import masked_name
from dissuasion.models import Act, Assignment, Case, CaseEvent, CheckIn, Delivery, Evidence, HotlineAttempt, Visit
from dissuasion.queries.desk.board import assignment_row
from dissuasion.queries.desk.case_document import (
    AssignmentEntry,
    CaseDocument,
    CheckInRow,
    DeliveryRow,
    EventRow,
    EvidenceRow,
    VisitRow,
)
from dissuasion.queries.desk.newest import Newest, newest_of
from dissuasion.queries.desk.resident_messages import household_row, replies_of, warnings_of
from dissuasion.queries.hotline import attempt_row
from dissuasion.rules import scam_types, words
from dissuasion.telling import kinds

# A correction has the time of its visit: it is sorted behind the record that it corrects.
RECORDED = ("happened_at", F("corrects").asc(nulls_first=True), "act__received_at")


def case_file(case: Case, *, language: str, before: int | None = None) -> CaseDocument:
    """Return the file of a case in a constant number of queries, with telephone and ID numbers masked.

    The history is the newest hundred lines, or those before line `before`; of every other list the newest hundred.
    """
    newest = Newest()
    history, more = _history(case, before)
    said = _words_of_calls(history)
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
        "messages": warnings_of(case, newest, language=language),
        "replies": replies_of(case, newest),
        "assignments": [_assignment(a) for a in _team(case, newest)],
        "visits": [_visit(visit) for visit in newest.of("visits", _visits(case))],
        "calls": [attempt_row(attempt) for attempt in newest.of("calls", _attempts(case))],
        "evidence": [_evidence(row) for row in newest.of("evidence", _photos(case))],
        "check_ins": [_check_in(row) for row in newest.of("check_ins", _arrivals(case))],
        "deliveries": [_delivery(row) for row in newest.of("deliveries", _deliveries(case))],
        "history": [_event(row, said) for row in history],
        "history_before": history[0].pk if more else None,
        "cut": sorted(newest.cut),
    }


def _history(case: Case, before: int | None) -> tuple[list[CaseEvent], bool]:
    """Return a page of the history in its order, and whether there are lines before it.

    While a city is updated, a newer version may have written kinds that this one cannot name: it leaves them out.
    """
    known = CaseEvent.objects.filter(case=case, kind__in=kinds.KINDS)
    events = known.select_related("by", "assignment__person").order_by("pk")
    return newest_of(events if before is None else events.filter(pk__lt=before))


def _words_of_calls(history: list[CaseEvent]) -> dict[str, str]:
    """Return the words of each call for help in these lines, by the id of its act."""
    asked = [data.act for data in map(kinds.read, history) if isinstance(data, kinds.Help)]
    calls = Act.objects.filter(pk__in=asked, kind=Act.Kind.HELP)
    return {str(act.pk): str(act.body["payload"].get("words", "")) for act in calls}


def _assignment(row: Assignment) -> AssignmentEntry:
    return {**assignment_row(row), "ended_at": row.ended_at, "reasons": words.with_text(row.reasons)}


def _photos(case: Case) -> Any:
    return Evidence.objects.filter(act__assignment__case=case).order_by("made_at")


def _arrivals(case: Case) -> Any:
    return CheckIn.objects.filter(assignment__case=case).order_by("at")


def _team(case: Case, newest: Newest) -> list[Assignment]:
    """Return the assignments of the case, in the order in which they were made."""
    rows = Assignment.objects.filter(case=case).select_related("person", "person__presence").order_by("assigned_at")
    team = newest.of("assignments", rows)
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
    """Return the messages to staff; those to the resident stand under `messages`, with their words."""
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
    """Return a line of the history, with the words of whoever asked for help or decided."""
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
    return line if row.words is None else {"said": row.words, **line}
