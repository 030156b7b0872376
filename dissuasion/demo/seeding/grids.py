"""Who answers for which piece of a station's ground: townships, villages and grids (包村、包组、包楼)."""

from dataclasses import dataclass, field

from accounts.models import Person
from accounts.roles import Role
from dissuasion.demo.seeding.geography import Place
from households.models import Area, Coverage

GRIDS_EACH = 2


@dataclass
class Grids:
    """The grids of one station's ground, by village, and who is responsible; all unsaved."""

    areas: dict[str, list[Area]] = field(default_factory=dict)
    coverage: list[Coverage] = field(default_factory=list)


def make_grids(township: Place, villages: list[Place], people: list[Person]) -> Grids:
    """Return the grids of a township: every village has its police officer, every second one a cadre as well."""
    by_role = {role: [p for p in people if p.role == role] for role in Role}
    officers, cadres = by_role[Role.COMMUNITY_OFFICER], by_role[Role.CADRE]
    made = Grids()
    for person in officers[:1]:
        made.coverage.append(Coverage(person=person, division_id=township.code))
    for number, village in enumerate(villages):
        if officers:
            made.coverage.append(Coverage(person=officers[number % len(officers)], division_id=village.code))
        if cadres and number % 2 == 0:
            cadre = cadres[number // 2 % len(cadres)]
            made.coverage.append(Coverage(person=cadre, division_id=village.code))
    for number, member in enumerate(by_role[Role.GRID_MEMBER] if villages else []):
        _give(made, villages[number % len(villages)], member)
    return made


def _give(made: Grids, village: Place, member: Person) -> None:
    """Give a grid member the next grids of a village."""
    rural = village.name.endswith(("村民委员会", "村委会"))
    areas = made.areas.setdefault(village.code, [])
    for _ in range(GRIDS_EACH):
        number = len(areas) + 1
        kind, name = (Area.Kind.GROUP, f"第{number}村民组") if rural else (Area.Kind.BUILDING, f"{number}号楼")
        area = Area(division_id=village.code, kind=kind, name=name)
        areas.append(area)
        made.coverage.append(Coverage(person=member, area=area))
