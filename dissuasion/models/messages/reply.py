"""What a resident answered to a message (回复): kept sealed, read by the desk only."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from config.lib.ids import uuid7
from config.lib.sealing.fields import SealedTextField
from dissuasion.models.case import Case
from dissuasion.models.messages.delivery import Delivery


class Reply(models.Model):
    """One answer. `case` is where it counts: the one that the resident has by then."""

    class Meaning(models.TextChoices):
        PAYING = "paying", _("payment is under way")
        STOP = "stop", _("no more messages")
        OTHER = "other", _("something else")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="replies")
    case = models.ForeignKey(Case, models.PROTECT, related_name="replies")
    channel = models.CharField(max_length=10, choices=Delivery.Channel)
    received_at = models.DateTimeField()
    text = SealedTextField(blank=True)
    meaning = models.CharField(max_length=10, choices=Meaning)
    # The channel's own id of it, if any: the same answer twice counts once.
    provider_id = models.CharField(max_length=120, blank=True)

    class Meta:
        verbose_name = _("reply")
        verbose_name_plural = _("replies")
        constraints = [
            models.UniqueConstraint(fields=["channel", "provider_id"], condition=~Q(provider_id=""), name="reply_once"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.meaning}"
