"""Alerts, triage, cases and their history, read only: nobody changes a record here, whoever they are."""

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from config.lib.admin.pages import AdminRows, FindsSealed, display, link, shown
from dissuasion.admin.tables import SEALED, RiskFilter, WorkPage, cases_numbered, whole_id
from dissuasion.models import Alert, AlertSource, Assignment, Case, CaseEvent, TriageEntry
from dissuasion.telling import kinds
from households.admin import index_of_id, index_of_phone


class EventRows(AdminRows):
    """The history of a case."""

    model = CaseEvent
    adds = changes = False
    ordering = ("pk",)
    fields = readonly_fields = (shown("at", _("time")), shown("kind", _("what happened")), shown("by", _("by")))

    def get_queryset(self, request: HttpRequest) -> QuerySet[CaseEvent]:
        rows: QuerySet[CaseEvent] = super().get_queryset(request)
        return rows.select_related("by")


class AssignmentRows(AdminRows):
    """Who has and had a case."""

    model = Assignment
    adds = changes = False
    ordering = ("pk",)
    fields = readonly_fields = (
        "who", shown("part", _("part")), shown("status", _("status")),
        shown("assigned_at", _("assigned")), shown("acknowledged_at", _("acknowledged")),
        shown("arrived_at", _("arrived")), shown("ended_at", _("ended")),
    )  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[Assignment]:
        rows: QuerySet[Assignment] = super().get_queryset(request)
        return rows.select_related("person")

    @display(description=_("assignment"))
    def who(self, assignment: Assignment) -> str:
        return link(assignment, assignment.person.name)


@admin.register(Case)
class CaseAdmin(FindsSealed, WorkPage):
    """Cases, the newest first. The resident is reduced, the place is named by its division only."""

    inlines = (AssignmentRows, EventRows)
    list_display = (
        "number", "level", shown("status", _("status")), "scam", "person", shown("division.name", _("division")),
        shown("unit.name", _("unit")), shown("opened_at", _("opened")),
    )  # fmt: skip
    list_display_links = ("number",)
    list_select_related = ("resident", "division", "unit")
    list_filter = ("status", RiskFilter)
    search_help_text = _("Case number, id, code of a unit, or a whole telephone or ID number of the resident")
    sealed_lookups = {"resident__phone_index": index_of_phone, "resident__id_index": index_of_id}
    fields = (
        ("number", shown("status", _("status"))), ("risk_in_words", shown("points", _("points"))),
        ("scam", shown("due_way", _("due way"))), (shown("resident", _("resident")), shown("unit", _("unit"))),
        shown("division", _("division")),
        (shown("amount_at_risk", _("amount at risk (yuan)")), shown("already_transferred", _("already sent (yuan)"))),
        "why", (shown("weights", _("weights")), shown("risk_by_chief", _("level set by the desk"), boolean=True)),
        (shown("attention", _("what the desk must look at")), shown("disposition", _("disposition"))),
        shown("follow_up_on", _("follow-up on")), (shown("opened_at", _("opened")), shown("closed_at", _("closed"))),
    )  # fmt: skip

    def wanted(self, typed: str) -> Q | None:
        found = whole_id(typed)
        return cases_numbered(typed) or (Q(pk=found) if found else Q(unit__code=typed))

    @display(description=_("number"))
    def number(self, case: Case) -> str:
        return case.number

    @display(description=_("resident"))
    def person(self, case: Case) -> str:
        return str(case.resident)


@admin.register(Alert)
class AlertAdmin(FindsSealed, WorkPage):
    """Alerts as they were understood; the row as received stays sealed."""

    list_display = (
        shown("external_id", _("the source's id")), shown("source.name", _("source")), "scam",
        shown("channel", _("channel")), shown("amount_at_risk", _("amount at risk (yuan)")), "person",
        shown("received_at", _("received")),
    )  # fmt: skip
    list_select_related = ("source", "resident")
    list_filter = ("source",)
    search_help_text = _("The source's own id, case number, or a whole telephone or ID number of the resident")
    sealed_lookups = {"resident__phone_index": index_of_phone, "resident__id_index": index_of_id}
    fields = (
        (shown("source", _("source")), shown("external_id", _("the source's id"))),
        (shown("occurred_at", _("occurred")), shown("received_at", _("received"))),
        ("scam", shown("channel", _("channel"))), shown("risk_claimed", _("risk, as the source says")),
        (shown("amount_at_risk", _("amount at risk (yuan)")), shown("already_transferred", _("already sent (yuan)"))),
        (shown("resident", _("resident")), shown("case", _("case"))), "raw_sealed", "told",
    )  # fmt: skip

    def wanted(self, typed: str) -> Q | None:
        # The index begins with the source: naming all of them lets the database use it.
        sources = list(AlertSource.objects.values_list("pk", flat=True))
        return super().wanted(typed) or Q(source__in=sources, external_id=typed)

    @display(description=_("resident"))
    def person(self, alert: Alert) -> str:
        return str(alert.resident or "–")

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
    list_display = (
        "entry", "level", shown("status", _("status")), shown("unit.name", _("unit")), shown("made_at", _("made")),
        shown("settle_by", _("settle by")), shown("settled_by.name", _("settled by")),
    )  # fmt: skip
    list_display_links = ("entry",)
    list_select_related = ("unit", "settled_by")
    list_filter = ("status", RiskFilter)
    fields = (
        (shown("alert", _("alert")), shown("unit", _("unit"))), ("risk_in_words", shown("points", _("points"))),
        shown("status", _("status")), "why", (shown("made_at", _("made")), shown("settle_by", _("settle by"))),
        (shown("settled_at", _("settled")), shown("settled_by", _("settled by"))),
    )  # fmt: skip

    @display(description=_("triage entry"))
    def entry(self, entry: TriageEntry) -> str:
        return str(entry.pk)[-6:]


@admin.register(CaseEvent)
class CaseEventAdmin(WorkPage):
    """The history, the newest step first."""

    list_display = (
        shown("at", _("time")), shown("kind", _("what happened")), shown("case.number", _("case")),
        shown("unit.name", _("unit")), shown("by.name", _("by")),
    )  # fmt: skip
    list_select_related = ("case", "unit", "by")
    list_filter = ("kind",)
    fields = (
        (shown("at", _("time")), shown("happened_at", _("happened"))), shown("kind", _("what happened")),
        (shown("case", _("case")), "part_in"), (shown("unit", _("unit")), shown("by", _("by"))), "details",
    )  # fmt: skip

    def wanted(self, typed: str) -> Q | None:
        found = whole_id(typed)
        return Q(case=found) if found else super().wanted(typed)

    @display(description=_("details"))
    def details(self, event: CaseEvent) -> str:
        return "\n".join(f"{name}: {value}" for name, value in kinds.stored(event.kind, event.data).items())
