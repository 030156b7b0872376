"""The rota: three shifts a day, a week in each; enough police at any hour, and a few who are always on duty."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence

from django.utils import timezone

from accounts.models import Person, Shift
from accounts.people import go_on_duty
from accounts.roles import Role

NIGHT, DAY, LATE = 0, 8, 16
HOURS = dt.timedelta(hours=8)
DAYS_AHEAD = 7
# For the demo and for trying things by hand.
ALWAYS = ("gu", "lin", "mei")

POLICE = "police"
RINGS: dict[str, str] = {Role.OFFICER: POLICE, Role.COMMUNITY_OFFICER: POLICE}
# Backwards from week to week, so that nobody has two shifts in a row.
ROUND_THE_CLOCK = (NIGHT, DAY, LATE)
MOSTLY_BY_DAY = (DAY, LATE, DAY, LATE, NIGHT)
PATTERNS: dict[str, tuple[int, ...]] = {
    POLICE: ROUND_THE_CLOCK,
    Role.POLICE_ASSISTANT: ROUND_THE_CLOCK,
    Role.HOTLINE_OPERATOR: ROUND_THE_CLOCK,
    Role.COUNTY_DESK: ROUND_THE_CLOCK,
    Role.CITY_DESK: ROUND_THE_CLOCK,
    Role.CADRE: MOSTLY_BY_DAY,
    Role.GRID_MEMBER: MOSTLY_BY_DAY,
    Role.STATION_CHIEF: (DAY,),
}
ON_ROTA = [role.value for role in Role if RINGS.get(role, role) in PATTERNS]


def days_from(now: dt.datetime) -> list[dt.date]:
    """Return the days that must have shifts: today and the next ones, by the city's clock."""
    today = timezone.localdate(now)
    return [today + dt.timedelta(days=ahead) for ahead in range(DAYS_AHEAD)]


def starts(day: dt.date, hour: int) -> dt.datetime:
    """Return the moment at which a shift of a day begins."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour)))


def shifts(people: Iterable[Person], days: Sequence[dt.date]) -> list[Shift]:
    """Return everybody's shifts on these days, unsaved; people of one unit and kind take turns in the given order."""
    weeks = {day: day.toordinal() // 7 for day in days}
    beginnings = {(day, hour): starts(day, hour) for day in days for hour in ROUND_THE_CLOCK}
    turns: Counter[tuple[object, str]] = Counter()
    made = []
    for person in people:
        ring = RINGS.get(person.role, person.role)
        turn = turns[person.unit_id, ring]
        turns[person.unit_id, ring] += 1
        pattern = PATTERNS[ring]
        for day in days:
            begins = beginnings[day, pattern[(turn - weeks[day]) % len(pattern)]]
            made.append(Shift(person_id=person.pk, starts_at=begins, ends_at=begins + HOURS))
    return made


def renew_shifts(now: dt.datetime) -> int:
    """Plan the days ahead that have no shifts yet; return how many were added. Two queries when nothing is due."""
    days = days_from(now)
    noted = {starts(day, DAY): day for day in days}
    planned = Shift.objects.filter(starts_at__in=noted, ends_at__gt=now - HOURS).order_by()
    done = {noted[begins] for begins in planned.values_list("starts_at", flat=True).distinct()}
    missing = [day for day in days if day not in done]
    made = shifts(_people(), missing) if missing else []
    Shift.objects.bulk_create(made, batch_size=2000)
    return len(made) + _renew_always(now, until=starts(days[-1], LATE) + HOURS)


def _people() -> Iterable[Person]:
    people = Person.objects.filter(is_active=True, role__in=ON_ROTA, unit__isnull=False)
    return people.exclude(username__in=ALWAYS).only("pk", "role", "unit_id").order_by("username")


def _renew_always(now: dt.datetime, *, until: dt.datetime) -> int:
    served = Shift.objects.filter(starts_at__lte=now, ends_at__gte=until).values("person")
    people = list(Person.objects.filter(username__in=ALWAYS, is_active=True).exclude(pk__in=served))
    for person in people:
        go_on_duty(person, at=now, until=until)
    return len(people)
