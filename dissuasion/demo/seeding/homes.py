"""Households, the residents in them and the families to enlist: all made up, none with a number that exists."""

from dataclasses import dataclass, field
from random import Random

from accounts.models import Person
from accounts.roles import Role
from dissuasion.demo.seeding.geography import Ground, Place, village_name
from dissuasion.demo.seeding.grids import Grids
from dissuasion.demo.seeding.identities import COMMON, MARK, SURNAMES, Register, dialect
from dissuasion.demo.seeding.randomness import divide, random_for, random_point, row_id
from households.models import Contact, Coverage, Household, Resident

# The year in which the ages below are meant: a fixed one, so that the rows are the same in every year.
YEAR = 2025
OLD, PHONE_FROM, GROWN_CHILD_AGE = 60, 14, 55
AROUND_VILLAGE_KM = (0.03, 0.45)
SAFETY_NOTES = (
    "院里有狗，先喊门",
    "大门常年锁着，走后巷",
    "听力不好，敲门要重",
    "门前路窄，车停村口",
    "家有病人，说话轻一些",
    "楼道无灯，带手电",
)
FAMILY = ("儿子", "女儿", "侄子", "外甥女", "邻居")
RESPONSIBLE = (Role.CADRE, Role.GRID_MEMBER)


@dataclass
class Homes:
    """The households of one or several townships with all that belongs to them; unsaved."""

    households: list[Household] = field(default_factory=list)
    residents: list[Resident] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    coverage: list[Coverage] = field(default_factory=list)

    def clear(self) -> None:
        """Forget what has been written."""
        for rows in (self.households, self.residents, self.contacts, self.coverage):
            rows.clear()


@dataclass(frozen=True)
class Town:
    """A township to fill: its grids, and its station's people."""

    place: Place
    grids: Grids
    people: list[Person]


def add_homes(homes: Homes, ground: Ground, town: Town, *, count: int, register: Register) -> None:
    """Add `count` households of a township to `homes`; single old people get somebody responsible (包户)."""
    township = town.place
    rng = random_for("homes", township.code)
    helpers = [person for person in town.people if person.role in RESPONSIBLE]
    villages = ground.children(township.code) or [township]
    for village, share in zip(villages, divide(count, [1] * len(villages)), strict=True):
        where = f"{ground.places[township.parent].name}{township.name}{village_name(village)}"
        areas = town.grids.areas.get(village.code, [])
        for number in range(1, share + 1):
            lat, lon = random_point(village.point, near_km=AROUND_VILLAGE_KM[0], far_km=AROUND_VILLAGE_KM[1], rng=rng)
            household = Household(
                id=row_id("household", village.code, number),
                division_id=village.code,
                area=rng.choice(areas) if areas else None,
                address=f"{where}示范路{number}号",
                lat=lat,
                lon=lon,
                safety_note=rng.choice(SAFETY_NOTES) if rng.random() < 0.08 else "",
            )
            homes.households.append(household)
            alone = _residents(homes, household, rng, register)
            if alone and helpers:
                homes.coverage.append(Coverage(person=rng.choice(helpers), household=household))


def _ages(rng: Random) -> list[int]:
    """Return who lives in a household, the head first: alone, a couple, with one child or two."""
    count = rng.choices((1, 2, 3, 4), weights=(22, 34, 26, 18))[0]
    if count == 1:
        return [rng.randint(OLD, 88) if rng.random() < 0.6 else rng.randint(22, OLD - 1)]
    head = rng.randint(24, 82) if count == 2 else rng.randint(30, 62)
    children = [max(1, head - rng.randint(22, 29)) for _ in range(count - 2)]
    return [head, min(88, max(20, head + rng.randint(-5, 5))), *children]


def _residents(homes: Homes, household: Household, rng: Random, register: Register) -> bool:
    """Add who lives there; return whether it is one old person alone."""
    ages = _ages(rng)
    family = rng.choice(SURNAMES)
    alone = len(ages) == 1 and ages[0] >= OLD
    for place, age in enumerate(ages):
        number = register.resident()
        surname = rng.choice(SURNAMES) if place == 1 else family
        born = f"{YEAR - age}{rng.randint(1, 12):02d}{rng.randint(1, 28):02d}"
        resident = Resident(
            id=row_id("resident", household.pk, place),
            household=household,
            name=f"{surname}{MARK}{number:05d}",
            phone=register.phone() if age >= PHONE_FROM else "",
            id_number=register.id_number(born),
            dialect=dialect(household.division_id) if rng.random() < 0.8 else COMMON,
            lives_alone=alone,
            earlier_victim=age > 18 and rng.random() < 0.04,
        )
        resident.index()
        homes.residents.append(resident)
        if age >= GROWN_CHILD_AGE and rng.random() < 0.6:
            homes.contacts.append(_contact(resident, family, rng, register))
    return alone


def _contact(resident: Resident, surname: str, rng: Random, register: Register) -> Contact:
    phone = register.contact_phone()
    return Contact(
        id=row_id("contact", resident.pk),
        resident=resident,
        name=f"{surname}{MARK}亲{register.contacts:05d}",
        relation=rng.choice(FAMILY),
        phone=phone,
    )
