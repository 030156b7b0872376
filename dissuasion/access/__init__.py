"""The only doors to an object: what a person may see and do. What is not yours does not exist for you."""

from dissuasion.access.objects import (
    assignment_of,
    call_of_operator,
    case_to_command,
    cases_of_command,
    evidence_to_see,
    household_to_command,
    person_to_send,
    triage_to_settle,
    visit_to_correct,
)
from dissuasion.access.rights import NotYours, administer, command_of, figures_of, hotline_of
from dissuasion.access.scope import below, ground_in_reach, queue_to_count, unit_to_watch, unit_with_figures

__all__ = [
    "NotYours",
    "administer",
    "assignment_of",
    "below",
    "call_of_operator",
    "case_to_command",
    "cases_of_command",
    "command_of",
    "evidence_to_see",
    "figures_of",
    "ground_in_reach",
    "hotline_of",
    "household_to_command",
    "person_to_send",
    "queue_to_count",
    "triage_to_settle",
    "unit_to_watch",
    "unit_with_figures",
    "visit_to_correct",
]
