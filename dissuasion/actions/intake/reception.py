"""Takes alerts in: each is kept exactly as received, once, and leads to a case or to triage. Urgent ones go first."""

import datetime as dt
import logging
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, NotRequired, TypedDict

from django.db import IntegrityError, OperationalError, connection
from django.utils import timezone
from django.utils.translation import gettext as _

from config.lib.database.patience import IN_ALL_S, ROW_S, LockBudget
from config.lib.database.unavailable import is_away
from config.lib.http.problems import Conflict, Problem
from dissuasion.actions.case import joining, visits
from dissuasion.actions.case.joining import CasePlan, Changed
from dissuasion.actions.intake.placement import TriagePlan, alert_of, entry_of, plan
from dissuasion.models import Alert, AlertSource, Case, Policy, TriageEntry
from dissuasion.queries.background import look_up
from dissuasion.rules import words
from dissuasion.rules.incoming import FieldCode, Incoming, of_source
from dissuasion.rules.levels import Way
from dissuasion.telling import versions

logger = logging.getLogger(__name__)
# Rows are written in portions, a transaction each: small ones for the urgent, so that the first phone rings before
# the last row is written; large ones for the rest.
URGENT_PORTION, PORTION = 8, 250
TRIES = 4
PORTION_WAIT_S = 0.25  # for what somebody else holds, the first time: others of the batch wait behind it
Plans = tuple[Sequence[CasePlan], Sequence[TriagePlan]]


class AlertAnswer(TypedDict):
    """What a source is told of an alert that is kept: its case, or that it waits in triage."""

    alert: str
    external_id: str
    way: str
    case: str | None
    risk: str | None
    received_at: str
    faults: NotRequired[list[FieldCode]]


class Busy(Problem):
    """Somebody has locked what this row needs; `wait` is the number of seconds after which to send it again."""

    wait = 1

    def __init__(self) -> None:
        super().__init__("busy", _("The server is busy with this row. Send it again."), status=503)


@dataclass(frozen=True)
class Answer:
    """What the source is told of one row: the HTTP status it would have had alone, and the body or the problem.

    `kept` is the content hash of the alert that is kept under this external id.
    """

    status: int
    body: AlertAnswer | None
    problem: Problem | None = None
    kept: str = ""


@dataclass(frozen=True)
class IntakeRequest:
    """One request with alerts: from which source, when, and how long it may wait for locks (s)."""

    source: AlertSource
    at: dt.datetime
    portion_s: float
    patience: LockBudget

    def plan(self, rows: Sequence[Incoming]) -> Plans:
        """Return what these rows lead to, as everything stands now."""
        known, weights = look_up(rows, at=self.at), Policy.current("triage")
        return plan(rows, known, source=self.source, weights=weights, at=self.at)

    @contextmanager
    def transaction(self, *, waits_s: float) -> Iterator[None]:
        """Open a transaction that waits for locks at most `waits_s` seconds, and no longer than the patience left."""
        with self.patience.spent(), versions.one_change(waits_s=self.patience.turn(waits_s)):
            yield

    def keep(self, plans: Plans, *, waits_s: float) -> dict[str, Answer]:
        """Write these plans in one transaction and return the rows' answers."""
        with self.transaction(waits_s=waits_s):
            return _written(*plans, source=self.source, at=self.at)


def receive(source: AlertSource, rows: Sequence[Incoming], *, at: dt.datetime) -> list[Answer]:
    """Keep `rows` and return an answer for each, in order: 201 new, 200 already known, 409 known with other content.

    Each row is committed before it is answered. High-risk cases are dispatched as soon as they are committed. A row
    that somebody else holds is waited for three seconds in all, then answered 503; the others are kept.
    """
    rows = [of_source(row, kind=source.kind, instructs=source.instructs) for row in rows]
    first: dict[str, Incoming] = {}
    for row in rows:
        first.setdefault(row.external_id, row)
    answers = _known_answers(source, first)
    fresh = [row for key, row in first.items() if key not in answers]
    taking = IntakeRequest(source, at, PORTION_WAIT_S if len(fresh) > 1 else IN_ALL_S, LockBudget())
    for attempt in range(TRIES):
        if not fresh:
            break
        waits = 0 < attempt < TRIES - 1
        answers |= (_take_in_held if waits else _take_in)(taking, fresh)
        fresh = [row for row in fresh if row.external_id not in answers]
        if fresh:
            answers |= _known_answers(source, [row.external_id for row in fresh])
            fresh = [row for row in fresh if row.external_id not in answers]
    return [_answer_for(row, first[row.external_id], answers) for row in rows]


def _answer_for(row: Incoming, first: Incoming, answers: dict[str, Answer]) -> Answer:
    answer = answers.get(row.external_id)
    if answer is None:
        return Answer(503, None, Busy())
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


def _take_in(taking: IntakeRequest, rows: Sequence[Incoming]) -> dict[str, Answer]:
    """Write what can be written now; rows that somebody else is writing are missing from the answers."""
    cases, unclear = taking.plan(rows)
    urgent = [made for made in cases if made.case.due_way == Way.VISIT]
    work: list[Plans] = [(portion, []) for portion in _portions(urgent, URGENT_PORTION)]
    work += [(portion, []) for portion in _portions(cases[len(urgent) :], PORTION)]
    work += [([], portion) for portion in _portions(unclear, PORTION)]
    answers: dict[str, Answer] = {}
    for plans in work:
        answers |= _take_portion(taking, plans)
    return answers


def _take_portion(taking: IntakeRequest, plans: Plans) -> dict[str, Answer]:
    """Write these plans, except those whose cases somebody has changed or locked; return the rows' answers."""
    cases, unclear = plans
    try:
        answers = taking.keep(plans, waits_s=taking.portion_s)
    except Changed as changed:  # nothing was touched yet
        free = [made for made in cases if made.case.pk not in changed.cases]
        return _take_portion(taking, (free, unclear)) if free else {}
    except (IntegrityError, OperationalError) as error:
        if is_away(error):
            raise
        rows = [row for made in cases for row in made.rows] + [made.row for made in unclear]
        one_lock_for_all = connection.vendor == "sqlite" and isinstance(error, OperationalError)
        if len(rows) == 1 or one_lock_for_all:
            return {}
        # The error does not say which row it was: each half is planned and written again.
        half = len(rows) // 2
        return _take_portion(taking, taking.plan(rows[:half])) | _take_portion(taking, taking.plan(rows[half:]))
    _dispatch(taking, cases)
    return answers


def _take_in_held(taking: IntakeRequest, rows: Sequence[Incoming]) -> dict[str, Answer]:
    """Write row by row, each case locked before it is read, so that nobody can change it in between."""
    answers: dict[str, Answer] = {}
    for row in rows:
        if not taking.patience.left_s:
            break  # the last attempt takes what is free by then
        try:
            with taking.transaction(waits_s=ROW_S):
                joining.hold(look_up([row], at=taking.at).by_pk)
                cases, unclear = taking.plan([row])
                kept = _written(cases, unclear, source=taking.source, at=taking.at)
        except (Changed, IntegrityError, OperationalError) as error:
            if is_away(error):
                raise
            continue
        answers |= kept
        _dispatch(taking, cases)
    return answers


def _dispatch(taking: IntakeRequest, cases: Sequence[CasePlan]) -> None:
    """Dispatch the cases that are due; when one fails, its alerts are kept all the same, and `watch` tries again."""
    for made in cases:
        if made.case.dispatch_due_at is not None:
            try:
                with taking.patience.spent():
                    waits_s = taking.patience.turn()
                    visits.dispatch_case(made.case.pk, at=max(taking.at, timezone.now()), waits_s=waits_s)
            except Exception:
                logger.exception("Case %s could not be dispatched; the watch tries again.", made.case.pk)


def place_settled(source: AlertSource, row: Incoming, *, at: dt.datetime) -> Case:
    """Return the case of a kept alert whose resident a person has named; an urgent one is dispatched after commit."""
    # A person's request waits for the lock of the case; a batch skips it and tries again.
    if row.resident_id is not None:
        joining.hold([row.resident_id])
    cases, unclear = plan([row], look_up([row], at=at), source=source, weights=Policy.current("triage"), at=at)
    if unclear:
        raise Problem("no_unit", words.sentence(unclear[0].reason), status=409)
    try:
        _written(cases, [], source=source, at=at)
    except (Changed, IntegrityError) as error:
        raise Conflict("changed", _("The case has just changed. Try again.")) from error
    case = cases[0].case
    if case.dispatch_due_at is not None:
        visits.pass_on(case, at=at)
    return case


def _portions(plans: Sequence[Any], size: int) -> Iterator[list[Any]]:
    for begin in range(0, len(plans), size):
        yield list(plans[begin : begin + size])


def _written(
    cases: Sequence[CasePlan], unclear: Sequence[TriagePlan], *, source: AlertSource, at: dt.datetime
) -> dict[str, Answer]:
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
