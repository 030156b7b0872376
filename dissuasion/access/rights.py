"""What a role allows at all: whom a person commands, whose figures they read, for whom they call."""

from django.utils.translation import gettext as _

from accounts.models import Person, Unit
from accounts.roles import CALLS, COMMANDS, SEES_FIGURES, Role
from config.lib.http.problems import Problem


class NotYours(Problem):
    """The role does not allow this."""

    def __init__(self) -> None:
        super().__init__("forbidden", _("Your role does not allow this."), status=403)


def command_of(person: Person) -> Unit:
    """Return the unit that `person` commands; raise NotYours when they command none."""
    if person.role not in COMMANDS or person.unit is None:
        raise NotYours
    return person.unit


def figures_of(person: Person) -> Unit:
    """Return the unit whose figures `person` may read; raise NotYours when there is none."""
    if person.role not in SEES_FIGURES or person.unit is None:
        raise NotYours
    return person.unit


def hotline_of(person: Person) -> Unit:
    """Return the unit for which `person` calls people; raise NotYours when they are no operator of any."""
    if person.role not in CALLS or person.unit is None:
        raise NotYours
    return person.unit


def administer(person: Person) -> None:
    """Raise NotYours where `person` does not run this server."""
    if person.role != Role.ADMIN:
        raise NotYours
