"""The moves of a case: each obeys the table of moves by compare-and-set and sets the same columns wherever it is made.

Only the files of this folder call them (import-linter checks that). Whoever makes a move lets the ways follow, once.
"""

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from config.lib.http.problems import Conflict
from dissuasion.models import Case
from dissuasion.rules import states
from dissuasion.rules.dispositions import MESSAGE_SENT
from dissuasion.telling import events, kinds
from dissuasion.telling.stamp import Stamp

Status, Attention = states.Case, Case.Attention
# Follow-ups of a day are given out when the day's shift has begun.
FOLLOW_UPS_FROM = dt.time(8, 30)


def reopen(case: Case, stamp: Stamp, *, cause: str) -> None:
    """Open a monitored or closed case again, held by `hold.lock`."""
    _move(case, Status.OPEN, reopened(case))
    events.record(case, kinds.Reopened(cause=cause), **stamp.to_dict())


def reopened(case: Case) -> dict[str, Any]:
    """Return the columns of a reopened case: no follow-up day, no end, no dispatch due yet."""
    disposition = "" if case.disposition == MESSAGE_SENT else case.disposition
    return {
        "closed_at": None, "follow_up_on": None, "monitored_from": None, "dispatch_due_at": None,
        "disposition": disposition,
    }  # fmt: skip


def monitor(case: Case, stamp: Stamp, *, day: dt.date, since: dt.date | None = None) -> None:
    """Monitor a case, held by `hold.lock`, until a day, under the disposition that it has in memory.

    `since` is the day from which its follow-ups count; by default the day of `stamp`.
    """
    morning = timezone.make_aware(dt.datetime.combine(day, FOLLOW_UPS_FROM))
    began = since or timezone.localdate(stamp.done_at)
    columns = {"follow_up_on": day, "monitored_from": began, "dispatch_due_at": morning, "closed_at": None}
    _move(case, Status.MONITORING, columns | {"disposition": case.disposition} | NOTHING_ASKED)
    monitored = kinds.Monitored(disposition=case.disposition, follow_up_on=day.isoformat())
    events.record(case, monitored, **stamp.to_dict())


def close(case: Case, stamp: Stamp, closed: kinds.Closed) -> None:
    """Close a case, held by `hold.lock`, under the disposition that it has in memory; `closed` says why.

    What a person closes is settled as of when they did it; the machine has only sent a message.
    """
    nothing_due = {"dispatch_due_at": None, "follow_up_on": None, "monitored_from": None}
    settled_at = case.settled_at
    if stamp.by is not None:  # a chief may have decided later than a record that only comes now
        settled_at = max(stamp.done_at, settled_at or stamp.done_at)
    ended = {"closed_at": stamp.at, "disposition": case.disposition, "settled_at": settled_at}
    _move(case, Status.CLOSED, ended | nothing_due | NOTHING_ASKED)
    events.record(case, closed, **stamp.to_dict())


NOTHING_ASKED: dict[str, Any] = {"attention": Attention.NONE, "shortfall": []}


def _move(case: Case, to: states.Case, columns: dict[str, Any]) -> None:
    """Move a case by compare-and-set; raise Conflict when it has changed, ValueError for a move that is not allowed."""
    if not states.case_may_move(case.status, to):
        raise ValueError(f"A case does not move from {case.status} to {to}.")
    moved = Case.objects.filter(pk=case.pk, status=case.status).update(status=to, **columns)
    if not moved:
        raise Conflict("changed", _("The case has just changed. Try again."))
    put(case, status=to, **columns)


def put(case: Case, **columns: Any) -> None:
    """Set columns of a case in memory, as the database has them or will have them."""
    for name, value in columns.items():
        setattr(case, name, value)
