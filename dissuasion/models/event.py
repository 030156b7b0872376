"""The history of a case (流转记录): appended, never changed; the figures are read from it."""

import datetime as dt

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Person, Unit
from config.lib.sealing.fields import SealedTextField
from dissuasion.models.assignment import Assignment
from dissuasion.models.case import Case


class SealedInEvent(SealedTextField):
    """Sealed text in a row whose key the database makes: it is bound to the case, the kind and the moment instead."""

    def place(self, instance: models.Model) -> str:
        case, kind, at = (getattr(instance, name) for name in ("case_id", "kind", "at"))
        return f"{instance._meta.db_table}:{self.column}:{case}:{kind}:{at.astimezone(dt.UTC).isoformat()}"


class CaseEvent(models.Model):
    """One line of the history. `at`: the server's time; `happened_at`: when it was done; `data`: no personal data.

    What somebody wrote in their own words stands sealed in `words`.
    """

    class Kind(models.TextChoices):
        HEARD = "heard", _("warning received")
        JOINED = "joined", _("further warning joined")
        OPENED = "opened", _("case opened")
        JUDGED = "judged", _("level judged")
        RISK_SET = "risk_set", _("level set by the desk")
        ASSIGNED = "assigned", _("assigned")
        SHORTFALL = "shortfall", _("nobody can go")
        SHOWN = "shown", _("shown on the phone")
        ACKNOWLEDGED = "acknowledged", _("acknowledged")
        DECLINED = "declined", _("declined")
        LAPSED = "lapsed", _("not acknowledged in time")
        STOOD_DOWN = "stood_down", _("need not go: somebody else does")
        RUNG = "rung", _("nobody acknowledges: next rung")
        OVERDUE = "overdue", _("deadline passed")
        LATE = "late", _("not acted on in time by the server")
        RECALLED = "recalled", _("recalled")
        DEPARTED = "departed", _("set out")
        CONTACTED = "contacted", _("resident called")
        ARRIVED = "arrived", _("arrived")
        VISITED = "visited", _("visit recorded")
        CORRECTED = "corrected", _("record corrected")
        ALL_RIGHT = "all_right", _("says that all is right")
        SAFETY = "safety", _("silent on scene")
        HELP = "help", _("asks for help")
        RESOLVED = "resolved", _("dealt with by the officer")
        CALLED = "called", _("called by the hotline")
        REMINDER = "reminder", _("reminder visit asked for")
        NOTED = "noted", _("note")
        FLAGGED = "flagged", _("record flagged")
        CLEARED = "cleared", _("cleared")
        MONITORED = "monitored", _("monitoring")
        RETURNED = "returned", _("back to the desk")
        CLOSED = "closed", _("closed")
        DECIDED = "decided", _("decided by the desk")
        REOPENED = "reopened", _("opened again")
        SETTLED = "settled", _("triage settled")
        REPLIED = "replied", _("answer to a message")
        NO_MESSAGES = "no_messages", _("no more messages")
        MESSAGES_AGAIN = "messages_again", _("messages allowed again")

    case = models.ForeignKey(Case, models.PROTECT, related_name="events")
    assignment = models.ForeignKey(Assignment, models.PROTECT, null=True, related_name="events")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=14, choices=Kind)
    at = models.DateTimeField()
    happened_at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    data = models.JSONField(default=dict)
    words = SealedInEvent(null=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("case event")
        verbose_name_plural = _("case events")
        indexes = [
            models.Index(fields=["case", "id"], name="event_of_case"),
            models.Index(fields=["unit", "at"], name="event_of_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.case_id}"
