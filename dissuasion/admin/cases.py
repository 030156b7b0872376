"""The work itself, read only: alerts, triage, cases, assignments, acts, check-ins, visits, history.

Nobody changes a record here, whoever they are, and nothing sealed is opened. The tables grow to millions of rows.
"""

import datetime as dt
import re
import uuid
from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from config.lib.admin import AdminRows, FindsSealed, ReadOnlyPage, display
from dissuasion import words
from dissuasion.admin.policy_forms import RISK_NAMES
from dissuasion.admin.scripts import scam_name
from dissuasion.models import (
    Act,
    Alert,
    AlertSource,
    Assignment,
    Case,
    CaseEvent,
    CheckIn,
    TriageEntry,
    Visit,
    VisitAmount,
)  # fmt: skip
from households.admin import index_of_id, index_of_phone

RISK_LABELS = {"high": "danger", "medium": "warning", "low": "info"}
SEALED = "····"
NUMBER = re.compile(r"D-(\d{6})-([0-9A-F]{5})", re.IGNORECASE)


def whole_id(typed: str) -> uuid.UUID | None:
    """Return the id that was typed, or None."""
    try:
        return uuid.UUID(typed)
    except ValueError:
        return None


def _first_id(day: dt.datetime) -> uuid.UUID:
    return uuid.UUID(int=int(day.timestamp() * 1000) << 80)


def cases_numbered(typed: str) -> Q | None:
    """Return the condition for the cases with a number as people say it: D-250630-4F2A1.

    Ids are made in the order of time, so the day in the number is a short stretch of the primary key.
    """
    match = NUMBER.fullmatch(typed)
    if match is None:
        return None
    try:
        day = dt.datetime.strptime(match[1], "%y%m%d").replace(tzinfo=dt.UTC)
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
        wanted = self.wanted(typed)
        return (queryset.none() if wanted is None else queryset.filter(wanted)), False

    def wanted(self, typed: str) -> Q | None:
        """Return the condition that a typed search means; None for what means nothing here."""
        numbered = cases_numbered(typed)
        if numbered is not None:
            return Q(**{f"{self.case_lookup}__in": Case.objects.filter(numbered).values("pk")})
        found = whole_id(typed)
        return None if found is None else Q(pk=found) | Q(**{self.case_lookup: found})

    @display(description=_("risk"), label=RISK_LABELS)
    def level(self, row: Any) -> tuple[str, Any]:
        return row.risk, RISK_NAMES.get(row.risk, row.risk)

    @display(description=_("scam type"))
    def scam(self, row: Any) -> str:
        return scam_name(row.scam_type)

    @display(description=_("reasons"))
    def why(self, row: Any) -> str:
        return render_to_string("admin/dissuasion/reasons.html", {"reasons": words.spelled(row.reasons)})


class EventRows(AdminRows):
    """The history of a case."""

    model = CaseEvent
    adds = changes = False
    ordering = ("pk",)
    fields = readonly_fields = ("at", "kind", "by", "assignment")

    def get_queryset(self, request: HttpRequest) -> QuerySet[CaseEvent]:
        rows: QuerySet[CaseEvent] = super().get_queryset(request)
        return rows.select_related("by", "assignment")


class AssignmentRows(AdminRows):
    """Who has and had a case."""

    model = Assignment
    adds = changes = False
    show_change_link = True
    ordering = ("pk",)
    fields = readonly_fields = ("person", "part", "status", "assigned_at", "acknowledged_at", "arrived_at", "ended_at")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Assignment]:
        rows: QuerySet[Assignment] = super().get_queryset(request)
        return rows.select_related("person")


class AmountRows(AdminRows):
    """What was kept safe or lost in a visit."""

    model = VisitAmount
    adds = changes = False
    fields = readonly_fields = ("meaning", "evidence", "kind", "quantity")


@admin.register(Case)
class CaseAdmin(FindsSealed, WorkPage):
    """Cases, the newest first. The resident is reduced, the place is named by its division only."""

    inlines = (AssignmentRows, EventRows)
    list_display = ("number", "level", "status", "scam", "resident", "division", "unit", "opened_at")
    list_display_links = ("number",)
    list_select_related = ("resident", "division", "unit")
    list_filter = ("status", RiskFilter)
    search_help_text = _("Case number, id, code of a unit, or a whole telephone or ID number of the resident")
    sealed_lookups = {"resident__phone_index": index_of_phone, "resident__id_index": index_of_id}
    fields = (
        ("number", "status"), ("level", "points"), ("scam", "due_way"), ("resident", "division", "unit"),
        ("amount_at_risk", "already_transferred"), "why", ("weights", "risk_by_chief"),
        ("attention", "dispatch_due_at"), ("disposition", "follow_up_on"), ("opened_at", "closed_at"),
    )  # fmt: skip

    def wanted(self, typed: str) -> Q | None:
        found = whole_id(typed)
        return cases_numbered(typed) or (Q(pk=found) if found else Q(unit__code=typed))

    @display(description=_("number"))
    def number(self, case: Case) -> str:
        return case.number


@admin.register(Alert)
class AlertAdmin(FindsSealed, WorkPage):
    """Alerts as they were understood; the row as received stays sealed."""

    list_display = ("external_id", "source", "scam", "channel", "amount_at_risk", "resident", "received_at")
    list_select_related = ("source", "resident")
    list_filter = ("source",)
    search_help_text = _("The source's own id, case number, or a whole telephone or ID number of the resident")
    sealed_lookups = {"resident__phone_index": index_of_phone, "resident__id_index": index_of_id}
    fields = (
        ("source", "external_id"), ("occurred_at", "received_at"), ("scam", "channel", "risk_claimed"),
        ("amount_at_risk", "already_transferred"), ("resident", "case"), "raw_sealed", "told",
    )  # fmt: skip

    def wanted(self, typed: str) -> Q | None:
        # The index begins with the source: naming all of them lets the database use it.
        sources = list(AlertSource.objects.values_list("pk", flat=True))
        return super().wanted(typed) or Q(source__in=sources, external_id=typed)

    @display(description=_("as received"))
    def raw_sealed(self, alert: Alert) -> str:
        return SEALED

    @display(description=_("what the source was told"))
    def told(self, alert: Alert) -> str:
        return "\n".join(f"{name}: {value}" for name, value in alert.answered.items())


@admin.register(TriageEntry)
class TriageEntryAdmin(WorkPage):
    """Unclear alerts and how the desks settled them."""

    case_lookup = "alert__case"
    list_display = ("entry", "level", "status", "unit", "made_at", "settle_by", "settled_by")
    list_display_links = ("entry",)
    list_select_related = ("unit", "settled_by")
    list_filter = ("status", RiskFilter)
    fields = (
        ("alert", "unit"), ("level", "points"), "status", "why", ("made_at", "settle_by"), ("settled_at", "settled_by"),
    )  # fmt: skip

    @display(description=_("triage entry"))
    def entry(self, entry: TriageEntry) -> str:
        return str(entry.pk)[-6:]


@admin.register(Assignment)
class AssignmentAdmin(WorkPage):
    """Who was given which case, why, and by when each step was due."""

    list_display = ("case", "person", "part", "status", "assigned_at", "acknowledged_at", "arrived_at")
    list_select_related = ("case", "person")
    list_filter = ("status", "part")
    fields = (
        ("case", "person"), ("part", "status"), "assigned_by", "why", ("assigned_at", "shown_at"),
        ("acknowledge_by", "acknowledged_at"), "contact_by", "departed_at", ("arrive_by", "arrived_at"),
        "record_by", ("ended_at", "end_reason"), "due_at",
    )  # fmt: skip


@admin.register(Act)
class ActAdmin(WorkPage):
    """What phones said; the words themselves stay sealed."""

    case_lookup = "assignment__case"
    list_display = ("uuid", "kind", "verdict", "person", "assignment", "happened_at", "received_at")
    list_select_related = ("person", "assignment")
    list_filter = ("kind", "verdict")
    fields = (
        "uuid", ("kind", "verdict"), ("person", "assignment"), ("happened_at", "received_at", "clock_offset_ms"),
        ("device", "seq"), "flagged", "body_sealed",
    )  # fmt: skip

    @display(description=_("flags"))
    def flagged(self, act: Act) -> str:
        return "\n".join(words.sentence(code) for code in act.flags)

    @display(description=_("what was sent"))
    def body_sealed(self, act: Act) -> str:
        return SEALED


@admin.register(CheckIn)
class CheckInAdmin(WorkPage):
    """How well presence at the door was proven. The point would be somebody's home: only the distance is shown."""

    case_lookup = "assignment__case"
    list_display = ("act", "grade", "distance_m", "accuracy_m", "assignment", "at")
    list_select_related = ("act", "assignment")
    fields = ("act", "assignment", "at", ("grade", "distance_m"), ("accuracy_m", "age_s"), "why")

    @display(description=_("reasons"))
    def why(self, row: CheckIn) -> str:
        reasons = [{"code": code} if isinstance(code, str) else code for code in row.reasons]
        return render_to_string("admin/dissuasion/reasons.html", {"reasons": words.spelled(reasons)})


@admin.register(Visit)
class VisitAdmin(WorkPage):
    """Visits as recorded; the officer's note stays sealed."""

    inlines = (AmountRows,)
    list_display = ("act", "case", "person", "met", "disposition", "decides", "happened_at")
    list_select_related = ("act", "case", "person")
    list_filter = ("met", "decides")
    fields = (
        "act", ("case", "assignment", "person"), "happened_at", ("met", "disposition", "decides"),
        "script_version", "follow_up_on", "note_sealed",
    )  # fmt: skip

    @display(description=_("note"))
    def note_sealed(self, visit: Visit) -> str:
        return SEALED


@admin.register(CaseEvent)
class CaseEventAdmin(WorkPage):
    """The history, the newest step first."""

    list_display = ("at", "kind", "case", "unit", "by")
    list_select_related = ("case", "unit", "by")
    list_filter = ("kind",)
    fields = (("at", "happened_at"), "kind", ("case", "assignment"), ("unit", "by"), "details")

    def wanted(self, typed: str) -> Q | None:
        found = whole_id(typed)
        return Q(case=found) if found else super().wanted(typed)

    @display(description=_("details"))
    def details(self, event: CaseEvent) -> str:
        return "\n".join(f"{name}: {value}" for name, value in event.data.items())
