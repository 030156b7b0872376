"""Warns an officer when somebody seems to guess the codes of their card (亮证)."""

import datetime as dt

from accounts import people
from accounts.models import Person
from dissuasion.telling import versions

# One attack is told once within this time; the phone shows it for longer.
QUIET_FOR = dt.timedelta(minutes=5)


@versions.one_change()
def warn_officer(person: Person, at: dt.datetime) -> None:
    """Tell the phones of `person` that somebody tried wrong codes of their card at `at`."""
    if people.card_tried(person, at=at, quiet_for=QUIET_FOR):
        versions.touch([person.pk])
