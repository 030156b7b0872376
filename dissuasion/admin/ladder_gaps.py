"""Says whom no rung of a ladder would reach now: an error where the ladder depends on them, else a warning."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from dissuasion.queries.reachability import BY_NUMBER, PUSH, Gaps, PersonWithoutNumber, UnreachableUnit
from dissuasion.rules.levels import RISKS

NAMED = 5


def faults(content: Mapping[str, Mapping[str, int]], found: Gaps) -> list[str]:
    """Return the rungs that would reach nobody, as `risk: unheard rung` codes."""
    codes = []
    for risk in RISKS:
        rungs = content[risk]
        silent = {"chief": bool(found.chiefs), "county": bool(found.desks)}
        codes += [f"{risk}: unheard {do}" for do, missing in silent.items() if missing and do in rungs]
        if unreachable(rungs, found.field):
            codes.append(f"{risk}: unheard {min((rungs[do], do) for do in BY_NUMBER if do in rungs)[1]}")
    return codes


def unreachable(rungs: Mapping[str, int], field: Sequence[PersonWithoutNumber]) -> list[PersonWithoutNumber]:
    """Return who has none of the channels of these rungs.

    Rungs without one that goes to a number never refuse: a push proves itself day by day, not when rules are written.
    """
    if not set(BY_NUMBER) & set(rungs):
        return []
    return [person for person in field if PUSH not in rungs or not person.push]


def reason(do: str, rungs: Mapping[str, int], found: Gaps) -> str:
    """Return why a rung would reach nobody, with the first few names."""
    if do == "chief":
        return _chiefs(found.chiefs)
    return _desks(found.desks) if do == "county" else _field(unreachable(rungs, found.field))


def warnings(found: Gaps) -> list[str]:
    """Return everything that is missing now, as sentences; empty when everybody can be reached."""
    missing = [(_chiefs, found.chiefs), (_desks, found.desks), (_field, found.field)]
    return [say(rows) for say, rows in missing if rows]  # type: ignore[operator]


def _chiefs(units: Sequence[UnreachableUnit]) -> str:
    return _("No station chief can be reached: %(names)s.") % {"names": _some([_unit(unit) for unit in units])}


def _desks(units: Sequence[UnreachableUnit]) -> str:
    return _("Nobody at the desk can be reached: %(names)s.") % {"names": _some([_unit(unit) for unit in units])}


def _field(people: Sequence[PersonWithoutNumber]) -> str:
    text = _("On duty without a telephone number: %(names)s.")
    return text % {"names": _some([_person(person) for person in people])}


def _unit(unit: UnreachableUnit) -> str:
    if unit.staffed:
        return _("%(unit)s (without a telephone number)") % {"unit": unit.unit}
    return _("%(unit)s (nobody there)") % {"unit": unit.unit}


def _person(person: PersonWithoutNumber) -> str:
    if person.push:
        return _("%(name)s of %(unit)s (push only)") % {"name": person.name, "unit": person.unit}
    return _("%(name)s of %(unit)s") % {"name": person.name, "unit": person.unit}


def _some(names: Sequence[str]) -> str:
    """Return the first few, and how many more there are."""
    first = _(", ").join(names[:NAMED])
    more = len(names) - NAMED
    return _("%(names)s and %(n)d more") % {"names": first, "n": more} if more > 0 else first
