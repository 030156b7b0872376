"""What a chief decides: assign, reassign, recall, the level, what an unclear alert means. Requests, so refusable."""

import datetime as dt
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts import roles
from accounts.models import Person
from config.lib.http.problems import Conflict, field_fault
from dissuasion.actions.case import attention, hotline_queue, visits, warnings
from dissuasion.actions.dispatch import assignments, hold
from dissuasion.models import Assignment, Case, CaseEvent
from dissuasion.rules import states, triage
from dissuasion.telling import events, versions

Event = CaseEvent.Kind


@versions.one_change()
def assign(
    chief: Person,
    case_id: UUID,
    *,
    to: Person,
    companion: Person | None,
    instead_of: UUID | None,
    at: dt.datetime,
) -> Assignment:
    """Give a case to somebody; the choice wins over the machine's and is never undone by it.

    `instead_of` names the assignment that the chief saw and replaces; another holder raises Conflict with their name.
    """
    case = hold.lock(case_id)
    _check_active(case)
    assignments.check_may_lead(to, case)
    held = hold.holder(case)
    if held is not None:
        if held.pk != instead_of:
            text = _("%(name)s already holds this case.") % {"name": held.person.name}
            who = {"assignment": str(held.pk), "person": str(held.person_id), "name": held.person.name}
            raise Conflict("already_assigned", text, holder=who)
        _recall(held, case, chief, at=at, reason="reassigned")
    # A companion becomes the lead, and nobody else is asked any more.
    there = Assignment.objects.filter(case=case, status__in=states.OPEN_ASSIGNMENT).select_related("person")
    for along in there.filter(Q(person=to) | Q(part=Assignment.Part.SECOND)):
        _recall(along, case, chief, at=at, reason="reassigned")
    if case.status == states.Case.MONITORING:
        case.status, case.follow_up_on, case.monitored_from = states.Case.OPEN, None, None
        case.save(update_fields=["status", "follow_up_on", "monitored_from"])
        events.record(case, Event.REOPENED, at=at, by=chief, cause="desk")
        hotline_queue.follow([case], at=at)
    made = visits.lead(case, person=to, by=chief, at=at, reasons=[{"code": "chosen"}])
    if companion is not None:
        add_companion(chief, case, companion=companion, at=at)
    return made


def add_companion(chief: Person, case: Case, *, companion: Person, at: dt.datetime) -> Assignment:
    """Send somebody of the field along; whoever goes along already stays."""
    if companion.role not in roles.MAY_VISIT:
        raise field_fault("companion", "may_not_go", _("%(name)s makes no visits.") % {"name": companion.name})
    with_them = Assignment.objects.filter(case=case, person=companion, status__in=states.OPEN_ASSIGNMENT).first()
    if with_them is not None:
        return with_them
    return assignments.give(
        case, person=companion, by=chief, at=at, reasons=[{"code": "chosen"}], part=Assignment.Part.COMPANION
    )


@versions.one_change()
def recall(chief: Person, case_id: UUID, *, reason: str, at: dt.datetime) -> Case:
    """Take a case back from everybody who holds it; it waits on the desk and the machine leaves it alone."""
    case = hold.lock(case_id)
    held = Assignment.objects.filter(case=case, status__in=states.OPEN_ASSIGNMENT).select_related("case")
    if not held:
        raise Conflict("nobody_holds_it", _("Nobody holds this case now."))
    for assignment in held:
        _recall(assignment, case, chief, at=at, reason=reason)
    case.attention, case.dispatch_due_at, case.reminder_at = Case.Attention.RECALLED, None, None
    case.save(update_fields=["attention", "dispatch_due_at", "reminder_at"])
    return case


def _recall(assignment: Assignment, case: Case, chief: Person, *, at: dt.datetime, reason: str) -> None:
    assignment.case = case
    if not assignments.end(assignment, states.Assignment.RECALLED, at=at, by=chief, reason=reason):
        raise Conflict("already_ended", _("It has just ended. Look again."))


@versions.one_change()
def decide(chief: Person, case_id: UUID, *, close: bool, reason: str, at: dt.datetime) -> Case:
    """Answer what the desk was asked about a case: close it, or note that it goes on.

    One that needs a visit and that nobody has goes to the machine again, unless a day is set: nothing would follow.
    """
    case = hold.lock(case_id)
    if close:
        _check_active(case)
        if Assignment.objects.filter(case=case, status__in=states.OPEN_ASSIGNMENT).exists():
            raise Conflict("somebody_holds_it", _("Somebody holds this case. Recall it first."))
        case.status, case.closed_at = states.Case.CLOSED, at
        case.dispatch_due_at = case.follow_up_on = case.monitored_from = None
    case.attention, case.shortfall = Case.Attention.NONE, []
    case.save()
    events.record(case, Event.CLOSED if close else Event.DECIDED, at=at, by=chief, reason=reason)
    hotline_queue.follow([case], at=at)
    waits = case.status == states.Case.OPEN and case.wants_visit and case.follow_up_on is None
    if waits and hold.holder(case) is None:
        visits.pass_on(case, at=at)
    return case


@versions.one_change()
def set_risk(chief: Person, case_id: UUID, *, risk: str, reason: str, at: dt.datetime) -> Case:
    """Raise or lower the level of a case; raised to high it is dispatched at once, unless somebody holds it."""
    case = hold.lock(case_id)
    _check_active(case)
    before, case.risk, case.due_way = case.risk, risk, triage.DUE_WAY[triage.Risk(risk)]
    kept = [old for old in case.reasons if old["code"] != "set_by_chief"]
    case.reasons = [{"code": "set_by_chief", "points": 0, "params": {"reason": reason}}, *kept]
    case.risk_by_chief = True
    if risk != before:
        case.shortfall = []  # who was told of it was told of another level
    if case.due_way == "visit" and case.status == states.Case.MONITORING:
        case.status, case.follow_up_on, case.monitored_from = states.Case.OPEN, None, None
        assignments.cancel_follow_up(case, at=at, by=chief)
        events.record(case, Event.REOPENED, at=at, by=chief, cause="desk")
    hotline_queue.follow([case], at=at)
    if case.attention == Case.Attention.SHORTFALL and not case.wants_visit:
        case.attention, case.shortfall, case.dispatch_due_at = Case.Attention.NONE, [], None
    case.save()
    events.record(case, Event.RISK_SET, at=at, by=chief, risk=risk, before=before)
    warnings.follow(case, at=at)
    versions.touch(hold.team(case))
    held = hold.holder(case)
    if held is not None and risk == "high" != before and assignments.let_go_unanswered(held, case, at=at, by=chief):
        held = None
    if held is not None and not roles.may_lead(held.person.role, risk):
        attention.ask_desk(case, Case.Attention.NEEDS_OFFICER)
    if case.due_way == "visit" and held is None:
        visits.pass_on(case, at=at)
    return case


def _check_active(case: Case) -> None:
    if case.status == states.Case.CLOSED:
        raise Conflict("case_closed", _("This case is closed."))
