"""An act from a phone, exactly as it was sent: kept under its own UUID and applied once."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from config.lib.sealing.fields import SealedJSONField
from dissuasion.models.assignment import Assignment


class Act(models.Model):
    """One act from a phone. The phone makes the UUID; the same one again gets the first receipt.

    `happened_at` is the phone's clock put right by its known offset, `received_at` the server's.
    """

    class Kind(models.TextChoices):
        RECEIPT = "receipt", _("device receipt")
        ACKNOWLEDGE = "acknowledge", _("acknowledge")
        DECLINE = "decline", _("decline")
        DEPART = "depart", _("depart")
        CONTACT = "contact", _("called the resident")
        ARRIVE = "arrive", _("arrive")
        VISIT = "visit", _("visit")
        NOTE = "note", _("note")
        CORRECTION = "correction", _("correction")
        ALL_RIGHT = "all_right", _("still all right")
        HELP = "help", _("asks for help")
        RESOLVE = "resolve", _("dealt with")
        UNDONE = "undone", _("taken back before it was sent")

    class Verdict(models.TextChoices):
        APPLIED = "applied", _("applied")
        FLAGGED = "flagged", _("kept and flagged")
        HELD = "held", _("held")
        REFUSED = "refused", _("refused")

    uuid = models.UUIDField(primary_key=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="acts")
    assignment = models.ForeignKey(Assignment, models.PROTECT, null=True, related_name="acts")
    # A newer app may send a kind that this server does not know yet: it is kept under its own name.
    kind = models.CharField(max_length=40, choices=Kind)
    happened_at = models.DateTimeField()
    received_at = models.DateTimeField()
    clock_offset_ms = models.BigIntegerField(default=0)
    device = models.CharField(max_length=64)
    seq = models.PositiveBigIntegerField()
    body = SealedJSONField()
    body_hash = models.CharField(max_length=64)
    verdict = models.CharField(max_length=10, choices=Verdict)
    flags = models.JSONField(default=list)
    # Sealed as the act is: it names people, and says where an act could not be read.
    receipt = SealedJSONField()
    # Who brought it, when the author's own phone could not send it any more.
    carried_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    # When `watch` tries a held act again; empty when only a person can take it up.
    retry_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("act")
        verbose_name_plural = _("acts")
        indexes = [
            models.Index(fields=["assignment", "happened_at"], name="act_of_assignment"),
            models.Index(fields=["retry_at"], condition=models.Q(retry_at__isnull=False), name="act_to_retry"),
            models.Index(fields=["person", "device", "seq"], name="act_of_device"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.verdict} {self.uuid}"
