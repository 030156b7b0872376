"""What is kept about the work, one noun a file."""

from dissuasion.models.act import Act
from dissuasion.models.alert import Alert, TriageEntry
from dissuasion.models.assignment import Assignment
from dissuasion.models.case import Case
from dissuasion.models.check_in import CheckIn
from dissuasion.models.delivery import Delivery
from dissuasion.models.event import CaseEvent
from dissuasion.models.evidence import Evidence
from dissuasion.models.hotline import HotlineAttempt, HotlineCall
from dissuasion.models.policy import Policy
from dissuasion.models.pulse import Pulse
from dissuasion.models.reply import Reply
from dissuasion.models.script import Script, ScriptVersion
from dissuasion.models.source import AlertSource, SourceKey
from dissuasion.models.visit import Visit, VisitAmount
from dissuasion.models.work import Epoch, WorkVersion

__all__ = [
    "Act",
    "Alert",
    "AlertSource",
    "Assignment",
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
