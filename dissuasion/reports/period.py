"""A period of time, and the events of a unit within it."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet

from accounts.models import Unit
from dissuasion.access import below
from dissuasion.models import CaseEvent


@dataclass(frozen=True)
class Period:
    """From one moment to another, the end not included."""

    start: dt.datetime
    end: dt.datetime

    def __contains__(self, at: dt.datetime) -> bool:
        return self.start <= at < self.end


def events_of(unit: Unit, period: Period) -> QuerySet[CaseEvent]:
    """Return the events of a unit and all below it, by the server's clock, in no order."""
    return CaseEvent.objects.filter(below(unit), at__gte=period.start, at__lt=period.end).order_by()
