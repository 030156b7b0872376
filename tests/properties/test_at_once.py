"""Two hundred answers to one case, a thousand copies of one act, all at the same moment (B10, C15)."""

from collections import Counter
from functools import partial
from typing import Any

import pytest
from django.db import connections

from accounts.models import Person
from dissuasion.models import Act, Assignment, CaseEvent
from tests.dissuasion.actions.field.crowd import at_once, in_crowd
from tests.dissuasion.actions.field.phone import Phone, committed
from tests.properties.often import times

pytestmark = pytest.mark.django_db(transaction=True)
lin = pytest.fixture(committed)
ASKED, THREADS, COPIES = 200, 32, times(300, long=1000)


@pytest.fixture
def everybody(lin, live_cast) -> list[Phone]:
    """Lin, who leads, and 199 more who are asked about the same case."""
    lead, numbers = Assignment.objects.get(), range(1, ASKED)
    same = {"role": "officer", "unit": live_cast.lin.unit, "language": "en", "password": "!"}
    people = Person.objects.bulk_create([Person(username=f"o{n}", name=f"o{n}", **same) for n in numbers])
    clocks = {
        name: getattr(lead, name) for name in ("assigned_at", "acknowledge_by", "contact_by", "arrive_by", "record_by")
    }
    asked = [Assignment(case=lead.case, person=person, part="second", ladder=[], **clocks) for person in people]
    phones = [lin]
    for second in Assignment.objects.bulk_create(asked):
        live_cast.people[second.person.username] = second.person
        phones.append(Phone(live_cast, second.person.username))
        phones[-1].assignment = str(second.pk)
    return phones


def until_answered(phone: Phone, act: dict[str, Any]) -> dict[str, Any]:
    """Send an act as phones do: again, until there is a receipt for it. A server without a free connection has none."""
    for _try in range(20):
        phone.client.raise_request_exception = False
        answer = phone.client.post("/api/v1/acts", {"acts": [act]}, "application/json")
        if answer.status_code == 200 and "status" not in answer.json()["receipts"][0]:
            return dict(answer.json()["receipts"][0])
        connections.close_all()
    raise AssertionError("no receipt")


def test_one_of_two_hundred_has_it_and_the_others_are_told_who(everybody):
    acts = [(phone, phone.envelope("acknowledge", {})) for phone in everybody]
    receipts = at_once([partial(until_answered, phone, act) for phone, act in acts], within_s=180)
    taken = Assignment.objects.get(status="acknowledged")
    assert taken.part == "lead"
    winner = taken.person.name
    verdicts = Counter(receipt["verdict"].replace("already_", "") for receipt in receipts)
    assert verdicts == {"applied": 1, "flagged": ASKED - 1}
    told = {phone.person.name: receipt.get("holder") for (phone, _act), receipt in zip(acts, receipts, strict=True)}
    assert told == {phone.person.name: None if phone.person.name == winner else winner for phone in everybody}
    assert Assignment.objects.filter(status="lapsed", end_reason="taken").count() == ASKED - 1
    lines = Counter(CaseEvent.objects.values_list("kind", flat=True))
    assert (lines["acknowledged"], lines["stood_down"]) == (1, ASKED - 1)


def test_a_thousand_copies_of_an_act_are_one(lin):
    act = lin.envelope("arrive", {})
    receipts = in_crowd([partial(until_answered, lin, act)] * COPIES, threads=THREADS)
    assert Counter(receipt.pop("verdict") for receipt in receipts) == {"applied": 1, "already_applied": COPIES - 1}
    assert sum(receipt.pop("repeated", False) for receipt in receipts) == COPIES - 1
    assert all(receipt == receipts[0] for receipt in receipts)
    assert (Act.objects.count(), CaseEvent.objects.filter(kind="arrived").count()) == (1, 1)
