"""Seeds a database: all in one transaction, once; later runs only plan the shifts of new days."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Person, Shift, Unit
from dissuasion.demo.seeding import database, rota, teams, work_data
from dissuasion.demo.seeding.geography import ZHOUKOU, ground
from dissuasion.demo.seeding.progress import SeedingProgress
from dissuasion.demo.seeding.recorded import recorded_cases, resident_id
from dissuasion.demo.seeding.staff import members
from dissuasion.demo.seeding.unit_tree import unit_code
from dissuasion.models import AlertSource
from households.models import Area, Division, Resident

# More people than any small database has, fewer than a city's.
CITY_FROM = 1000
FIRST_RECORDED_PHONE = 90001
# Work as the progress bar counts it: one station's homes are one, and these take about so many times as long.
GROUND_WORK, PEOPLE_WORK, DUTY_WORK = 20, 40, 30


class Refused(Exception):
    """The database may not be seeded like this; the sentence says why and what to do."""


@dataclass(frozen=True)
class Seeded:
    """What the database holds now, and whether anything but shifts was written."""

    size: str
    changed: bool


def found_size() -> str:
    """Return the size of the demo that this database holds, or nothing."""
    if not AlertSource.objects.filter(code=work_data.DEMO_SOURCE).exists():
        return ""
    return teams.CITY if Person.objects.count() > CITY_FROM else teams.SMALL


def seed(*, size: str | None, recorded: bool, now: dt.datetime, progress: SeedingProgress) -> Seeded:
    """Return what the database holds after filling it; without a `size` the one that is there, else small.

    Raises Refused on a production server, and when the database holds a demo of another size.
    """
    if not settings.DEBUG:
        raise Refused(
            _(
                "This is a production server (DEBUG is off): pretend people are not put among real ones. "
                "--ground-only loads divisions and units, --scripts-only the scripts."
            )
        )
    found = found_size()
    if found and size and found != size:
        raise Refused(
            _(
                "This database holds the demo of size %(found)s. For %(size)s start with an empty one: "
                "set another STATE_DIR or DATABASE_URL, or remove this one."
            )
            % {"found": found, "size": size}
        )
    size = found or size or teams.SMALL
    with database.unlogged(), transaction.atomic():
        changed = not found
        if found:
            rota.renew_shifts(now)
        else:
            _fill(size, recorded=recorded, now=now, progress=progress)
        if recorded and not Resident.objects.filter(pk=resident_id(recorded_cases()[0]["key"])).exists():
            _add_recorded(size, staffed=not found, now=now, progress=progress)
            changed = True
    return Seeded(size, changed)


def seed_ground(progress: SeedingProgress) -> bool:
    """Return whether divisions and units were written: they are not where there are some already."""
    if Division.objects.exists():
        return False
    with transaction.atomic():
        database.write_ground(ground())
    text = _("Ground: %(divisions)d divisions, %(units)d units")
    progress.line(text % {"divisions": Division.objects.count(), "units": Unit.objects.count()})
    return True


def _fill(size: str, *, recorded: bool, now: dt.datetime, progress: SeedingProgress) -> None:
    """Fill an empty database, with the people of the recorded cases' places when these are wanted."""
    homes = teams.homes(size)
    progress.expect(GROUND_WORK + PEOPLE_WORK + len(homes) + DUTY_WORK)
    progress.advance(_("Ground"), 0)
    seed_ground(progress)

    progress.advance(_("People"), GROUND_WORK)
    people = database.write_people(members(teams.teams(size)))
    if recorded:
        people |= database.write_people(members(teams.recorded_teams(size), first=FIRST_RECORDED_PHONE))
    by_town = database.write_grids(ground(), people)
    count = {"people": sum(map(len, people.values())), "units": len(people), "areas": Area.objects.count()}
    progress.line(_("People: %(people)d in %(units)d units, %(areas)d grids") % count)

    progress.advance(_("Households"), PEOPLE_WORK)

    def done() -> None:
        progress.advance(_("Households"))

    households, residents = database.write_homes(ground(), homes, people=people, by_town=by_town, done=done)
    text = _("Households: %(households)d with %(residents)d residents")
    progress.line(text % {"households": households, "residents": residents})

    progress.advance(_("Duty"), 0)
    work_data.load_sources(Unit.objects.get(code=unit_code(ZHOUKOU)))
    work_data.load_policies()
    scripts = work_data.load_scripts(now=now)
    shifts = rota.renew_shifts(now)
    database.write_presence(ground(), now=now)
    progress.line(_("Duty: %(shifts)d shifts; scripts: %(scripts)d") % {"shifts": shifts, "scripts": scripts})


def _add_recorded(size: str, *, staffed: bool, now: dt.datetime, progress: SeedingProgress) -> None:
    """Add the homes of the recorded cases, and their places' people unless these are `staffed` already."""
    if not staffed:
        added = database.write_people(members(teams.recorded_teams(size), first=FIRST_RECORDED_PHONE))
        database.write_grids(ground(), added)
        people = sorted((p for unit in added.values() for p in unit), key=lambda person: person.username)
        days = rota.days_from(now)
        Shift.objects.bulk_create(rota.shifts([p for p in people if p.role in rota.ON_ROTA], days))
        database.write_presence(ground(), now=now, people=[person.pk for person in people])
    database.write_recorded_homes()
    progress.line(_("Recorded cases: %(count)d homes") % {"count": len(recorded_cases())})
