"""The scene of the phone's benchmark: a seeded SQLite database with Officer Lin and fifty assignments in hand."""

import datetime as dt
import json
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from accounts import people
from accounts.models import Person
from dissuasion.models import AlertSource, Assignment, Case, SourceKey
from households.models import Resident

HOST, KEY = "127.0.0.1", "benchmark-source-key"
engine = import_module(settings.SESSION_ENGINE)


def settle() -> Person:
    """Migrate, seed the small city, put Lin on duty; return Lin."""
    call_command("migrate", verbosity=0)
    settings.DEBUG = True  # the seeding of people refuses a production database
    call_command("seed", size="small", recorded=True, quiet=True)
    settings.DEBUG = False
    lin = Person.objects.get(username="lin")
    now = timezone.now()
    people.go_on_duty(lin, at=now, until=now + dt.timedelta(hours=12))
    return lin


def give(person: Person, *, count: int) -> list[str]:
    """Give `person` so many assignments through the doors that a source and a chief use; return their ids."""
    source = AlertSource.objects.get(code="demo")
    SourceKey.issue(source, KEY)
    chief = Client(headers={"host": HOST})
    chief.force_login(Person.objects.get(username="gu"))
    homes = Resident.objects.filter(household__division__code__startswith=_ground(person)).exclude(phone_index="")
    for number, resident in enumerate(homes[:count]):
        case = _case_of(resident, number)
        body = {"person": str(person.pk), "instead_of": str(case.lead.pk) if case.lead else None}
        path = f"/api/v1/cases/{case.pk}/assign"
        answer = chief.post(path, json.dumps(body), "application/json")
        if answer.status_code >= 300:
            raise RuntimeError(f"The chief could not assign: {answer.content.decode()}")
    held = Assignment.objects.filter(person=person, status="assigned").exclude(case__risk="high")  # an alarm covers all
    return [str(pk) for pk in held.values_list("pk", flat=True)]


def _ground(person: Person) -> str:
    division = person.unit.divisions.first() if person.unit else None
    if division is None:
        raise RuntimeError("Lin's station answers for no ground: the seed has changed.")
    return str(division.code)


def _case_of(resident: Resident, number: int) -> Any:
    """Warn of a resident; return their case, with `lead` where somebody holds it already."""
    alert = {
        "external_id": f"bench-{number}", "occurred_at": timezone.now().isoformat(), "scam_type": "rebate",
        "risk": "medium", "resident": {"phone": resident.phone}, "amount_at_risk": 3_000,
    }  # fmt: skip
    headers = {"host": HOST, "authorization": f"Bearer {KEY}"}
    answer = Client(headers=headers).post("/api/v1/alerts", json.dumps(alert), "application/json")
    if answer.status_code != 201:
        raise RuntimeError(f"The alert was not taken: {answer.content.decode()}")
    case: Any = Case.objects.get(resident=resident)
    case.lead = Assignment.objects.filter(case=case, part="lead", status="assigned").first()
    return case


def cookie_of(person: Person) -> str:
    """Return the key of a new session of `person`."""
    session = engine.SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    return str(session.session_key)
