"""A check-in (到场核验): proof of presence at the door. It blocks nobody and is always kept."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from config.lib.sealing.fields import SealedFloatField, SealedTextField
from dissuasion.models.assignment import Assignment
from dissuasion.models.field.act import Act


class CheckIn(models.Model):
    """Position (WGS-84), accuracy (m) and age (s) as the phone gave them; distance (m) and grade as judged."""

    act = models.OneToOneField(Act, models.PROTECT, primary_key=True, related_name="check_in")
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="check_ins")
    at = models.DateTimeField()
    lat = SealedFloatField(null=True)
    lon = SealedFloatField(null=True)
    accuracy_m = models.FloatField(null=True)
    age_s = models.FloatField(null=True)
    distance_m = models.FloatField(null=True)
    grade = models.CharField(max_length=1)
    reasons = models.JSONField(default=list)
    manual_reason = SealedTextField(blank=True)
    companion = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("check-in")
        verbose_name_plural = _("check-ins")

    def __str__(self) -> str:
        return f"{self.grade} {self.assignment_id}"
