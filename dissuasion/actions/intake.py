"""Takes alerts in: each is kept exactly as received, once, and leads to a case or to triage. Urgent ones go first."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db import IntegrityError, OperationalError, transaction
from django.utils.translation import gettext as _

from config.lib.problems import Conflict, Problem
from dissuasion import events, notify, states, words
from dissuasion.actions import dispatch
from dissuasion.actions.placing import CasePlan, TriagePlan, alert_of, appearance, entry_of, plan
from dissuasion.incoming import Incoming
from dissuasion.models import Alert, AlertSource, Assignment, Case, CaseEvent, Policy, TriageEntry
from dissuasion.queries.known import look_up

Event = CaseEvent.Kind
# Small steps for the urgent, so that the first phone rings before the last row is written; large ones for the rest.
URGENT_STEP, STEP = 8, 250
TRIES = 3
PLANNED = (
    "status", "risk", "due_way", "points", "reasons", "weights", "scam_type", "lat", "lon", "amount_at_risk",
    "already_transferred", "follow_up_on", "dispatch_due_at",
)  # fmt: skip


@dataclass(frozen=True)
class Answer:
    """What the source is told of one row: the HTTP status it would have had alone, and the body or the problem."""

    status: int
    body: dict[str, Any]
    problem: Problem | None = None


class Changed(Exception):
    """Somebody else wrote the same alert or case first: look again."""


def receive(source: AlertSource, rows: Sequence[Incoming], *, at: dt.datetime) -> list[Answer]:
    """Keep `rows` and return an answer for each, in order: 201 new, 200 already known, 409 known with other content.

    Each row is committed before it is answered. High-risk cases are dispatched as soon as they are committed.
    """
    first: dict[str, Incoming] = {}
    for row in rows:
        first.setdefault(row.external_id, row)
    answers = _known_answers(source, first)
    fresh = [row for key, row in first.items() if key not in answers]
    for _attempt in range(TRIES):
        fresh = [row for row in fresh if row.external_id not in answers]
        if not fresh:
            break
        answers |= _take_in(source, fresh, at=at)
        if any(row.external_id not in answers for row in fresh):
            answers |= _known_answers(source, {row.external_id: row for row in fresh})
    return [_answer_for(row, first[row.external_id], answers) for row in rows]


def _answer_for(row: Incoming, first: Incoming, answers: dict[str, Answer]) -> Answer:
    answer = answers.get(row.external_id)
    if answer is None:
        busy = Problem("busy", _("The server is busy with this row. Send it again."), status=503)
        return Answer(503, {}, busy)
    if row is first:
        return answer
    if row.content_hash != first.content_hash:
        return Answer(409, {}, _other_content(row))
    return Answer(200, answer.body, answer.problem) if answer.status == 201 else answer


def _other_content(row: Incoming) -> Conflict:
    text = _("%(id)s was sent before with other content; the first one stands.") % {"id": row.external_id}
    return Conflict("other_content", text, field="external_id")


def _known_answers(source: AlertSource, rows: dict[str, Incoming]) -> dict[str, Answer]:
    known = Alert.objects.filter(source=source, external_id__in=rows)
    answers = {}
    for external_id, digest, body in known.values_list("external_id", "content_hash", "answered"):
        same = digest == rows[external_id].content_hash
        answers[external_id] = Answer(200, body) if same else Answer(409, {}, _other_content(rows[external_id]))
    return answers


def _take_in(source: AlertSource, rows: Sequence[Incoming], *, at: dt.datetime) -> dict[str, Answer]:
    """Write what can be written now; rows that somebody else is writing are missing from the answers."""
    weights = Policy.current("triage")
    cases, unclear = plan(rows, look_up(rows, at=at), source=source, weights=weights, at=at)
    urgent = [made for made in cases if made.case.due_way == "visit"]
    answers: dict[str, Answer] = {}
    work: list[tuple[list[CasePlan], list[TriagePlan]]] = [(step, []) for step in _steps(urgent, URGENT_STEP)]
    work += [(step, []) for step in _steps(cases[len(urgent) :], STEP)]
    work += [([], step) for step in _steps(unclear, STEP)]
    for case_plans, triage_plans in work:
        try:
            answers |= keep(case_plans, triage_plans, source=source, at=at)
        except (Changed, IntegrityError, OperationalError):
            continue  # read again in the next attempt
        for made in case_plans:
            if made.case.dispatch_due_at is not None:
                dispatch.dispatch_case(made.case.pk, at=at)
    return answers


def place_settled(source: AlertSource, row: Incoming, *, at: dt.datetime) -> Case:
    """Return the case of a kept alert whose resident a person has named; an urgent one is dispatched after commit."""
    cases, unclear = plan([row], look_up([row], at=at), source=source, weights=Policy.current("triage"), at=at)
    if unclear:
        raise Problem("no_unit", words.sentence(unclear[0].reason), status=409)
    try:
        keep(cases, [], source=source, at=at)
    except (Changed, IntegrityError) as error:
        raise Conflict("changed", _("The case has just changed. Try again.")) from error
    case = cases[0].case
    if case.dispatch_due_at is not None:
        dispatch.pass_on(case, at=at)
    return case


def _steps(plans: Sequence[Any], size: int) -> Iterator[list[Any]]:
    rest = iter(plans)
    while step := list(islice(rest, size)):
        yield step


@transaction.atomic
def keep(
    cases: Sequence[CasePlan], unclear: Sequence[TriagePlan], *, source: AlertSource, at: dt.datetime
) -> dict[str, Answer]:
    """Write these plans in one transaction and return the rows' answers; raise Changed when a case moved meanwhile."""
    joined = [made for made in cases if made.before is not None]
    _lock_and_compare(joined)
    holders = _holders([made.case for made in joined])
    history: list[CaseEvent] = []
    alerts: list[Alert] = []
    for made in cases:
        _set_way(made, has_holder=made.case.pk in holders, at=at)
        history += _history(made, at=at)
        for row in made.rows:
            if row.alert_id is None:
                alerts.append(alert_of(row, source=source, at=at, case=made.case))
            else:
                Alert.objects.filter(pk=row.alert_id).update(case=made.case, resident=made.case.resident_id)
    waiting = [alert_of(made.row, source=source, at=at, case=None) for made in unclear]
    Case.objects.bulk_create([made.case for made in cases if made.before is None])
    Alert.objects.bulk_create(alerts + waiting)
    TriageEntry.objects.bulk_create(
        [entry_of(made, alert, at=at) for made, alert in zip(unclear, waiting, strict=True)]
    )
    CaseEvent.objects.bulk_create(history)
    for made in joined:
        made.case.save(update_fields=PLANNED)
    notify.touch(person for people in holders.values() for person in people)
    return {alert.external_id: Answer(201, alert.answered) for alert in alerts + waiting}


def _lock_and_compare(joined: Sequence[CasePlan]) -> None:
    """Hold the open cases that alerts join; whoever changed one since it was read makes us read again."""
    if not joined:
        return
    ids = sorted(made.case.pk for made in joined)
    locked = {case.pk: case for case in Case.objects.select_for_update().filter(pk__in=ids).order_by("pk")}
    for made in joined:
        now = locked.get(made.case.pk)
        if now is None or appearance(now) != made.seen:
            raise Changed


def _holders(cases: Sequence[Case]) -> dict[Any, list[Any]]:
    found: dict[Any, list[Any]] = {}
    held = Assignment.objects.filter(case__in=cases, status__in=states.OPEN_ASSIGNMENT) if cases else ()
    for assignment in held:
        found.setdefault(assignment.case_id, []).append(assignment.person_id)
    return found


def _set_way(made: CasePlan, *, has_holder: bool, at: dt.datetime) -> None:
    case = made.case
    if case.due_way == "visit" and not has_holder:
        case.dispatch_due_at = at


def _history(made: CasePlan, *, at: dt.datetime) -> list[CaseEvent]:
    case = made.case
    history: list[CaseEvent] = []
    for number, row in enumerate(made.rows):
        kind = Event.HEARD if made.before is None and number == 0 else Event.JOINED
        history.append(
            events.event(
                case,
                kind,
                at=at,
                happened_at=row.occurred_at,
                channel=row.channel,
                external_id=row.external_id,
            )
        )
    if made.reopens:
        case.status, case.follow_up_on = states.Case.OPEN, None
        history.append(events.event(case, Event.REOPENED, at=at, cause="repeat"))
    if case.risk != made.before:
        codes = [reason["code"] for reason in case.reasons]
        history.append(
            events.event(
                case,
                Event.JUDGED,
                at=at,
                risk=case.risk,
                before=made.before,
                points=case.points,
                reasons=codes,
            )
        )
    return history
