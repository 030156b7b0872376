"""Takes alerts in: each is kept exactly as received, once, and leads to a case or to triage. Urgent ones go first."""

import datetime as dt
import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from django.db import IntegrityError, OperationalError
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import roles
from config.lib.http.problems import Conflict, Problem
from dissuasion.actions.case import attention, hotline_queue, visits, warnings
from dissuasion.actions.dispatch import assignments
from dissuasion.actions.intake.placement import CasePlan, TriagePlan, alert_of, appearance, entry_of, plan
from dissuasion.models import Alert, AlertSource, Assignment, Case, CaseEvent, Delivery, Policy, TriageEntry
from dissuasion.queries.background import look_up
from dissuasion.rules import states, words
from dissuasion.rules.incoming import Incoming
from dissuasion.telling import events, versions

logger = logging.getLogger(__name__)
Event = CaseEvent.Kind
# Small steps for the urgent, so that the first phone rings before the last row is written; large ones for the rest.
URGENT_STEP, STEP = 8, 250
TRIES = 4
PLANNED = (
    "status", "risk", "due_way", "points", "reasons", "weights", "scam_type", "lat", "lon", "amount_at_risk",
    "already_transferred", "follow_up_on", "monitored_from", "dispatch_due_at", "attention", "message_due_at",
    "shortfall",
)  # fmt: skip


@dataclass(frozen=True)
class Answer:
    """What the source is told of one row: the HTTP status it would have had alone, and the body or the problem.

    `kept` is the content hash of the alert that is kept under this external id.
    """

    status: int
    body: dict[str, Any]
    problem: Problem | None = None
    kept: str = ""


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
    for attempt in range(TRIES):
        if not fresh:
            break
        answers |= (_take_in_held if attempt else _take_in)(source, fresh, at=at)
        fresh = [row for row in fresh if row.external_id not in answers]
        if fresh:
            answers |= _known_answers(source, [row.external_id for row in fresh])
            fresh = [row for row in fresh if row.external_id not in answers]
    return [_answer_for(row, first[row.external_id], answers) for row in rows]


def _answer_for(row: Incoming, first: Incoming, answers: dict[str, Answer]) -> Answer:
    answer = answers.get(row.external_id)
    if answer is None:
        busy = Problem("busy", _("The server is busy with this row. Send it again."), status=503)
        return Answer(503, {}, busy)
    if row.content_hash != answer.kept:
        return Answer(409, {}, _other_content(row))
    return answer if row is first else replace(answer, status=200)


def _other_content(row: Incoming) -> Conflict:
    text = _("%(id)s was sent before with other content; the first one stands.") % {"id": row.external_id}
    return Conflict("other_content", text, field="external_id")


def _known_answers(source: AlertSource, external_ids: Iterable[str]) -> dict[str, Answer]:
    known = Alert.objects.filter(source=source, external_id__in=list(external_ids))
    found = known.values_list("external_id", "content_hash", "answered")
    return {external_id: Answer(200, body, kept=digest) for external_id, digest, body in found}


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
        _dispatch(case_plans, at=at)
    return answers


def _take_in_held(source: AlertSource, rows: Sequence[Incoming], *, at: dt.datetime) -> dict[str, Answer]:
    """Somebody was faster: this time hold the cases before they are read, so that nobody can be faster again."""
    answers: dict[str, Answer] = {}
    for step in _steps(rows, URGENT_STEP):
        try:
            with versions.one_change():
                _hold_cases(step, at=at)
                known, weights = look_up(step, at=at), Policy.current("triage")
                cases, unclear = plan(step, known, source=source, weights=weights, at=at)
                kept = keep(cases, unclear, source=source, at=at)
        except (Changed, IntegrityError, OperationalError):
            continue
        answers |= kept
        _dispatch(cases, at=at)
    return answers


def _hold_cases(rows: Sequence[Incoming], *, at: dt.datetime) -> None:
    people = list(look_up(rows, at=at).by_pk)
    active = Case.objects.filter(resident__in=people, status__in=states.ACTIVE_CASE).order_by("pk")
    list(active.select_for_update().values_list("pk"))


def _dispatch(cases: Sequence[CasePlan], *, at: dt.datetime) -> None:
    """Send somebody to what is urgent; the alerts are kept whatever stands in the way, and `watch` tries again."""
    for made in cases:
        if made.case.dispatch_due_at is not None:
            try:
                visits.dispatch_case(made.case.pk, at=max(at, timezone.now()))
            except Exception:
                logger.exception("Case %s could not be dispatched; the watch tries again.", made.case.pk)


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
        visits.pass_on(case, at=at)
    return case


def _steps(plans: Sequence[Any], size: int) -> Iterator[list[Any]]:
    rest = iter(plans)
    while step := list(islice(rest, size)):
        yield step


@versions.one_change()
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
        _set_way(made, holders.get(made.case.pk, ()), at=at)
        history += _history(made, at=at)
        for row in made.rows:
            if row.alert_id is None:
                alerts.append(alert_of(row, source=source, at=at, case=made.case))
            else:
                Alert.objects.filter(pk=row.alert_id).update(case=made.case, resident=made.case.resident_id)
    gone = warnings.release([made.case for made in joined])
    planned = warnings.plan([made.case for made in cases], at=at, held=holders)
    waiting = [alert_of(made.row, source=source, at=at, case=None) for made in unclear]
    fresh = [made.case for made in cases if made.before is None]
    Case.objects.bulk_create(fresh)
    Alert.objects.bulk_create(alerts + waiting)
    TriageEntry.objects.bulk_create(
        [entry_of(made, alert, at=at) for made, alert in zip(unclear, waiting, strict=True)]
    )
    CaseEvent.objects.bulk_create(history)
    for made in joined:
        made.case.save(update_fields=PLANNED)
    hotline_queue.follow([made.case for made in joined], fresh=fresh, at=at)
    Delivery.objects.bulk_create(planned)
    warnings.drop(gone, at=at)
    versions.touch(assignment.person_id for held in holders.values() for assignment in held)
    return {alert.external_id: Answer(201, alert.answered, kept=alert.content_hash) for alert in alerts + waiting}


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


def _holders(cases: Sequence[Case]) -> dict[Any, list[Assignment]]:
    found: dict[Any, list[Assignment]] = {}
    open_now = Assignment.objects.filter(case__in=cases, status__in=states.OPEN_ASSIGNMENT)
    held = open_now.select_related("person") if cases else ()
    for assignment in held:
        found.setdefault(assignment.case_id, []).append(assignment)
    return found


def _set_way(made: CasePlan, held: Sequence[Assignment], *, at: dt.datetime) -> None:
    case = made.case
    if made.reopens and case.due_way == "visit" and held and assignments.cancel_follow_up(case, at=at):
        held = [assignment for assignment in held if assignment.status != states.Assignment.ASSIGNED]
    lead = next((assignment for assignment in held if assignment.part == Assignment.Part.LEAD), None)
    if made.before is not None and case.risk != made.before:
        case.shortfall = []  # who was told of it was told of a calmer case
        if lead is not None and case.risk == "high" and assignments.let_go_unanswered(lead, case, at=at):
            lead = None
    unfit = lead is not None and not roles.may_lead(lead.person.role, case.risk)
    if unfit and case.attention in attention.ASKED_BY_CLOCK:
        case.attention = Case.Attention.NEEDS_OFFICER
    # What the desk has recalled waits for the desk, whatever comes in: its board shows the new warning.
    if case.wants_visit and lead is None and case.attention != Case.Attention.RECALLED:
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
        case.status, case.monitored_from = states.Case.OPEN, None
        if case.due_way == "visit":
            case.follow_up_on = None  # the visit comes first; what it finds sets the next day
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
