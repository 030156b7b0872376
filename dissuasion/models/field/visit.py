"""A visit (见面劝阻) as it was recorded, and its amounts, each with its grade of evidence."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from config.lib.ids import uuid7
from config.lib.sealing.fields import SealedTextField
from dissuasion.models.assignment import Assignment
from dissuasion.models.case import Case
from dissuasion.models.field.act import Act
from dissuasion.models.script import ScriptVersion


class SealedInVisit(SealedTextField):
    """Sealed text in a row whose key the database makes: it is bound to the visit and to the row's `mark` instead."""

    def place(self, instance: models.Model) -> str:
        return f"{instance._meta.db_table}:{self.column}:{instance.visit_id}:{instance.mark}"  # type: ignore[attr-defined]


class Visit(models.Model):
    """One record of a visit, met or not. Two records of one visit are two rows: nothing is overwritten.

    A correction is a row of its own that points to what it corrects and says why.
    """

    act = models.OneToOneField(Act, models.PROTECT, primary_key=True, related_name="visit")
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="visits")
    case = models.ForeignKey(Case, models.PROTECT, related_name="visits")
    person = models.ForeignKey(Person, models.PROTECT, related_name="visits")
    happened_at = models.DateTimeField()
    met = models.BooleanField()
    disposition = models.CharField(max_length=20)
    # False for a record that came too late to decide the case: it is kept and flagged.
    decides = models.BooleanField(default=True)
    script_version = models.ForeignKey(ScriptVersion, models.PROTECT, null=True, related_name="visits")
    steps = models.JSONField(default=list)
    tried = models.JSONField(default=list)
    follow_up_on = models.DateField(null=True)
    note = SealedTextField(blank=True)
    # What was done at the door, and what it still needs: codes of payloads.py.
    done = models.JSONField(default=list)
    needs = models.JSONField(default=list)
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="corrections")
    reason = SealedTextField(null=True)

    class Meta:
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
        indexes = [models.Index(fields=["case", "happened_at"], name="visit_of_case")]

    def __str__(self) -> str:
        return f"{self.disposition} {self.case_id}"


class VisitAmount(models.Model):
    """Something of value in a visit: kept safe or already lost, in yuan or grams, by grade of evidence."""

    class Meaning(models.TextChoices):
        PROTECTED = "protected", _("kept safe")
        LOST = "lost", _("already lost")

    class Evidence(models.TextChoices):
        SAID = "said", _("said by the resident")
        SEEN = "seen", _("seen by the officer")
        FAMILY = "family", _("confirmed by the family")
        BANK = "bank", _("confirmed by the bank")

    class Kind(models.TextChoices):
        MONEY = "money", _("money (yuan)")
        GOLD = "gold", _("gold (grams)")
        OTHER = "other", _("other valuables (yuan, estimated)")

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="amounts")
    meaning = models.CharField(max_length=10, choices=Meaning)
    evidence = models.CharField(max_length=10, choices=Evidence)
    kind = models.CharField(max_length=10, choices=Kind)
    quantity = models.DecimalField(max_digits=14, decimal_places=3)
    happened_at = models.DateTimeField(null=True)
    mark = models.UUIDField(default=uuid7, editable=False)
    to = SealedInVisit(null=True)

    class Meta:
        verbose_name = _("amount")
        verbose_name_plural = _("amounts")
        constraints = [models.CheckConstraint(condition=models.Q(quantity__gt=0), name="amount_above_zero")]

    def __str__(self) -> str:
        return f"{self.meaning} {self.quantity} {self.kind} ({self.evidence})"
