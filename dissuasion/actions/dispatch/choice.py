"""Chooses who goes: the best of those whom the machine may send."""

import datetime as dt
from dataclasses import dataclass

from accounts.models import Person
from dissuasion.models import Assignment, Case
from dissuasion.queries import matching
from dissuasion.rules.ranking import Candidate
from dissuasion.rules.reasons import Reason


@dataclass(frozen=True)
class Chosen:
    """Who gets a part of a case, and the reasons."""

    person: Person
    reasons: list[Reason]
    part: str = Assignment.Part.LEAD


def next_in_line(case: Case, *, at: dt.datetime) -> Candidate | None:
    """Return the best person who is not asked already; None when there is nobody."""
    return best_to_send(matching.suggest(case, now=at))


def best_to_send(found: matching.Suggestions) -> Candidate | None:
    """Return the best whom the machine may send, or None: whoever the desk recalled is sent again only by the desk."""
    return next((candidate for candidate in found.best if not has_reason(candidate, "recalled")), None)


def has_reason(candidate: Candidate, code: str) -> bool:
    return any(reason["code"] == code for reason in candidate.reasons)
