"""The staff: the cast under their own names, everybody else under made-up ones."""

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from accounts.models import Person
from accounts.models.person import person_phone_index
from accounts.roles import Role
from dissuasion.demo.seeding import identities
from dissuasion.demo.seeding.randomness import random_for, row_id
from dissuasion.demo.seeding.teams import Team

# Published, like the sign-in of the demo itself: a production server refuses to seed people.
DEMO_PASSWORD = "doorstep-demo-only"  # noqa: S105
SALT = "doorstep0demo0salt0only0"

# Who takes the first place of a role in a unit.
CAST: dict[tuple[str, Role], tuple[str, str]] = {
    ("station-411681112", Role.COMMUNITY_OFFICER): ("lin", "林警官"),
    ("station-411681112", Role.GRID_MEMBER): ("mei", "梅某"),
    ("station-411681112", Role.STATION_CHIEF): ("gu", "顾所长"),
    ("county-411681", Role.COUNTY_DESK): ("zhao", "赵主任"),
    ("city-4116", Role.ADMIN): ("sun", "孙管理"),
    ("station-411624114", Role.COMMUNITY_OFFICER): ("wen", "温警官"),
}


@dataclass(frozen=True)
class Member:
    """A person, unsaved, and the code of the unit that they belong to."""

    person: Person
    unit: str


@functools.cache
def _password() -> str:
    """Return the one hash that all share: Argon2 is slow on purpose, 5,000 hashes would take minutes."""
    return make_password(DEMO_PASSWORD, salt=SALT)


def members(teams: Mapping[str, Team], *, first: int = 1) -> Iterator[Member]:
    """Give everybody of these teams, unsaved and without unit; `first` is the number of the first telephone."""
    number = first
    for unit, team in teams.items():
        place = 0
        for role, count in team.items():
            for ordinal in range(count):
                place += 1
                yield Member(_person(unit, role, ordinal=ordinal, place=place, number=number), unit)
                number += 1


def _person(unit: str, role: Role, *, ordinal: int, place: int, number: int) -> Person:
    kind, _, division = unit.partition("-")
    rng = random_for("person", unit, place)
    username = f"{'c' if kind == 'centre' else ''}{division}-{place:02d}"
    name = f"{rng.choice(identities.SURNAMES)}{identities.MARK}{number:04d}"
    if ordinal == 0:
        username, name = CAST.get((unit, role), (username, name))
    phone = identities.telephone(identities.STAFF_PHONE, number)
    # Four in five grew up here.
    spoken = [identities.dialect(division)] if username in ("lin", "mei", "wen") or rng.random() < 0.8 else []
    return Person(
        id=row_id("person", unit, place),
        username=username,
        name=name,
        role=role.value,
        password=_password(),
        phone=phone,
        phone_index=person_phone_index(phone),
        dialects=[*spoken, identities.COMMON],
        is_staff=role == Role.ADMIN,
        is_superuser=username == "sun",
    )
