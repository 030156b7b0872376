"""What is kept about the work, one noun a file."""

from dissuasion.models.assignment import Assignment
from dissuasion.models.canary import Canary
from dissuasion.models.case import URGENT_FIRST, Case
from dissuasion.models.event import CaseEvent
from dissuasion.models.field.act import Act
from dissuasion.models.field.check_in import CheckIn
from dissuasion.models.field.evidence import Evidence
from dissuasion.models.field.visit import Visit, VisitAmount
from dissuasion.models.hotline import HotlineAttempt, HotlineCall
from dissuasion.models.intake.alert import Alert, TriageEntry
from dissuasion.models.intake.source import AlertSource, SourceKey
from dissuasion.models.messages.delivery import Delivery
from dissuasion.models.messages.reply import Reply
from dissuasion.models.policy import Policy
from dissuasion.models.pulse import Pulse
from dissuasion.models.script import Script, ScriptVersion
from dissuasion.models.work import Epoch, WorkVersion

__all__ = [
    "URGENT_FIRST",
    "Act",
    "Alert",
    "AlertSource",
    "Assignment",
    "Canary",
    "Case",
    "CaseEvent",
    "CheckIn",
    "Delivery",
    "Epoch",
    "Evidence",
    "HotlineAttempt",
    "HotlineCall",
    "Policy",
    "Pulse",
    "Reply",
    "Script",
    "ScriptVersion",
    "SourceKey",
    "TriageEntry",
    "Visit",
    "VisitAmount",
    "WorkVersion",
]
