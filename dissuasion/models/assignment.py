"""A case given to one person (派单), with the deadlines frozen on it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from config.lib.ids import uuid7
from dissuasion.models.case import Case
from dissuasion.rules import clocks, states

OPEN = Q(status__in=[status.value for status in states.OPEN_ASSIGNMENT])


class Assignment(models.Model):
    """One person's part in a case. The database allows one open lead a case, and nobody twice on one case at once."""

    class Status(models.TextChoices):
        ASSIGNED = states.Assignment.ASSIGNED, _("assigned")
        ACKNOWLEDGED = states.Assignment.ACKNOWLEDGED, _("acknowledged")
        EN_ROUTE = states.Assignment.EN_ROUTE, _("en route")
        ON_SCENE = states.Assignment.ON_SCENE, _("on scene")
        CLEARED = states.Assignment.CLEARED, _("cleared")
        DECLINED = states.Assignment.DECLINED, _("declined")
        LAPSED = states.Assignment.LAPSED, _("lapsed")
        RECALLED = states.Assignment.RECALLED, _("recalled")

    class Part(models.TextChoices):
        LEAD = states.Part.LEAD, _("lead")
        COMPANION = states.Part.COMPANION, _("companion")
        SECOND = states.Part.SECOND, _("asked as well")

    class Purpose(models.TextChoices):
        VISIT = "visit", _("visit")
        FOLLOW_UP = "follow_up", _("follow-up")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="assignments")
    person = models.ForeignKey(Person, models.PROTECT, related_name="assignments")
    part = models.CharField(max_length=10, choices=Part, default=Part.LEAD)
    purpose = models.CharField(max_length=10, choices=Purpose, default=Purpose.VISIT)
    status = models.CharField(max_length=12, choices=Status, default=Status.ASSIGNED)
    # Who chose: a chief, or nobody when the machine did. The machine never undoes the choice of a chief.
    assigned_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    reasons = models.JSONField(default=list)
    assigned_at = models.DateTimeField()
    shown_at = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True)
    contacted_at = models.DateTimeField(null=True)
    departed_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=40, blank=True)
    # The case as it was when the assignment ended: a person who left a case learns nothing new of it.
    risk_at_end = models.CharField(max_length=10, blank=True)
    scam_type_at_end = models.CharField(max_length=30, blank=True)
    acknowledge_by = models.DateTimeField()
    contact_by = models.DateTimeField()
    arrive_by = models.DateTimeField()
    record_by = models.DateTimeField()
    # The frozen ladder: rungs in the order of time, and how many of them were taken.
    ladder = models.JSONField(default=list)
    rung = models.PositiveSmallIntegerField(default=0)
    # The next moment at which `watch` must look; claimed by compare-and-set, empty when nothing is due.
    due_at = models.DateTimeField(null=True)
    # On scene: when the desk is told, unless the officer has said before that all is right.
    safety_due_at = models.DateTimeField(null=True)
    # When a push goes out, because no phone has shown the assignment yet.
    push_due_at = models.DateTimeField(null=True)
    # Since when a push message is on a phone; empty again when the phone was told that no answer is needed.
    pushed_at = models.DateTimeField(null=True)
    # The subscriptions for which a push service took it: only the others are tried again.
    pushed_to = models.JSONField(default=list)

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=OPEN & Q(part=states.Part.LEAD.value), name="one_open_lead_a_case"
            ),
            models.UniqueConstraint(fields=["case", "person"], condition=OPEN, name="nobody_twice_on_a_case"),
        ]
        indexes = [
            models.Index(fields=["person"], condition=OPEN, name="assignment_open_of_person"),
            models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="assignment_due"),
            models.Index(
                fields=["safety_due_at"], condition=Q(safety_due_at__isnull=False), name="assignment_safety_due"
            ),
            models.Index(fields=["push_due_at"], condition=Q(push_due_at__isnull=False), name="assignment_push_due"),
            models.Index(fields=["pushed_at"], condition=Q(pushed_at__isnull=False), name="assignment_pushed"),
            models.Index(
                fields=["person", "ended_at"], condition=Q(ended_at__isnull=False), name="assignment_ended_of_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} → {self.person_id} ({self.status})"

    @property
    def is_open(self) -> bool:
        """Whether the person still holds it."""
        return self.status in states.OPEN_ASSIGNMENT

    @property
    def calls_first(self) -> bool:
        """Whether the resident must be rung up while somebody is on the way."""
        first_visit = self.purpose == self.Purpose.VISIT
        if not clocks.calls_first(risk=self.case.risk, follow_up=not first_visit, has_phone=True):
            return False  # the resident need not be read
        return bool(self.case.resident.phone_index)
