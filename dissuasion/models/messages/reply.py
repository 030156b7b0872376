"""What a resident answered to a message (回复): kept sealed, read by the desk only."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from config.lib.ids import uuid7
from config.lib.sealing.fields import SealedTextField
from dissuasion.models.case import Case
from dissuasion.models.messages.delivery import LONGEST_ID, Delivery
from dissuasion.rules.residents.reply_words import Means


class Reply(models.Model):
    """One answer. `case` is where it counts: the one that the resident has by then."""

    class Meaning(models.TextChoices):
        PAYING = Means.PAYING, _("payment is under way")
        STOP = Means.STOP, _("no more messages")
        HEARD = Means.HEARD, _("understood, nothing was paid")
        OTHER = "other", _("not understood: a person must look")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="replies")
    case = models.ForeignKey(Case, models.PROTECT, related_name="replies")
    channel = models.CharField(max_length=10, choices=Delivery.Channel)
    received_at = models.DateTimeField()
    text = SealedTextField(blank=True)
    meaning = models.CharField(max_length=10, choices=Meaning)
    # The version of the table of words by which it was read (rules/residents/reply_words.py).
    words_version = models.PositiveSmallIntegerField(db_default=1)
    # The channel's own id of it, if any: the same answer twice counts once.
    provider_id = models.CharField(max_length=LONGEST_ID, blank=True)

    class Meta:
        verbose_name = _("reply")
        verbose_name_plural = _("replies")
        constraints = [
            models.UniqueConstraint(fields=["channel", "provider_id"], condition=~Q(provider_id=""), name="reply_once"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.meaning}"
