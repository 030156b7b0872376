"""What all tables of the work share: read only, no sealed columns, search by case number or id."""

import datetime as dt
import re
import uuid
from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.lib.admin.pages import ReadOnlyPage, display, link
from dissuasion.admin.policy_forms import RISK_NAMES
from dissuasion.admin.scripts import scam_name
from dissuasion.models import Case
from dissuasion.rules import words

RISK_LABELS = {"high": "danger", "medium": "warning", "low": "info"}
SEALED = "····"
NUMBER = re.compile(r"D-(\d{6})-([0-9A-F]{6})", re.IGNORECASE)


def whole_id(typed: str) -> uuid.UUID | None:
    """Return the id that was typed, or None."""
    try:
        return uuid.UUID(typed)
    except ValueError:
        return None


def _first_id(day: dt.datetime) -> uuid.UUID:
    return uuid.UUID(int=int(day.timestamp() * 1000) << 80)


def cases_numbered(typed: str) -> Q | None:
    """Return the condition for the cases with a number as people say it: D-250630-4F2A1C.

    Ids are made in the order of time, so the day in the number is a short stretch of the primary key.
    """
    match = NUMBER.fullmatch(typed)
    if match is None:
        return None
    try:
        day = dt.datetime.strptime(match[1], "%y%m%d").replace(tzinfo=timezone.get_default_timezone())
    except ValueError:
        return None
    hour = dt.timedelta(hours=1)
    stretch = Q(pk__gte=_first_id(day - hour), pk__lt=_first_id(day + 25 * hour))
    return stretch & Q(pk__iendswith=match[2])


class RiskFilter(admin.SimpleListFilter):
    """By level, without asking the table which levels there are."""

    title = _("risk")
    parameter_name = "risk"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return list(RISK_NAMES.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(risk=self.value()) if self.value() in RISK_NAMES else queryset


class WorkPage(ReadOnlyPage):
    """One table of the work: found by id, or by the case it belongs to."""

    search_fields = ("=pk",)
    search_help_text = _("Case number, or a whole id")
    case_lookup = "case"

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[QuerySet[Any], bool]:
        typed = search_term.strip()
        if not typed:
            return queryset, False
        wanted = self.condition_for(typed)
        return (queryset.none() if wanted is None else queryset.filter(wanted)), False

    def condition_for(self, typed: str) -> Q | None:
        """Return the condition of a typed search; None when the text is no id or number of this table."""
        numbered = cases_numbered(typed)
        if numbered is not None:
            return Q(**{f"{self.case_lookup}__in": Case.objects.filter(numbered).values("pk")})
        found = whole_id(typed)
        return None if found is None else Q(pk=found) | Q(**{self.case_lookup: found})

    @display(description=_("risk"), label=RISK_LABELS)
    def level(self, row: Any) -> tuple[str, Any]:
        return row.risk, RISK_NAMES.get(row.risk, row.risk)

    @display(description=_("risk"))
    def risk_in_words(self, row: Any) -> str:
        return str(RISK_NAMES.get(row.risk, row.risk))

    @display(description=_("scam type"))
    def scam(self, row: Any) -> str:
        return scam_name(row.scam_type)

    @display(description=_("reasons"))
    def why(self, row: Any) -> str:
        return render_to_string("admin/dissuasion/reasons.html", {"reasons": words.with_text(row.reasons)})

    @display(description=_("assignment"))
    def part_in(self, row: Any) -> str:
        return link(row.assignment, row.assignment.case.number) if row.assignment else "–"
