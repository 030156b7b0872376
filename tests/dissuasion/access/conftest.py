"""What the tests of access share: an auditor, an operator, a case and a triage entry on Lin's ground to be tried."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.models import Person
from dissuasion.demo.seeding.work_data import load_scripts
from dissuasion.models import Act, Case, Evidence, ScriptVersion, TriageEntry, Visit, WorkVersion
from households.models import Contact
from tests.cast import NO_PASSWORD, VILLAGE, Cast, synthetic_id
from tests.dissuasion.actions.field.phone import Phone

# Values that stand nowhere else: where one of them turns up, it came from Mrs Zhao's file.
NAME, ADDRESS, NOTE = "兆金丝雀", "金丝雀胡同777号", "金丝雀说转账是买房"
PHONE, ID_NUMBER, FAMILY, FAMILY_NAME = "19177770001", synthetic_id(777, "19520607"), "19177770002", "金丝雀之女"
SAFETY, UNCLEAR_PHONE, UNCLEAR_NAME = "金丝雀家有狗", "19177770003", "钱金丝雀"
NUMBERS = (PHONE, ID_NUMBER, FAMILY, UNCLEAR_PHONE)
CANARIES = (*NUMBERS, NAME, ADDRESS, NOTE, FAMILY_NAME, SAFETY, UNCLEAR_NAME, "金丝雀")


@dataclass(frozen=True)
class Things:
    """One of each thing that has an address; `phone` is the phone that holds or held the case."""

    case: Case
    entry: TriageEntry
    script: str
    phone: Phone
    evidence: Evidence
    visit: Visit


@pytest.fixture
def auditor(cast: Cast) -> Person:
    """Ding, the city's auditor."""
    person = Person(username="ding", name="丁督察", role="auditor", unit=cast.units["city"], language="en")
    person.password = NO_PASSWORD
    person.save()
    WorkVersion.objects.create(person=person)
    cast.people["ding"] = person
    return person


@pytest.fixture
def operator(cast: Cast) -> Person:
    """He, a hotline operator of the county of Lin's station."""
    person = Person(username="he", name="何话务员", role="hotline_operator", unit=cast.units["411681"], language="en")
    person.password = NO_PASSWORD
    person.save()
    WorkVersion.objects.create(person=person)
    cast.people["he"] = person
    return person


@pytest.fixture
def things(cast: Cast, auditor: Person, operator: Person, send_alert: Callable[..., Any]) -> Things:
    """Mrs Zhao under values of her own, her case in Lin's hands, and an unclear alert on the county's desk."""
    resident = cast.zhao_resident
    resident.name, resident.phone, resident.id_number = NAME, PHONE, ID_NUMBER
    resident.save()
    resident.household.address, resident.household.safety_note = ADDRESS, SAFETY
    resident.household.save()
    Contact.objects.filter(resident=resident).delete()
    Contact.objects.create(resident=resident, name=FAMILY_NAME, relation="女儿", phone=FAMILY)
    load_scripts(now=timezone.now() - dt.timedelta(days=1))
    heard = {"phone": PHONE, "id_number": ID_NUMBER, "name": NAME, "address": ADDRESS}
    assert send_alert(resident=heard, note=NOTE).json()["way"] == "case"
    unclear = {"phone": UNCLEAR_PHONE, "name": UNCLEAR_NAME, "address": ADDRESS, "division_code": VILLAGE}
    assert send_alert(external_id="a-2", resident=unclear, note=NOTE).json()["way"] == "triage"
    phone = Phone(cast, "lin")
    assert phone.held() == ["assigned"]
    case, entry, script = Case.objects.get(), TriageEntry.objects.get(), ScriptVersion.objects.earliest("pk").sha256
    photo = photo_of(cast.lin, case)
    return Things(case, entry, script, phone, photo, visit_of(photo.act))


def photo_of(person: Person, case: Case) -> Evidence:
    """Return a photo that this person's act on the case announced, of which nothing has come yet."""
    now, lead = timezone.now(), case.assignments.get()
    act = Act.objects.create(
        uuid=uuid4(), person=person, assignment=lead, kind="note", happened_at=now, received_at=now, device="camera",
        seq=0, body={"payload": {"met": True, "disposition": "refused"}}, body_hash="", verdict="applied",
    )  # fmt: skip
    return Evidence.objects.create(uuid=uuid4(), person=person, act=act, size=9, sha256="1" * 64, made_at=now)


def visit_of(act: Act) -> Visit:
    """Return a record that decides nothing and stands behind every other."""
    lead, late = act.assignment, timezone.now() + dt.timedelta(days=1)
    return Visit.objects.create(
        act=act, assignment=lead, case=lead.case, person=act.person, happened_at=late, met=True,
        disposition="refused", decides=False,
    )  # fmt: skip


@pytest.fixture
def told(things: Things) -> Things:
    """The same after the whole way: Lin was there, met her and wrote a note."""
    things.phone.does("note", text=NOTE)
    things.phone.does("arrive", manual_reason="no satellites")
    assert things.phone.records("refused", note=NOTE)["verdict"] == "applied"
    return things
