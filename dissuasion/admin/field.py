"""What happened in the field, read only: assignments, acts, check-ins, visits. What was said stays sealed."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from config.lib.admin.pages import AdminRows, column, display
from dissuasion.actions.field import held_acts
from dissuasion.admin.tables import SEALED, WorkPage
from dissuasion.models import Act, Assignment, CheckIn, Delivery, Evidence, Visit, VisitAmount
from dissuasion.rules import words
from dissuasion.rules.reasons import Reason


class AmountRows(AdminRows):
    """What was kept safe or lost in a visit."""

    model = VisitAmount
    adds = changes = False
    fields = readonly_fields = (
        column("meaning", _("meaning")), column("evidence", _("evidence")), column("kind", _("kind")),
        column("quantity", _("quantity")),
    )  # fmt: skip


@admin.register(Assignment)
class AssignmentAdmin(WorkPage):
    """Who was given which case, why, and by when each step was due."""

    list_display = (
        column("case.number", _("case")), column("person.name", _("person")), column("part", _("part")),
        column("status", _("status")), column("assigned_at", _("assigned")),
        column("acknowledged_at", _("acknowledged")), column("arrived_at", _("arrived")),
    )  # fmt: skip
    list_select_related = ("case", "person")
    list_filter = ("status", "part")
    fields = (
        (column("case", _("case")), column("person", _("person"))),
        (column("part", _("part")), column("status", _("status"))), column("assigned_by", _("assigned by")), "why",
        (column("assigned_at", _("assigned")), column("shown_at", _("shown on the phone"))),
        (column("acknowledge_by", _("acknowledge by")), column("acknowledged_at", _("acknowledged"))),
        (column("contact_by", _("contact by")), column("contacted_at", _("contact made"))),
        column("departed_at", _("set out")),
        (column("arrive_by", _("arrive by")), column("arrived_at", _("arrived"))), column("record_by", _("record by")),
        (column("ended_at", _("ended")), column("end_reason", _("why it ended"))),
    )  # fmt: skip


@admin.register(Act)
class ActAdmin(WorkPage):
    """Acts from phones; their texts stay sealed. A held act can be taken up again; nothing else can be done."""

    case_lookup = "assignment__case"
    actions = ("take_up",)
    list_display = (
        column("kind", _("act")), column("verdict", _("verdict")), column("person.name", _("person")),
        column("assignment.case.number", _("case")), column("happened_at", _("happened")),
        column("received_at", _("received")),
    )  # fmt: skip
    list_select_related = ("person", "assignment__case")
    list_filter = ("kind", "verdict")
    fields = (
        column("uuid", _("id")), (column("kind", _("act")), column("verdict", _("verdict"))),
        (column("person", _("person")), "part_in"),
        (column("happened_at", _("happened")), column("received_at", _("received"))),
        column("clock_offset_ms", _("clock offset (ms)")), (column("device", _("device")), column("seq", _("number"))),
        column("carried_by", _("brought by")), "flagged", "body_sealed",
    )  # fmt: skip

    @admin.action(description=_("Take up again"), permissions=["view"])
    def take_up(self, request: HttpRequest, queryset: QuerySet[Act]) -> None:
        """Try the held ones of the chosen acts again; for those in quarantine a person has now decided."""
        taken = 0
        for act in queryset.filter(verdict=Act.Verdict.HELD).order_by("happened_at"):
            if held_acts.take_up(act.pk, at=timezone.now(), by=request.user):  # type: ignore[arg-type]
                self.log_change(request, act, [{"changed": {"fields": ["verdict"]}}])
                taken += 1
        text = ngettext("%(n)d act was taken up.", "%(n)d acts were taken up.", taken) % {"n": taken}
        self.message_user(request, text, messages.SUCCESS if taken else messages.WARNING)

    @display(description=_("flags"))
    def flagged(self, act: Act) -> str:
        return "\n".join(words.sentence(code) for code in act.flags)

    @display(description=_("what was sent"))
    def body_sealed(self, act: Act) -> str:
        return SEALED


@admin.register(Delivery)
class DeliveryAdmin(WorkPage):
    """Each try of a message: to whom, by which channel, what became of it and why."""

    case_lookup = "case"
    list_display = (
        column("case.number", _("case")), column("person.name", _("person")), column("channel", _("channel")),
        column("purpose", _("purpose")), column("state", _("status")), "why", column("planned_at", _("time")),
    )  # fmt: skip
    list_select_related = ("case", "person")
    list_filter = ("channel", "purpose", "state")
    fields = (
        (column("channel", _("channel")), column("purpose", _("purpose"))), (column("state", _("status")), "why"),
        (column("planned_at", _("planned")), column("due_at", _("due"))),
        (column("sent_at", _("sent")), column("ended_at", _("ended"))), column("tries", _("tries")),
    )  # fmt: skip

    @display(description=_("reason"))
    def why(self, row: Delivery) -> str:
        return words.sentence(row.reason) if row.reason else "—"


@admin.register(CheckIn)
class CheckInAdmin(WorkPage):
    """Check-ins and their grades. Only the distance is shown: the point itself would be somebody's home."""

    case_lookup = "assignment__case"
    list_display = (
        column("assignment.case.number", _("case")), column("grade", _("grade")), "distance", "accuracy",
        column("at", _("time")),
    )  # fmt: skip
    list_select_related = ("assignment__case",)
    fields = (
        "part_in", column("at", _("time")), (column("grade", _("grade")), "distance"),
        ("accuracy", "position_age"), "why",
    )  # fmt: skip

    @display(description=_("distance (m)"))
    def distance(self, check_in: CheckIn) -> str:
        return _metres(check_in.distance_m)

    @display(description=_("accuracy (m)"))
    def accuracy(self, check_in: CheckIn) -> str:
        return _metres(check_in.accuracy_m)

    @display(description=_("age of the position (s)"))
    def position_age(self, check_in: CheckIn) -> str:
        return _metres(check_in.age_s)

    @display(description=_("reasons"))
    def why(self, row: CheckIn) -> str:
        reasons: list[Reason] = [{"code": code} if isinstance(code, str) else code for code in row.reasons]
        return render_to_string("admin/dissuasion/reasons.html", {"reasons": words.with_text(reasons)})


def _metres(value: float | None) -> str:
    return "–" if value is None else f"{value:.0f}"


@admin.register(Visit)
class VisitAdmin(WorkPage):
    """Visits as recorded; the officer's note stays sealed."""

    inlines = (AmountRows,)
    list_display = (
        column("case.number", _("case")), column("person.name", _("person")), column("met", _("met"), boolean=True),
        column("disposition", _("disposition")), column("decides", _("decides"), boolean=True),
        column("happened_at", _("happened")),
    )  # fmt: skip
    list_select_related = ("case", "person")
    list_filter = ("met", "decides")
    fields = (
        (column("case", _("case")), column("person", _("person"))), column("happened_at", _("happened")),
        (column("met", _("met"), boolean=True), column("decides", _("decides"), boolean=True)),
        (column("disposition", _("disposition")), column("follow_up_on", _("follow-up on"))),
        column("script_version", _("script version")), "note_sealed",
    )  # fmt: skip

    @display(description=_("note"))
    def note_sealed(self, visit: Visit) -> str:
        return SEALED


@admin.register(Evidence)
class EvidenceAdmin(WorkPage):
    """Photos and signatures: how much of each has arrived. Only the desk of their case sees the pictures."""

    case_lookup = "act__assignment__case"
    list_display = (
        column("uuid", _("id")), column("kind", _("kind")), column("state", _("state")),
        column("person.name", _("person")), column("have", _("bytes here")), column("size", _("bytes in all")),
        column("made_at", _("announced")),
    )  # fmt: skip
    list_select_related = ("person",)
    list_filter = ("state", "kind")
    fields = (
        column("uuid", _("id")), (column("kind", _("kind")), column("mime", _("media type"))),
        (column("state", _("state")), column("reason", _("reason"))),
        (column("person", _("person")), column("act", _("act"))),
        (column("have", _("bytes here")), column("size", _("bytes in all"))), column("sha256", _("hash")),
        (column("made_at", _("announced")), column("completed_at", _("settled"))),
    )  # fmt: skip
