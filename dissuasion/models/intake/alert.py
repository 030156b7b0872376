"""An alert (预警) exactly as it came, and the triage entry in which an unclear one waits for a person (研判)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Person, Unit
from config.lib.ids import uuid7
from config.lib.sealing.fields import SealedJSONField, SealedTextField
from dissuasion.models.case import Case
from dissuasion.models.intake.source import AlertSource
from households.models import Resident


class Alert(models.Model):
    """One warning. `raw` is the row as received, sealed (of a very large one the known fields); the other columns are
    what was understood of it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    source = models.ForeignKey(AlertSource, models.PROTECT, related_name="alerts")
    external_id = models.CharField(max_length=100)
    content_hash = models.CharField(max_length=64)
    received_at = models.DateTimeField()
    occurred_at = models.DateTimeField()
    scam_type = models.CharField(max_length=30)
    risk_claimed = models.CharField(max_length=10, blank=True)
    # A superior's, as far as it binds: a source that may not instruct has only claimed a level.
    instruction = models.CharField(max_length=10, blank=True, default="", db_default="")
    channel = models.CharField(max_length=10, blank=True)
    amount_at_risk = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    already_transferred = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    # What could not be read or be right of it, as field and code (rules/incoming.py); never the value.
    faults = models.JSONField(default=list, db_default=[])
    raw = SealedJSONField()
    resident = models.ForeignKey(Resident, models.PROTECT, null=True, related_name="alerts")
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="alerts")
    # The answer that the source got, so that the same alert sent again gets the same answer.
    answered = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("alert")
        verbose_name_plural = _("alerts")
        constraints = [models.UniqueConstraint(fields=["source", "external_id"], name="alert_once_per_source")]
        indexes = [models.Index(fields=["resident", "received_at"], name="alert_heard_of_resident")]

    def __str__(self) -> str:
        return f"{self.source_id}/{self.external_id}"


class TriageEntry(models.Model):
    """An alert that no rule could place; it waits on a county's desk until a person settles it."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SETTLED = "settled", _("settled")
        DISMISSED = "dismissed", _("dismissed")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    alert = models.OneToOneField(Alert, models.PROTECT, related_name="triage")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="triage")
    reasons = models.JSONField()
    risk = models.CharField(max_length=10)
    points = models.PositiveSmallIntegerField(default=0)
    status = models.CharField(max_length=10, choices=Status, default=Status.WAITING)
    made_at = models.DateTimeField()
    settle_by = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    note = SealedTextField(blank=True)

    class Meta:
        verbose_name = _("triage entry")
        verbose_name_plural = _("triage entries")
        indexes = [
            models.Index(fields=["unit", "settle_by"], condition=models.Q(status="waiting"), name="triage_waiting")
        ]

    def __str__(self) -> str:
        return f"{self.status} {self.alert_id}"
