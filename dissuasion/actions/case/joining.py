"""Opens cases for new alerts, or joins alerts to the open case of their resident (开案、并案), many at once."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from accounts import roles
from dissuasion.actions.case import attention, hotline_queue, level, moves, warnings
from dissuasion.actions.dispatch import assignments
from dissuasion.models import Assignment, Case, CaseEvent, Delivery, Policy
from dissuasion.rules import levels, states, triage
from dissuasion.rules.incoming import FLAGS, Incoming
from dissuasion.rules.levels import Risk, Way
from dissuasion.telling import events, kinds, versions

Attention = Case.Attention
Held = dict[UUID, list[Assignment]]
JOINED = (
    "status", "risk", "due_way", "points", "reasons", "weights", "scam_type", "lat", "lon", "cell", "amount_at_risk",
    "already_transferred", "follow_up_on", "monitored_from", "closed_at", "disposition", "dispatch_due_at",
    "attention", "message_due_at", "shortfall", "instruction",
)  # fmt: skip


# Reasons that a new judgement does not replace.
KEPT = triage.SAID_SINCE | FLAGS


class Changed(Exception):
    """Somebody else has changed these cases or holds them now: plan them again. The other plans stand."""

    def __init__(self, cases: Iterable[UUID]) -> None:
        super().__init__("Somebody else was faster.")
        self.cases = frozenset(cases)


@dataclass
class CasePlan:
    """A case and the alerts that lead to it. `before` is the level it had, or None for a new case.

    `seen` is the `appearance` of the case when it was planned; a case that has changed since must be planned again.
    """

    case: Case
    rows: list[Incoming] = field(default_factory=list)
    before: str | None = None
    seen: tuple[object, ...] = ()

    @property
    def urgency(self) -> tuple[bool, int, int]:
        """Sorts plans: what a superior calls urgent, then high risk, then by points."""
        return (not self.case.is_urgent, -levels.ORDER[Risk(self.case.risk)], -self.case.points)


def appearance(case: Case) -> tuple[object, ...]:
    """Return the columns of an open case on which a plan depends."""
    amounts = (case.amount_at_risk, case.already_transferred)
    clocks = (case.reminder_at, case.message_due_at, case.follow_up_on)
    level = (case.risk, case.risk_by_chief, case.settled_at, case.instruction, case.points)
    return (case.status, *level, *amounts, case.attention, case.disposition, *clocks)


def judge(made: CasePlan, judgement: triage.Judgement, *, weights: Policy, reachable: bool) -> None:
    """Apply a judgement to a planned case, in memory. It only raises the level; low needs a `reachable` resident."""
    case = made.case
    risk = levels.higher(made.before, judgement.risk) if made.before else judgement.risk
    case.points = max(case.points, judgement.points)
    judged = {reason["code"] for reason in judgement.reasons}
    kept = [reason for reason in case.reasons if reason["code"] in KEPT - judged]
    case.reasons, case.weights = kept + judgement.reasons, weights
    if risk == Risk.LOW and not reachable and not case.risk_by_chief:
        # A low case gets only a message, and there is no number to send it to: a person must look.
        risk = Risk.MEDIUM
        level.say_why(case, "unreachable_by_message")
    level.put(case, risk)


def write(plans: Sequence[CasePlan], *, at: dt.datetime) -> None:
    """Write the planned cases with their history and let the ways follow; raise Changed when one changed meanwhile."""
    joined = [made for made in plans if made.before is not None]
    fresh = [made.case for made in plans if made.before is None]
    _lock_and_compare(joined)
    held = _held([made.case for made in joined])
    history: list[CaseEvent] = []
    for made in plans:
        history += _take_up(made, held.get(made.case.pk, []), at=at)
    no_longer_warned = warnings.stop_clocks([made.case for made in joined])
    planned = warnings.plan([made.case for made in plans], at=at, held=held)
    Case.objects.bulk_create(fresh)
    CaseEvent.objects.bulk_create(history)
    for made in joined:
        made.case.save(update_fields=JOINED)
    hotline_queue.follow([made.case for made in joined], fresh=fresh, at=at)
    Delivery.objects.bulk_create(planned)
    warnings.drop(no_longer_warned, at=at)
    versions.touch(assignment.person_id for parts in held.values() for assignment in parts)


def _lock_and_compare(joined: Sequence[CasePlan]) -> None:
    """Lock the cases that alerts join; raise Changed with those that changed since they were read, or are locked.

    It waits for no lock: one locked row must not keep a whole batch waiting.
    """
    if not joined:
        return
    ids = sorted(made.case.pk for made in joined)
    free = Case.objects.select_for_update(skip_locked=True).filter(pk__in=ids).order_by("pk")
    locked = {case.pk: appearance(case) for case in free}
    moved = [made.case.pk for made in joined if locked.get(made.case.pk) != made.seen]
    if moved:
        raise Changed(moved)


def _held(cases: Sequence[Case]) -> Held:
    found: Held = {}
    if not cases:
        return found
    open_now = Assignment.objects.filter(case__in=cases, status__in=states.OPEN_ASSIGNMENT)
    for assignment in open_now.select_related("person"):
        found.setdefault(assignment.case_id, []).append(assignment)
    return found


def _take_up(made: CasePlan, held: Sequence[Assignment], *, at: dt.datetime) -> list[CaseEvent]:
    """Update a planned case after its alerts, in memory; return its unsaved history."""
    case = made.case
    history = _heard(made, at=at)
    if case.status == states.Case.MONITORING:
        held = _without_follow_up(case, held, at=at)
        moves.put(case, status=states.Case.OPEN, **moves.reopened(case))
        history.append(events.event(case, kinds.Reopened(cause="repeat"), at=at))
    lead = next((assignment for assignment in held if assignment.part == Assignment.Part.LEAD), None)
    _send(made, lead, at=at)
    if case.risk != made.before:
        history.append(_judged(made, at=at))
    return history


def _without_follow_up(case: Case, held: Sequence[Assignment], *, at: dt.datetime) -> Sequence[Assignment]:
    """Recall an unanswered follow-up of a case that needs a visit now; return the assignments that remain."""
    if case.due_way == Way.VISIT and held and assignments.cancel_follow_up(case, at=at):
        return [assignment for assignment in held if assignment.status != states.Assignment.ASSIGNED]
    return held


def _send(made: CasePlan, lead: Assignment | None, *, at: dt.datetime) -> None:
    """Let the visit follow the new level: ask for a dispatch, or for an officer where the lead may not lead it."""
    case = made.case
    raised = made.before is not None and case.risk != made.before
    if raised and case.risk == Risk.HIGH and lead is not None and assignments.lapse_if_slower(lead, case, at=at):
        lead = None
    if lead is not None:
        if not roles.may_lead(lead.person.role, case.risk) and attention.may_be_replaced(case):
            moves.put(case, attention=Attention.NEEDS_OFFICER)
    elif case.wants_visit and case.attention != Attention.RECALLED:
        # A case that the desk has recalled waits for the desk, whatever comes in: its board shows the new alert.
        case.dispatch_due_at = at


def _heard(made: CasePlan, *, at: dt.datetime) -> list[CaseEvent]:
    history = []
    for number, row in enumerate(made.rows):
        kind = kinds.Heard if made.before is None and number == 0 else kinds.Joined
        heard = kind(channel=row.channel, external_id=row.external_id)
        history.append(events.event(made.case, heard, at=at, happened_at=row.occurred_at))
    return history


def _judged(made: CasePlan, *, at: dt.datetime) -> CaseEvent:
    case = made.case
    codes = [reason["code"] for reason in case.reasons]
    judged = kinds.Judged(risk=case.risk, before=made.before, points=case.points, reasons=codes)
    return events.event(case, judged, at=at)


def hold(residents: Iterable[UUID]) -> None:
    """Lock the active cases of these residents until the transaction ends, in the order of their ids."""
    active = Case.objects.filter(resident__in=list(residents), status__in=states.ACTIVE_CASE).order_by("pk")
    _locked = list(active.select_for_update().values_list("pk"))
