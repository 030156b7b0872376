"""The workload of a person as a column of a query: counted from open assignments only, however long the history."""

import datetime as dt
from typing import Any

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from accounts.models import Shift
from dissuasion.models import Assignment
from dissuasion.rules import states


def open_cases(**only: Any) -> Coalesce:
    """Return the number of open assignments of the outer person, of all or of those that `only` describes."""
    held = Assignment.objects.filter(person=OuterRef("pk"), status__in=states.OPEN_ASSIGNMENT, **only).order_by()
    return Coalesce(Subquery(held.values("person").annotate(n=Count("pk")).values("n")), 0)


def on_duty_until(now: dt.datetime) -> Subquery:
    """Return the end of the running shift of the outer person, null when they are off duty."""
    running = Shift.objects.filter(person=OuterRef("pk"), starts_at__lte=now, ends_at__gt=now)
    return Subquery(running.order_by("-ends_at").values("ends_at")[:1])
