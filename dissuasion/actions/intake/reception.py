"""Takes alerts in: each is kept exactly as received, once, and leads to a case or to triage. Urgent ones go first."""

import datetime as dt
import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypedDict

from django.db import IntegrityError, OperationalError
from django.utils import timezone
from django.utils.translation import gettext as _

from config.lib.http.problems import Conflict, Problem
from dissuasion.actions.case import joining, visits
from dissuasion.actions.case.joining import CasePlan, Changed
from dissuasion.actions.intake.placement import TriagePlan, alert_of, entry_of, plan
from dissuasion.models import Alert, AlertSource, Case, Policy, TriageEntry
from dissuasion.queries.background import look_up
from dissuasion.rules import words
from dissuasion.rules.incoming import Incoming
from dissuasion.rules.levels import Way
from dissuasion.telling import versions

logger = logging.getLogger(__name__)
# Small steps for the urgent, so that the first phone rings before the last row is written; large ones for the rest.
URGENT_STEP, STEP = 8, 250
TRIES = 4


class AlertAnswer(TypedDict):
    """What a source is told of an alert that is kept: the way it went."""

    alert: str
    external_id: str
    way: str
    case: str | None
    risk: str | None
    received_at: str


@dataclass(frozen=True)
class Answer:
    """What the source is told of one row: the HTTP status it would have had alone, and the body or the problem.

    `kept` is the content hash of the alert that is kept under this external id.
    """

    status: int
    body: AlertAnswer | None
    problem: Problem | None = None
    kept: str = ""


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
        return Answer(503, None, busy)
    if row.content_hash != answer.kept:
        return Answer(409, None, _other_content(row))
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
    urgent = [made for made in cases if made.case.due_way == Way.VISIT]
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
                joining.hold(look_up(step, at=at).by_pk)
                known, weights = look_up(step, at=at), Policy.current("triage")
                cases, unclear = plan(step, known, source=source, weights=weights, at=at)
                kept = keep(cases, unclear, source=source, at=at)
        except (Changed, IntegrityError, OperationalError):
            continue
        answers |= kept
        _dispatch(cases, at=at)
    return answers


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
    for begin in range(0, len(plans), size):
        yield list(plans[begin : begin + size])


@versions.one_change()
def keep(
    cases: Sequence[CasePlan], unclear: Sequence[TriagePlan], *, source: AlertSource, at: dt.datetime
) -> dict[str, Answer]:
    """Write these plans in one transaction and return the rows' answers; raise Changed when a case moved meanwhile."""
    joining.write(cases, at=at)
    alerts = _alerts_of(cases, source=source, at=at)
    waiting = [alert_of(made.row, source=source, at=at, case=None) for made in unclear]
    Alert.objects.bulk_create(alerts + waiting)
    TriageEntry.objects.bulk_create(
        [entry_of(made, alert, at=at) for made, alert in zip(unclear, waiting, strict=True)]
    )
    return {alert.external_id: Answer(201, alert.answered, kept=alert.content_hash) for alert in alerts + waiting}


def _alerts_of(cases: Sequence[CasePlan], *, source: AlertSource, at: dt.datetime) -> list[Alert]:
    """Return the unsaved alerts of these plans; one that is kept already gets the case that a person has named."""
    alerts = []
    for made in cases:
        for row in made.rows:
            if row.alert_id is None:
                alerts.append(alert_of(row, source=source, at=at, case=made.case))
            else:
                Alert.objects.filter(pk=row.alert_id).update(case=made.case, resident=made.case.resident_id)
    return alerts
