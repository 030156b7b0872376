"""How far a right reaches: the own unit, the units below it, the ground that it answers for."""

from django.db.models import Q

from accounts.models import Person, Unit
from accounts.roles import CALLS
from config.lib.http.problems import NotHere
from dissuasion.access.rights import command_of, figures_of, hotline_of
from households import ground


def below(unit: Unit, field: str = "unit") -> Q:
    """Return the condition that a row belongs to `unit` or to a unit below it (below a station there is none)."""
    if unit.kind == Unit.Kind.STATION:
        return Q(**{field: unit.pk})
    return Q(**{f"{field}__path__startswith": unit.path})


def ground_in_reach(person: Person, code: str) -> bool:
    """Return whether the unit that answers for a division is the one that `person` commands, or below it.

    A station's chief reaches the ground of the whole county desk above: unclear alerts come from there.
    """
    unit = command_of(person)
    reach = unit.parent if unit.kind == Unit.Kind.STATION and unit.parent else unit
    answering = ground.unit_of(code, ground.divisions_for([code]))
    return answering is not None and reach.covers(answering)


def unit_to_watch(person: Person, unit_id: int | None) -> Unit:
    """Return the unit that `person` commands, or the one below it that they asked for; raise NotHere for others."""
    return _below_or_own(command_of(person), unit_id)


def unit_with_figures(person: Person, unit_id: int | None) -> Unit:
    """Return the unit whose figures `person` may read, or the one below it that they asked for."""
    return _below_or_own(figures_of(person), unit_id)


def queue_to_count(person: Person, unit_id: int | None) -> Unit:
    """Return the unit whose hotline queue an operator or a desk may count: their own, or the one below they asked for.

    Raises NotYours for any other role and NotHere for any other unit.
    """
    own = hotline_of(person) if person.role in CALLS else command_of(person)
    return _below_or_own(own, unit_id)


def _below_or_own(own: Unit, unit_id: int | None) -> Unit:
    if unit_id is None or unit_id == own.pk:
        return own
    other = Unit.objects.filter(pk=unit_id, path__startswith=own.path).first()
    if other is None:
        raise NotHere
    return other
