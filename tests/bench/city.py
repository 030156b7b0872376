"""The benchmark's city: a scratch database with the seeded people, and phones that are signed in already."""

import datetime as dt
import random
import time
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import psycopg
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.management import call_command
from django.db import OperationalError, connection
from django.utils import timezone

from accounts.models import Person, Shift
from accounts.roles import MAY_VISIT
from dissuasion.models import AlertSource, SourceKey
from households.models import Resident

KEY = "benchmark-source-key"
EMPTYINGS = 5
engine = import_module(settings.SESSION_ENGINE)


@dataclass(frozen=True)
class PhoneOf:
    """A person's phone: whose it is, and the cookie of their session."""

    person: str
    cookie: str


def make_database(url: str, name: str) -> None:
    """Make an empty scratch database, dropping one that an earlier run left."""
    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        admin.execute(f'CREATE DATABASE "{name}"')


def drop_database(url: str, name: str) -> None:
    """Drop the scratch database and whoever still uses it."""
    connection.close()
    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def settle(size: str = "city") -> None:
    """Migrate and seed ground of that size; everybody in the field is on duty for the day of the benchmark."""
    call_command("migrate", verbosity=0)
    settings.DEBUG = True  # the seeding of people refuses a production database
    call_command("seed", size=size, quiet=True)
    settings.DEBUG = False
    connection.queries_log.clear()
    now = timezone.now()
    Shift.objects.all().delete()
    field = Person.objects.filter(role__in=MAY_VISIT)
    day = dt.timedelta(days=1)
    Shift.objects.bulk_create([Shift(person=p, starts_at=now - day, ends_at=now + day) for p in field])
    source = AlertSource.objects.create(code="bench", name="Benchmark", unit=AlertSource.objects.first().unit)
    SourceKey.issue(source, KEY)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def phones(count: int) -> list[PhoneOf]:
    """Return signed-in phones of `count` people of the field, whole stations at a time."""
    people = Person.objects.filter(role__in=MAY_VISIT, unit__kind="station").order_by("unit_id", "username")
    made = []
    for person in people[:count]:
        session = engine.SessionStore()
        session[SESSION_KEY] = str(person.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = person.get_session_auth_hash()
        session.save()
        made.append(PhoneOf(person.pk.hex, session.session_key))
    return made


def residents(phones_there: list[PhoneOf], count: int | None, seed: int = 1) -> list[str]:
    """Return telephone numbers of residents on the ground of stations whose people all hold a connected phone.

    Without a `count` it is all of them.
    """
    there = {phone.person for phone in phones_there}
    staff: dict[Any, set[str]] = {}
    for pk, unit in Person.objects.filter(role__in=MAY_VISIT, unit__kind="station").values_list("pk", "unit_id"):
        staff.setdefault(unit, set()).add(pk.hex)
    covered = [unit for unit, people in staff.items() if people <= there]
    towns = set(Person.objects.filter(unit__in=covered).values_list("unit__divisions__code", flat=True)) - {None}
    found = Resident.objects.exclude(phone_index="").select_related("household").order_by("pk")
    here = [r.phone for r in found if r.household.division_id[:9] in towns]
    random.Random(seed).shuffle(here)
    if count is not None and len(here) < count:
        raise RuntimeError(f"Only {len(here)} residents live on covered ground; {count} are needed.")
    return here[:count]


def clear_work() -> None:
    """Remove everything that alerts led to, so that each part starts from the same city.

    A watcher may hold what is emptied, in another order: then PostgreSQL ends one of the two, and it is tried again.
    """
    for left in reversed(range(EMPTYINGS)):
        try:
            with connection.cursor() as cursor:
                cursor.execute("TRUNCATE dissuasion_alert, dissuasion_case CASCADE")
                cursor.execute("UPDATE dissuasion_workversion SET version = version + 1")
                cursor.execute("VACUUM ANALYZE")
            return
        except OperationalError:
            if not left:
                raise
            time.sleep(0.5)


def alert(number: str, phone: str, *, high: bool) -> dict[str, Any]:
    """Return the body of an alert."""
    body: dict[str, Any] = {
        "external_id": number,
        "occurred_at": timezone.now().isoformat(),
        "scam_type": "investment" if high else "shopping",
        "risk": "high" if high else "low",
        "channel": "funds" if high else "web",
        "resident": {"phone": phone},
        "note": "Benchmark.",
    }
    return body | ({"amount_at_risk": "200000", "already_transferred": "10000"} if high else {})
