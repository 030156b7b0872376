"""Acts on clocks that have passed: dispatch, deadlines of assignments, safety on scene, messages to residents."""

import datetime as dt
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet
from django.utils import timezone

from dissuasion.actions.case import attention, ladder, visits
from dissuasion.actions.dispatch import hold
from dissuasion.actions.field import safety
from dissuasion.actions.messages import notices
from dissuasion.actions.residents.warning_outcomes import look
from dissuasion.models import URGENT_FIRST, Assignment, Case, CaseEvent, Delivery
from dissuasion.rules import states
from dissuasion.rules.clocks import Clock, unmet
from dissuasion.telling import events, kinds, versions

logger = logging.getLogger(__name__)
AT_ONCE = 100  # rows of each kind a tick
WARNED_AT_ONCE = 10  # a morning's warnings come to their end together, and no rung may wait for them


def tick(*, at: dt.datetime) -> int:
    """Do what is due at `at`; return how many things were. One that fails is logged and does not hold up the rest."""
    # However long the others wait.
    cases = Case.objects.filter(dispatch_due_at__lte=at).order_by(URGENT_FIRST, "dispatch_due_at")
    late = Assignment.objects.filter(due_at__lte=at).order_by("due_at")
    silent = Assignment.objects.filter(safety_due_at__lte=at).order_by("safety_due_at")
    warned = Case.objects.filter(message_due_at__lte=at).order_by("message_due_at")[:WARNED_AT_ONCE]
    # Read before anything is done: what is put off by this tick waits for the next one.
    due = [
        *[Due(Case, "dispatch_due_at", key, (key,), visits.dispatch_case) for key in _keys(cases)],
        *[Due(Assignment, "due_at", *row, act_on_deadline) for row in _parts(late)],
        *[Due(Assignment, "safety_due_at", *row, safety.act_on_silence) for row in _parts(silent)],
        *[Due(Case, "message_due_at", key, (key,), look) for key in _keys(warned)],
    ]
    for each in due:
        each.carry_out(at=_now(at))
    return len(due)


@dataclass(frozen=True)
class Due:
    """Something whose clock has passed: the row and column of the clock, and what is done about which ids."""

    model: type[Model]
    clock: str
    key: UUID
    about: tuple[UUID, ...]
    act: Callable[..., object]

    def carry_out(self, *, at: dt.datetime) -> None:
        """Act on it; when that fails, log why and try again a little later."""
        try:
            self.act(*self.about, at=at)
        except Exception:
            logger.exception("%s %s could not be acted on; it is tried again shortly.", self.clock, self.key)
            self.put_off(at=_now(at))

    def put_off(self, *, at: dt.datetime) -> None:
        """Set the clock a little later, unless somebody has stopped it or set it anew meanwhile."""
        still_due = {"pk": self.key, f"{self.clock}__lte": at}
        self.model._default_manager.filter(**still_due).update(**{self.clock: at + visits.LOOK_AGAIN})


def _keys(rows: QuerySet[Any]) -> list[UUID]:
    return list(rows.values_list("pk", flat=True)[:AT_ONCE])


def _parts(rows: QuerySet[Assignment]) -> list[tuple[UUID, tuple[UUID, UUID]]]:
    return [(pk, (pk, case)) for pk, case in rows.values_list("pk", "case_id")[:AT_ONCE]]


def _now(at: dt.datetime) -> dt.datetime:
    """Return the time now, which in a long tick is later than `at`: deadlines count from when somebody was chosen."""
    return max(at, timezone.now())


@versions.one_change()
def act_on_deadline(assignment_id: UUID, case_id: UUID, *, at: dt.datetime) -> None:
    """Act on a passed deadline: climb the ladder of an unanswered assignment, tell the desk of any other deadline."""
    case = hold.lock_if_free(case_id)
    if case is None:
        return  # another watcher or an act holds it: the next tick looks again
    assignment = Assignment.objects.select_related("person").get(pk=assignment_id)
    if assignment.due_at is None or assignment.due_at > at:
        return  # another watcher was faster
    assignment.case = case
    if assignment.status == states.Assignment.ASSIGNED and ladder.goes_on(assignment):
        ladder.climb(assignment, case, at=at)
    else:
        _note_overdue(assignment, case, at=at)


def _note_overdue(assignment: Assignment, case: Case, *, at: dt.datetime) -> None:
    """Tell the desk and the station's chief, once for each clock; nobody on the way is called back."""
    overdue = CaseEvent.objects.filter(assignment=assignment, kind=kinds.Overdue.kind)
    told = set(overdue.values_list(kinds.Overdue.column("clock"), flat=True))
    # The ladder has told already, rung by rung, that nobody answered.
    told.add(Clock.ACKNOWLEDGE)
    clocks = {name: by for name, by in unmet(assignment).items() if name not in told}
    passed = sorted((by, name) for name, by in clocks.items() if by <= at)
    assignment.due_at = min((by for by in clocks.values() if by > at), default=None)
    assignment.save(update_fields=["due_at"])
    if not passed:
        return
    for _by, name in passed:
        events.record(case, kinds.Overdue(clock=name, part=assignment.part), at=at, assignment=assignment)
    attention.ask(case, Case.Attention.OVERDUE)
    notices.tell_chief(case, purpose=Delivery.Purpose.OVERDUE, at=at, assignment=assignment)
    versions.touch(hold.team(case))
