"""Reads from the database what the crew and city need and no public door gives: who is on duty, which homes."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.base import VALID_KEY_CHARS
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from accounts.models import Person, Unit
from accounts.roles import MAY_VISIT, Role
from dissuasion.demo.city.alerts import Home
from dissuasion.demo.city.feeder import Sent
from dissuasion.demo.crew.phone import Member
from dissuasion.demo.crew.profile import Point
from dissuasion.demo.seeding.geography import ZHOUKOU
from dissuasion.demo.seeding.recorded import recorded_cases, resident_id
from dissuasion.demo.seeding.staff import CAST, DEMO_PASSWORD
from dissuasion.demo.seeding.unit_tree import unit_code
from dissuasion.models import Alert
from households.models import Division, Household, Resident

CAST_NAMES = [username for username, _name in CAST.values()]
# Only these sign in by name and password, as everybody does in reality: a thousand Argon2 hashes would take minutes.
SIGN_IN_THEMSELVES = frozenset({"lin", "mei"})
MAX_HOMES = 4000
AT_ONCE = 500
SESSION_HOURS = 14
LATELY = dt.timedelta(minutes=1)


@dataclass(frozen=True)
class Card:
    """One line of the list of people to sign in as."""

    username: str
    name: str
    role: str
    unit: str
    sees: str


def cards() -> list[Card]:
    """Return the people whom the demo suggests to sign in as."""
    desk = Person.objects.filter(role=Role.CITY_DESK, unit__code=unit_code(ZHOUKOU)).order_by("username").first()
    names = [*CAST_NAMES, *([desk.username] if desk else [])]
    people = {p.username: p for p in Person.objects.filter(username__in=names).select_related("unit")}
    order = [name for name in ("lin", "mei", "gu", "zhao", names[-1], "wen", "sun") if name in people]
    return [_card(people[name]) for name in dict.fromkeys(order)]


def _card(person: Person) -> Card:
    sees = {
        Role.STATION_CHIEF: _("the station's board, all its cases"),
        Role.COUNTY_DESK: _("the county's board and triage"),
        Role.CITY_DESK: _("the whole city"),
        Role.ADMIN: _("people, ground, sources, weights, scripts: /admin/"),
    }.get(Role(person.role), _("their own work"))
    unit = person.unit.name if person.unit else ""
    return Card(person.username, person.name, person.get_role_display(), unit, sees)


def on_duty(now: dt.datetime, known: Collection[str]) -> list[Member]:
    """Return the field staff on duty, those of the recorded cases' units first; `known` phones get no new session."""
    rows = Person.objects.filter(
        is_active=True, role__in=MAY_VISIT, shifts__starts_at__lte=now, shifts__ends_at__gt=now
    )
    people = {person.pk: person for person in rows.select_related("unit", "presence").order_by("username")}
    fresh = [p for pk, p in people.items() if str(pk) not in known and p.username not in SIGN_IN_THEMSELVES]
    sessions, places = make_sessions(fresh), _unit_places()
    codes = [case["division_code"] for case in recorded_cases()]
    first = {unit_code(code[:9]) for code in codes}
    members = [_member(person, sessions, places, first) for person in people.values()]
    return sorted(members, key=lambda member: not member.first)


def _member(person: Person, sessions: dict[Any, str], places: dict[int, Point], first: set[str]) -> Member:
    presence = getattr(person, "presence", None)
    return Member(
        id=str(person.pk),
        username=person.username,
        place=(presence.place if presence else None) or places.get(person.unit_id or 0, (0.0, 0.0)),
        session=sessions.get(person.pk, ""),
        password=DEMO_PASSWORD if person.username in SIGN_IN_THEMSELVES else "",
        first=bool(person.unit and person.unit.code in first),
    )


def _unit_places() -> dict[int, Point]:
    rows = Division.objects.filter(unit__isnull=False).order_by("-code").values_list("unit_id", "lat", "lon")
    return {unit: (lat, lon) for unit, lat, lon in rows if unit and lat is not None and lon is not None}


def make_sessions(people: Sequence[Person]) -> dict[Any, str]:
    """Return new session keys by person, as signing in would make them, without asking for the password.

    Only for the demo's phones: a city's crew would spend minutes in the password hash, and nothing is learned by it.
    """
    store, expires = SessionStore(), timezone.now() + dt.timedelta(hours=SESSION_HOURS)
    keys, rows = {}, []
    for person in people:
        keys[person.pk] = get_random_string(32, VALID_KEY_CHARS)
        data = store.encode(
            {
                SESSION_KEY: str(person.pk),
                BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
                HASH_SESSION_KEY: person.get_session_auth_hash(),
            }
        )
        rows.append(Session(session_key=keys[person.pk], session_data=data, expire_date=expires))
    Session.objects.bulk_create(rows, batch_size=AT_ONCE)
    return keys


def end_sessions(keys: Sequence[str]) -> None:
    """Remove the sessions of the demo's phones."""
    for start in range(0, len(keys), AT_ONCE):
        Session.objects.filter(session_key__in=keys[start : start + AT_ONCE]).delete()


def desk_people() -> tuple[list[Person], list[Person]]:
    """Return who reads every case file (one desk for each city), and the county desks of the recorded cases."""
    roots = Unit.objects.filter(parent=None, people__role=Role.CITY_DESK).distinct()
    heads = [Person.objects.filter(unit=unit, role=Role.CITY_DESK).first() for unit in roots]
    top = [person for person in heads if person is not None]
    codes = [f"county-{case['division_code'][:6]}" for case in recorded_cases()]
    counties = Person.objects.filter(unit__code__in=codes, role=Role.COUNTY_DESK).order_by("unit__code", "username")
    by_unit = {person.unit_id: person for person in reversed(counties)}
    return top, list(by_unit.values())


def resident_homes() -> list[Home]:
    """Return homes with a telephone, at most 4,000, spread over the whole ground."""
    recorded = [resident_id(case["key"]) for case in recorded_cases()]
    rows = Resident.objects.exclude(phone_index="").exclude(pk__in=recorded).order_by("id_index")
    names = dict(Division.objects.values_list("code", "name"))
    found = []
    for resident in rows.select_related("household").only("phone", "household__division")[:MAX_HOMES]:
        code = resident.household.division_id
        place = names.get(code[:6], "") + names.get(code[:9], "")
        found.append(Home(resident.phone, place, code))
    return found


@dataclass(frozen=True)
class Taken:
    """Somebody who uses the app itself: their person, the recorded cases of their station, and its chief."""

    person: str
    name: str
    cases: tuple[dict[str, Any], ...]
    chief: Person | None = None


def real_phones(since: dt.datetime) -> list[Taken]:
    """Return the field staff whose app has reported itself; the crew's phones have no app."""
    people = Person.objects.filter(devices__heard_at__gte=since, role__in=MAY_VISIT).select_related("unit").distinct()
    return [Taken(str(person.pk), person.name, _cases_of(person), _chief_of(person)) for person in people]


def _cases_of(person: Person) -> tuple[dict[str, Any], ...]:
    code = person.unit.code if person.unit else ""
    return tuple(case for case in recorded_cases() if unit_code(case["division_code"][:9]) == code)


def _chief_of(person: Person) -> Person | None:
    chiefs = Person.objects.filter(unit=person.unit, role=Role.STATION_CHIEF, is_active=True)
    return chiefs.order_by("username").first()


def others_alerts(since: dt.datetime, run: str) -> dict[UUID, Sent]:
    """Return the alerts of the last minute, but not from before `since`, that this run of the demo did not send."""
    after = max(since, timezone.now() - LATELY)
    first = UUID(int=int(after.timestamp() * 1000) << 80)  # ids begin with their milliseconds
    rows = Alert.objects.filter(pk__gte=first).exclude(external_id__contains=run).order_by("pk")
    rows = rows.select_related("source", "resident__household__division").defer("raw")
    names = dict(Division.objects.values_list("code", "name")) if rows else {}
    return {alert.pk: _heard(alert, names) for alert in rows}


def _heard(alert: Alert, names: dict[str, str]) -> Sent:
    code = alert.resident.household.division_id if alert.resident else ""
    body = {"scam_type": alert.scam_type, "amount_at_risk": alert.amount_at_risk, "channel": alert.source.name}
    answer = alert.answered | {"received_at": alert.received_at.isoformat()}
    return Sent(body, names.get(code[:6], "") + names.get(code[:9], ""), answer)


def database_size() -> dict[str, int]:
    """Return how many people and households this database holds."""
    return {"people": Person.objects.count(), "households": Household.objects.count()}
