"""The hotline's queue (96110 待拨队列): one row a case that waits for a call, and each operator's attempt at it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Person, Unit
from config.lib.ids import uuid7
from config.lib.sealing.fields import SealedTextField
from dissuasion.models.case import Case
from dissuasion.rules import states
from dissuasion.rules.residents import calls

OPEN = Q(status__in=[status.value for status in states.OPEN_CALL])


class HotlineCall(models.Model):
    """A case that waits for a call or is being called. The database allows one a case, and one an operator at a time.

    Claimed by compare-and-set with a lease: when it has run out, the next claim takes the call over.
    """

    class Status(models.TextChoices):
        WAITING = states.HotlineCall.WAITING, _("waiting for a call")
        CLAIMED = states.HotlineCall.CLAIMED, _("being called")
        DONE = states.HotlineCall.DONE, _("done")
        CANCELLED = states.HotlineCall.CANCELLED, _("cancelled")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="calls")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    status = models.CharField(max_length=10, choices=Status, default=Status.WAITING)
    # The urgency of the case, copied here so that the next call is found without reading all cases.
    money_moves = models.BooleanField(default=False)
    points = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField()
    # From when it may be claimed: at once, or when a call back is due.
    due_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    claimed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    tries = models.PositiveSmallIntegerField(default=0)
    misses = models.PositiveSmallIntegerField(default=0)
    denials = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=20, blank=True)

    class Meta:
        verbose_name = _("hotline call")
        verbose_name_plural = _("hotline calls")
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=OPEN, name="one_open_call_a_case"),
            models.UniqueConstraint(
                fields=["claimed_by"], condition=Q(status=states.HotlineCall.CLAIMED), name="one_call_an_operator"
            ),
            models.CheckConstraint(
                condition=~Q(status=states.HotlineCall.CLAIMED)
                | Q(claimed_by__isnull=False, lease_until__isnull=False),
                name="claimed_call_has_a_lease",
            ),
        ]
        indexes = [
            models.Index(fields=["-money_moves", "-points", "made_at"], condition=OPEN, name="hotline_queue"),
            models.Index(fields=["unit"], condition=OPEN, name="hotline_of_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.status} {self.case_id}"


class HotlineAttempt(models.Model):
    """One operator's attempt: begun when the call is claimed, ended by its result. What was said is sealed."""

    class Result(models.TextChoices):
        STOPPED = calls.Result.STOPPED, _("talked out of it")
        NO_FRAUD = calls.Result.NO_FRAUD, _("no fraud")
        CALL_BACK = calls.Result.CALL_BACK, _("call back later")
        NO_ANSWER = calls.Result.NO_ANSWER, _("no answer")
        DENIED = calls.Result.DENIED, _("denies it")
        PAYING = calls.Result.PAYING, _("payment under way")
        WRONG_NUMBER = calls.Result.WRONG_NUMBER, _("wrong number")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    call = models.ForeignKey(HotlineCall, models.PROTECT, related_name="attempts")
    operator = models.ForeignKey(Person, models.PROTECT, related_name="+")
    claimed_at = models.DateTimeField()
    # The operator's desk makes the UUID of a result; the same one again gets the same answer.
    uuid = models.UUIDField(null=True, unique=True)
    body_hash = models.CharField(max_length=64, blank=True)
    result = models.CharField(max_length=14, choices=Result, blank=True)
    happened_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField(null=True)
    flags = models.JSONField(default=list)
    answer = models.JSONField(default=dict)
    note = SealedTextField(blank=True)

    class Meta:
        verbose_name = _("call attempt")
        verbose_name_plural = _("call attempts")

    def __str__(self) -> str:
        return f"{self.result or '…'} {self.call_id}"
