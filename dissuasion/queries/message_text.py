"""What a message says, to staff and to residents: nobody's name, no address, nothing that a stranger may not read."""

import datetime as dt
from uuid import UUID

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts import people
from dissuasion.models import Assignment, Delivery
from dissuasion.rules import states
from dissuasion.rules.levels import Way
from dissuasion.rules.residents import warning_words
from dissuasion.rules.residents.budgets import quiet_until

Purpose = Delivery.Purpose


def still_wanted(delivery: Delivery) -> str:
    """Return the code why a message is no longer wanted; empty when it is. An old or closed case never rings."""
    assignment = delivery.assignment
    if delivery.case.status == states.Case.CLOSED:
        return "closed"
    if delivery.purpose == Purpose.WARNING:
        return _warning_wanted(delivery)
    if delivery.person is not None and not delivery.person.is_active:
        return "no_rights"
    if delivery.purpose == Purpose.SHORTFALL:
        return "" if delivery.case.shortfall else "answered"
    if assignment is None:
        return ""
    if delivery.purpose == Purpose.OVERDUE:
        return "" if assignment.is_open else "ended"
    reason = _answer_wanted(assignment, delivery.purpose)
    if reason and delivery.purpose == Purpose.VISIT:
        other = also_waiting(assignment.pk)
        if other is not None:
            return _answer_wanted(other, Purpose.VISIT)  # bundled into this message
    return reason


def also_waiting(assignment_id: UUID) -> Assignment | None:
    """Return another visit that waits unseen for an answer of the same person."""
    waiting = Assignment.objects.filter(
        person__assignments=assignment_id, status=states.Assignment.ASSIGNED, shown_at=None
    )
    return waiting.exclude(pk=assignment_id).select_related("person").order_by("assigned_at").first()


def _answer_wanted(assignment: Assignment, purpose: str) -> str:
    if assignment.status != states.Assignment.ASSIGNED:
        return "answered" if assignment.is_open else "ended"
    return _visit_wanted(assignment) if purpose == Purpose.VISIT else ""


def _visit_wanted(assignment: Assignment) -> str:
    if assignment.shown_at is not None:
        return "shown"
    # A person who is off duty gets no message, unless a desk chose them all the same.
    chosen = assignment.assigned_by_id is not None
    return "" if chosen or people.on_duty_until(assignment.person, at=timezone.now()) else "off_duty"


def _warning_wanted(delivery: Delivery) -> str:
    resident = delivery.resident
    if delivery.case.due_way != Way.MESSAGE or delivery.case.status != states.Case.OPEN:
        return "level_raised"
    if resident is None or not resident.phone:
        return "no_number"
    return "complaint" if resident.household.no_messages_since else ""


def not_before(delivery: Delivery, *, at: dt.datetime) -> dt.datetime | None:
    """Return until when a due message must wait, or None: residents get none at night unless money is moving."""
    if delivery.purpose != Purpose.WARNING or delivery.case.money_moves:
        return None
    return quiet_until(timezone.localtime(at))


def text_of(delivery: Delivery) -> str:
    """Return the words of a message in the reader's language; residents are written to in Chinese."""
    with translation.override(delivery.person.language if delivery.person else "zh-hans"):
        said = _TEXTS[Purpose(delivery.purpose)](delivery)
        return _("Again: %(text)s") % {"text": said} if delivery.repeats_id else said


def _visit(delivery: Delivery) -> str:
    waiting = Assignment.objects.filter(person=delivery.person, status=states.Assignment.ASSIGNED)
    by = waiting.order_by("acknowledge_by").values_list("acknowledge_by", flat=True).first()
    text = _("Doorstep: visits to acknowledge: %(count)d, the first by %(time)s. Open the app.")
    return text % {"count": waiting.count(), "time": _clock(by)}


def _unanswered(delivery: Delivery) -> str:
    since = delivery.assignment.assigned_at if delivery.assignment else delivery.planned_at
    text = _("Doorstep: nobody has acknowledged case %(number)s since %(time)s. Open the board.")
    return text % {"number": delivery.case.number, "time": _clock(since)}


def _shortfall(delivery: Delivery) -> str:
    return _("Doorstep: nobody can go to case %(number)s. Open the board.") % {"number": delivery.case.number}


def _overdue(delivery: Delivery) -> str:
    return _("Doorstep: case %(number)s is late. Open the board.") % {"number": delivery.case.number}


def _warning(delivery: Delivery) -> str:
    return warning_words.words_for(delivery.about, channel=delivery.channel, language="zh-hans")


_TEXTS = {
    Purpose.VISIT: _visit,
    Purpose.UNANSWERED: _unanswered,
    Purpose.SHORTFALL: _shortfall,
    Purpose.OVERDUE: _overdue,
    Purpose.WARNING: _warning,
}


def _clock(at: dt.datetime | None) -> str:
    return f"{timezone.localtime(at):%H:%M}" if at else ""
