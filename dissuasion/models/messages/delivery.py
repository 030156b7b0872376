"""One try to send one message to one person (通知): text, voice, work messenger or push."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from config.lib.ids import uuid7
from dissuasion.models.assignment import Assignment
from dissuasion.models.case import Case
from dissuasion.rules import states
from households.models import Resident

LONGEST_ID = 120  # of what a channel calls a message, or an answer to one
IN_HAND = Q(state__in=[states.Delivery.PLANNED.value, states.Delivery.SENDING.value])


class Delivery(models.Model):
    """A try and what came of it. "Sent" stops no clock: only an acknowledgement or a superior does (promises.md B).

    What it says is written when it is sent, from its purpose: nothing personal is kept here a second time.
    """

    class State(models.TextChoices):
        PLANNED = states.Delivery.PLANNED, _("planned")
        SENDING = states.Delivery.SENDING, _("sending")
        SENT = states.Delivery.SENT, _("sent")
        DELIVERED = states.Delivery.DELIVERED, _("delivered")
        SHOWN = states.Delivery.SHOWN, _("shown")
        FAILED = states.Delivery.FAILED, _("failed")
        UNKNOWN = states.Delivery.UNKNOWN, _("outcome unknown")
        DROPPED = states.Delivery.DROPPED, _("not sent")

    class Channel(models.TextChoices):
        PUSH = "push", _("push")
        TEXT = "text", _("text message")
        VOICE = "voice", _("voice call")
        MESSENGER = "messenger", _("work messenger")

    class Purpose(models.TextChoices):
        VISIT = "visit", _("a visit to acknowledge")
        UNANSWERED = "unanswered", _("nobody acknowledges")
        SHORTFALL = "shortfall", _("nobody can go")
        OVERDUE = "overdue", _("a deadline has passed")
        WARNING = "warning", _("warning to a resident")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="deliveries")
    assignment = models.ForeignKey(Assignment, models.PROTECT, null=True, related_name="deliveries")
    # To a member of staff or to the resident of the case.
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="deliveries")
    resident = models.ForeignKey(Resident, models.PROTECT, null=True, related_name="deliveries")
    channel = models.CharField(max_length=10, choices=Channel)
    purpose = models.CharField(max_length=12, choices=Purpose)
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    # Why it was dropped, delayed or failed: a code that rules/words.py turns into a sentence.
    reason = models.CharField(max_length=40, blank=True)
    # The scam type that a resident is warned of, as it was when the message was planned.
    about = models.CharField(max_length=30, blank=True)
    # Goes first in a burst: it is the only one to this person on its channel.
    urgent = models.BooleanField(default=False)
    planned_at = models.DateTimeField()
    # When it may be sent; while it is being sent, when the lease of the sender ends; empty when it is over.
    due_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=1)
    # The try before it, which failed or whose outcome is unknown: the message says that it is a repetition.
    repeats = models.OneToOneField("self", models.PROTECT, null=True, related_name="repeated_by")
    provider_id = models.CharField(max_length=LONGEST_ID, blank=True)
    # Of a push: the subscription to which it went, and only whose worker can say that it was shown. No foreign key: it
    # may be gone.
    subscription = models.UUIDField(null=True)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False) ^ Q(resident__isnull=False), name="delivery_to_one"
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="delivery_due"),
            models.Index(fields=["assignment"], condition=IN_HAND, name="delivery_in_hand"),
            models.Index(fields=["person", "channel", "planned_at"], name="delivery_of_person"),
            models.Index(fields=["resident", "planned_at"], name="delivery_of_resident"),
            models.Index(fields=["channel", "sent_at"], name="delivery_sent"),
            models.Index(fields=["case", "planned_at"], name="delivery_of_case"),
            models.Index(fields=["provider_id"], condition=~Q(provider_id=""), name="delivery_of_provider"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.purpose} ({self.state})"
