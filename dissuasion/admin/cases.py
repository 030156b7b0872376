"""Alerts, triage, cases and their history, read only: nobody changes a record here, whoever they are."""

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from config.lib.admin.pages import AdminRows, FindsSealed, column, display, link
from dissuasion.admin.tables import SEALED, RiskFilter, WorkPage, cases_numbered, whole_id
from dissuasion.models import Alert, AlertSource, Assignment, Case, CaseEvent, TriageEntry
from dissuasion.telling import kinds
from households.admin import index_of_id, index_of_phone


class EventRows(AdminRows):
    """The history of a case."""

    model = CaseEvent
    adds = changes = False
    ordering = ("pk",)
    fields = readonly_fields = (
        column("at", _("time")),
        column("kind", _("what happened")),
        column("by", _("by")),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[CaseEvent]:
        rows: QuerySet[CaseEvent] = super().get_queryset(request)
        return rows.select_related("by")


class AssignmentRows(AdminRows):
    """Who has and had a case."""

    model = Assignment
    adds = changes = False
    ordering = ("pk",)
    fields = readonly_fields = (
        "who", column("part", _("part")), column("status", _("status")),
        column("assigned_at", _("assigned")), column("acknowledged_at", _("acknowledged")),
        column("arrived_at", _("arrived")), column("ended_at", _("ended")),
    )  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[Assignment]:
        rows: QuerySet[Assignment] = super().get_queryset(request)
        return rows.select_related("person")

    @display(description=_("assignment"))
    def who(self, assignment: Assignment) -> str:
        return link(assignment, assignment.person.name)


@admin.register(Case)
class CaseAdmin(FindsSealed, WorkPage):
    """Cases, the newest first. The resident's name is shortened, the place is shown by its division only."""

    inlines = (AssignmentRows, EventRows)
    list_display = (
        "number", "level", column("status", _("status")), "scam", "person", column("division.name", _("division")),
        column("unit.name", _("unit")), column("opened_at", _("opened")),
    )  # fmt: skip
    list_display_links = ("number",)
    list_select_related = ("resident", "division", "unit")
    list_filter = ("status", RiskFilter)
    search_help_text = _("Case number, id, code of a unit, or a whole telephone or ID number of the resident")
    sealed_lookups = {"resident__phone_index": index_of_phone, "resident__id_index": index_of_id}
    fields = (
        ("number", column("status", _("status"))), ("risk_in_words", column("points", _("points"))),
        ("scam", column("due_way", _("due way"))), (column("resident", _("resident")), column("unit", _("unit"))),
        column("division", _("division")),
        (column("amount_at_risk", _("about to send (yuan)")), column("already_transferred", _("already sent (yuan)"))),
        "why", (column("weights", _("weights")), column("risk_by_chief", _("level set by the desk"), boolean=True)),
        (column("attention", _("what the desk must look at")), column("disposition", _("disposition"))),
        column("follow_up_on", _("follow-up on")), (column("opened_at", _("opened")), column("closed_at", _("closed"))),
    )  # fmt: skip

    def condition_for(self, typed: str) -> Q | None:
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
        column("external_id", _("the source's id")), column("source.name", _("source")), "scam",
        column("channel", _("channel")), column("amount_at_risk", _("about to send (yuan)")), "person",
        column("received_at", _("received")),
    )  # fmt: skip
    list_select_related = ("source", "resident")
    list_filter = ("source",)
    search_help_text = _("The source's own id, case number, or a whole telephone or ID number of the resident")
    sealed_lookups = {"resident__phone_index": index_of_phone, "resident__id_index": index_of_id}
    fields = (
        (column("source", _("source")), column("external_id", _("the source's id"))),
        (column("occurred_at", _("occurred")), column("received_at", _("received"))),
        ("scam", column("channel", _("channel"))), column("risk_claimed", _("risk, as the source says")),
        (column("instruction", _("a superior's instruction")), "unread"),
        (column("amount_at_risk", _("about to send (yuan)")), column("already_transferred", _("already sent (yuan)"))),
        (column("resident", _("resident")), column("case", _("case"))), "raw_sealed", "told",
    )  # fmt: skip

    def condition_for(self, typed: str) -> Q | None:
        # The index begins with the source: naming all of them lets the database use it.
        sources = list(AlertSource.objects.values_list("pk", flat=True))
        return super().condition_for(typed) or Q(source__in=sources, external_id=typed)

    @display(description=_("what could not be read"))
    def unread(self, alert: Alert) -> str:
        return ", ".join(fault["field"] for fault in alert.faults) or "–"

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
        "entry", "level", column("status", _("status")), column("unit.name", _("unit")), column("made_at", _("made")),
        column("settle_by", _("settle by")), column("settled_by.name", _("settled by")),
    )  # fmt: skip
    list_display_links = ("entry",)
    list_select_related = ("unit", "settled_by")
    list_filter = ("status", RiskFilter)
    fields = (
        (column("alert", _("alert")), column("unit", _("unit"))), ("risk_in_words", column("points", _("points"))),
        column("status", _("status")), "why", (column("made_at", _("made")), column("settle_by", _("settle by"))),
        (column("settled_at", _("settled")), column("settled_by", _("settled by"))),
    )  # fmt: skip

    @display(description=_("triage entry"))
    def entry(self, entry: TriageEntry) -> str:
        return str(entry.pk)[-6:]


@admin.register(CaseEvent)
class CaseEventAdmin(WorkPage):
    """The history, the newest line first."""

    list_display = (
        column("at", _("time")), column("kind", _("what happened")), column("case.number", _("case")),
        column("unit.name", _("unit")), column("by.name", _("by")),
    )  # fmt: skip
    list_select_related = ("case", "unit", "by")
    list_filter = ("kind",)
    fields = (
        (column("at", _("time")), column("happened_at", _("happened"))), column("kind", _("what happened")),
        (column("case", _("case")), "part_in"), (column("unit", _("unit")), column("by", _("by"))), "details",
    )  # fmt: skip

    def condition_for(self, typed: str) -> Q | None:
        found = whole_id(typed)
        return Q(case=found) if found else super().condition_for(typed)

    @display(description=_("details"))
    def details(self, event: CaseEvent) -> str:
        return "\n".join(f"{name}: {value}" for name, value in kinds.stored(event.kind, event.data).items())
