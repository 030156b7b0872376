"""What a desk sees: open cases with their clocks, triage, who is on duty; rolled up for county and city."""

import datetime as dt
from typing import Any

from django.db.models import Case as Choose
from django.db.models import Count, F, IntegerField, Q, QuerySet, Value, When

from accounts.models import Person, Unit
from accounts.roles import MAY_VISIT
from config.lib.words.names import masked_name
from dissuasion.access import below
from dissuasion.models import URGENT_FIRST, Assignment, Case, HotlineCall, TriageEntry
from dissuasion.queries.desk.board_document import (
    AssignmentRow,
    BoardDocument,
    CaseRow,
    PersonRow,
    RunningClock,
    UnitRow,
    WaitingCounts,
)
from dissuasion.queries.desk.triage_entry import entry_row
from dissuasion.queries.workload import on_duty_until, open_cases
from dissuasion.rules import clocks, scam_types, states, words
from dissuasion.rules.levels import Risk, Way

PAGE = 100
PEOPLE = 300
BY_RISK = Choose(
    When(risk=Risk.HIGH, then=Value(0)),
    When(risk=Risk.MEDIUM, then=Value(1)),
    default=Value(2),
    output_field=IntegerField(),
)


def board(unit: Unit, *, now: dt.datetime, language: str, page: int = 1) -> BoardDocument:
    """Return the board of a unit in one document, with a constant number of queries.

    A case is listed when somebody holds it, somebody must decide, or it is due a visit; what waits for a message or
    the hotline is counted. Pages hold 100 cases, the most urgent first.
    """
    listed = _listed(unit, now)
    rows = list(listed[(page - 1) * PAGE : page * PAGE + 1])
    more, rows = len(rows) > PAGE, rows[:PAGE]
    document: BoardDocument = {
        "unit": {"id": unit.pk, "code": unit.code, "name": unit.name, "kind": unit.kind},
        "at": now,
        "page": page,
        "next_page": page + 1 if more else None,
        "cases": _cases(rows, language),
        "waiting": _waiting(unit),
        "triage": [entry_row(entry, language) for entry in _triage(unit, page)],
        "triage_waiting": TriageEntry.objects.filter(below(unit), status="waiting").count(),
    }
    if unit.kind == Unit.Kind.STATION:
        document["people"] = [_person(person, now) for person in _people(unit, now)]
    else:
        document["units"] = _roll_up(unit, now)
    return document


def _listed(unit: Unit, now: dt.datetime) -> QuerySet[Case]:
    """Return the listed cases, by a union of three index look-ups: one condition would read a million closed cases."""
    here = Case.objects.filter(below(unit)).order_by()
    due = here.filter(
        ~Q(status=states.Case.CLOSED), Q(dispatch_due_at__lte=now) | Q(due_way=Way.VISIT, status=states.Case.OPEN)
    )
    # Also monitored and closed ones: a late record may contradict how a case ended (promises.md 16).
    to_decide = here.filter(~Q(attention=""))
    with_somebody = Assignment.objects.filter(_open_below(unit)).order_by()
    listed = due.values("pk").union(to_decide.values("pk"), with_somebody.values("case"))
    decide_first = Choose(When(attention="", then=Value(1)), default=Value(0))
    cases = Case.objects.filter(pk__in=listed).select_related("resident", "division", "unit")
    return cases.order_by(decide_first, URGENT_FIRST, BY_RISK, "opened_at", "pk")


def _open_below(unit: Unit) -> Q:
    return Q(status__in=states.OPEN_ASSIGNMENT) & below(unit, "case__unit")


def _cases(rows: list[Case], language: str) -> list[CaseRow]:
    held: dict[Any, list[Assignment]] = {}
    open_now = Assignment.objects.filter(case__in=rows, status__in=states.OPEN_ASSIGNMENT)
    for assignment in open_now.select_related("person", "person__presence").order_by("part", "assigned_at"):
        held.setdefault(assignment.case_id, []).append(assignment)
    for case in rows:
        for assignment in held.get(case.pk, []):
            assignment.case = case  # with its resident, read once
    return [_case(case, held.get(case.pk, []), language) for case in rows]


def _case(case: Case, team: list[Assignment], language: str) -> CaseRow:
    return {
        "id": str(case.pk),
        "number": case.number,
        "name": masked_name(case.resident.name),
        "place": case.division.name,
        "unit": case.unit.name,
        "risk": case.risk,
        "points": case.points,
        "scam_type": case.scam_type,
        "scam_name": scam_types.name(case.scam_type, language),
        "amount_at_risk": str(case.amount_at_risk),
        "already_transferred": str(case.already_transferred),
        "status": case.status,
        "attention": case.attention,
        "shortfall": words.with_text(case.shortfall),
        "opened_at": case.opened_at,
        "follow_up_on": case.follow_up_on,
        "team": [assignment_row(assignment) for assignment in team],
    }


def clock_of(assignment: Assignment) -> RunningClock:
    """Return which clock runs on an assignment now and when it ends; the clock of the record where none runs."""
    now = clocks.running(assignment) or clocks.Running(clocks.Clock.RECORD, assignment.record_by)
    return {"what": now.clock.value, "by": now.by}


def assignment_row(assignment: Assignment) -> AssignmentRow:
    """Return an assignment as the desk lists it: who, which step, which clock runs, how old the position is."""
    presence = getattr(assignment.person, "presence", None)
    return {
        "id": str(assignment.pk),
        "person": str(assignment.person_id),
        "name": assignment.person.name,
        "part": assignment.part,
        "status": assignment.status,
        "shown_at": assignment.shown_at,
        "clock": clock_of(assignment),
        "chosen_by_desk": assignment.assigned_by_id is not None,
        "position_at": presence.position_at if presence else None,
    }


def _waiting(unit: Unit) -> WaitingCounts:
    """Count the cases that wait for a message and the open calls of the hotline; neither is handled on this board."""
    messages = Case.objects.filter(below(unit), status=states.Case.OPEN, attention="", due_way=Way.MESSAGE)
    calls = HotlineCall.objects.filter(below(unit), status__in=states.OPEN_CALL)
    return {"message": messages.count(), "hotline": calls.count()}


def _triage(unit: Unit, page: int) -> QuerySet[TriageEntry]:
    waiting = TriageEntry.objects.filter(below(unit), status="waiting").select_related("alert", "unit")
    return waiting.order_by("settle_by", "pk")[(page - 1) * PAGE : page * PAGE]


def _people(unit: Unit, now: dt.datetime) -> QuerySet[Person]:
    return (
        Person.objects.filter(unit=unit, is_active=True, role__in=MAY_VISIT)
        .select_related("presence")
        .annotate(on_duty_until=on_duty_until(now), open_cases=open_cases())
        .filter(on_duty_until__isnull=False)
        .order_by("username")[:PEOPLE]
    )


def _person(person: Any, now: dt.datetime) -> PersonRow:
    presence = getattr(person, "presence", None)
    return {
        "id": str(person.pk),
        "name": person.name,
        "role": person.role,
        "on_duty_until": person.on_duty_until,
        "open_cases": person.open_cases,
        "seen_at": presence.seen_at if presence else None,
        "position_at": presence.position_at if presence else None,
    }


def _roll_up(unit: Unit, now: dt.datetime) -> list[UnitRow]:
    """Return one row for each unit directly below, with what is open in it and in everything below it."""
    children = list(Unit.objects.filter(parent=unit))
    active = Case.objects.filter(below(unit)).exclude(status=states.Case.CLOSED).order_by()
    counts = (
        active.filter(Q(status=states.Case.OPEN, due_way=Way.VISIT) | ~Q(attention=""))
        .values("unit__path")
        .annotate(high=Count("pk", filter=Q(risk=Risk.HIGH)), decide=Count("pk", filter=~Q(attention="")))
    )
    on_duty = (
        Person.objects.filter(below(unit), is_active=True, role__in=MAY_VISIT)
        .filter(shifts__starts_at__lte=now, shifts__ends_at__gt=now)
        .order_by().values(path=F("unit__path")).annotate(n=Count("pk", distinct=True))
    )  # fmt: skip
    rows: dict[str, UnitRow] = {
        child.path: {
            "id": child.pk,
            "name": child.name,
            "kind": child.kind,
            "high": 0,
            "decide": 0,
            "on_duty": 0,
        }
        for child in children
    }
    for found in counts:
        row = _row_above(rows, found["unit__path"])
        if row is not None:
            row["high"] += found["high"]
            row["decide"] += found["decide"]
    for present in on_duty:
        row = _row_above(rows, present["path"])
        if row is not None:
            row["on_duty"] += present["n"]
    return list(rows.values())


def _row_above(rows: dict[str, UnitRow], path: str) -> UnitRow | None:
    return next((row for top, row in rows.items() if path.startswith(top)), None)
