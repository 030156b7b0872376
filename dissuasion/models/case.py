"""The file about one resident at risk (劝阻任务)."""

from django.db import models
from django.db.models import Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit
from config.lib.ids import uuid7
from config.lib.sealing.fields import RoughCellField, SealedFloatField, SealedListField
from dissuasion.models.policy import Policy
from dissuasion.rules import states
from dissuasion.rules.levels import Risk, Way
from dissuasion.rules.sources import Instruction
from households.models import Division, Resident

# What a superior calls urgent goes before all others, for as long as it is high.
_URGENT: dict[str, str] = {"risk": Risk.HIGH, "instruction": Instruction.URGENT}
# Sorts cases of the database: these first.
URGENT_FIRST = models.Case(When(**_URGENT, then=Value(0)), default=Value(1), output_field=models.IntegerField())


class Case(models.Model):
    """One case. `reasons` say why its level is what it is; `attention` says why somebody at the desk must look.

    `dispatch_due_at` is the queue of those waiting for an assignment: whoever dispatches claims it by compare-and-set.
    """

    class Status(models.TextChoices):
        OPEN = states.Case.OPEN, _("open")
        MONITORING = states.Case.MONITORING, _("monitoring")
        CLOSED = states.Case.CLOSED, _("closed")

    class Attention(models.TextChoices):
        NONE = "", _("nothing")
        SHORTFALL = "shortfall", _("nobody can go")
        UNANSWERED = "unanswered", _("not acknowledged by the chosen person")
        RETURNED = "returned", _("came back from the door")
        RECALLED = "recalled", _("recalled by the desk")
        OVERDUE = "overdue", _("a deadline has passed")
        NEEDS_OFFICER = "needs_officer", _("needs a police officer")
        FLAGGED = "flagged", _("a record needs a decision")
        NO_MESSAGES = "no_messages", _("may not be written to")
        OFFICER_SAFETY = "officer_safety", _("an officer may need help")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    resident = models.ForeignKey(Resident, models.PROTECT, related_name="cases")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="cases")
    division = models.ForeignKey(Division, models.PROTECT, related_name="cases")
    lat = SealedFloatField(null=True)
    lon = SealedFloatField(null=True)
    cell = RoughCellField()
    scam_type = models.CharField(max_length=30)
    status = models.CharField(max_length=12, choices=Status, default=Status.OPEN)
    risk = models.CharField(max_length=10)
    due_way = models.CharField(max_length=10)
    points = models.PositiveSmallIntegerField(default=0)
    # Sealed: they tell a resident's age and household, and a chief's own words.
    reasons = SealedListField()
    weights = models.ForeignKey(Policy, models.PROTECT, related_name="+")
    # The strongest instruction of a superior that its alerts carried (rules/sources.py); urgent goes first.
    instruction = models.CharField(max_length=10, blank=True, default="", db_default="")
    # Set when a chief has changed the level: from then on only new warnings can raise it.
    risk_by_chief = models.BooleanField(default=False)
    # When a person last decided what its warnings are worth, by closing it or setting its level: what was heard until
    # then raises nothing any more.
    settled_at = models.DateTimeField(null=True)
    amount_at_risk = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    already_transferred = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    attention = models.CharField(max_length=16, choices=Attention, default=Attention.NONE, blank=True)
    shortfall = models.JSONField(default=list)
    dispatch_due_at = models.DateTimeField(null=True)
    # Medium: since when a reminder visit is wanted beside the call; empty when there is none to make.
    reminder_at = models.DateTimeField(null=True)
    # Low: when `watch` checks what became of the message; empty when there is none.
    message_due_at = models.DateTimeField(null=True)
    follow_up_on = models.DateField(null=True)
    # The day from which follow-ups are counted; empty again when the case is open again.
    monitored_from = models.DateField(null=True)
    disposition = models.CharField(max_length=20, blank=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        constraints = [
            models.UniqueConstraint(
                fields=["resident"], condition=~Q(status=states.Case.CLOSED.value), name="one_open_case_a_resident"
            ),
            models.CheckConstraint(condition=Q(risk__in=[risk.value for risk in Risk]), name="case_risk_known"),
            models.CheckConstraint(condition=Q(due_way__in=[way.value for way in Way]), name="case_way_known"),
        ]
        indexes = [
            models.Index(
                fields=["dispatch_due_at"],
                condition=Q(dispatch_due_at__isnull=False),
                name="case_dispatch_due",
            ),
            models.Index(fields=["message_due_at"], condition=Q(message_due_at__isnull=False), name="case_message_due"),
            models.Index(fields=["unit"], condition=~Q(attention=""), name="case_to_decide"),
            models.Index(
                fields=["unit", "due_way"],
                condition=Q(status=states.Case.OPEN.value, attention=""),
                name="case_waiting_its_way",
            ),
            models.Index(
                fields=["unit", "opened_at"], condition=~Q(status=states.Case.CLOSED.value), name="case_active_of_unit"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """The short number that people say on the telephone: the end of the id."""
        return f"D-{timezone.localtime(self.opened_at):%y%m%d}-{self.pk.hex[-6:].upper()}"

    @property
    def is_urgent(self) -> bool:
        """Whether it goes before all others, as `URGENT_FIRST` sorts."""
        return all(getattr(self, name) == value for name, value in _URGENT.items())

    @property
    def visit_risk(self) -> str:
        """The level by which somebody is sent; a follow-up of a monitored case is not urgent."""
        return Risk.MEDIUM if self.status == states.Case.MONITORING else self.risk

    @property
    def wants_visit(self) -> bool:
        """Whether somebody must go: because of the level, or because a reminder visit is wanted."""
        return self.due_way == Way.VISIT or self.reminder_at is not None

    @property
    def money_moves(self) -> bool:
        """Whether money has left or is leaving, as far as the warnings know."""
        return self.already_transferred > 0 or any(reason["code"] == "funds_moving" for reason in self.reasons)

    @property
    def place(self) -> tuple[float, float] | None:
        """Where to go, WGS-84, or None where no point is known."""
        return None if self.lat is None or self.lon is None else (self.lat, self.lon)
