"""The four recorded cases: found by what an alert says, on the ground that the record names."""

import pytest

from accounts.models import Person
from accounts.roles import SENT_BY_MACHINE, may_lead
from config.lib import identity
from dissuasion.demo.seeding.recorded import recorded_cases, recorded_residents
from households import ground
from households.models import Coverage, Resident
from households.models.household import id_index, phone_index

CASES = {case["key"]: case for case in recorded_cases()}


@pytest.fixture(params=sorted(CASES))
def key(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_it_knows_what_to_send_without_a_database(key):
    told = recorded_residents()[key]
    assert told["division_code"] == CASES[key]["division_code"]
    assert told["phone"].startswith("100")
    assert identity.parse_id_number(told["id_number"]).startswith("999999")


def test_it_finds_the_resident_by_either_number(seeded, key):
    told = recorded_residents()[key]
    resident = Resident.objects.get(phone_index=phone_index(told["phone"]))
    assert resident == Resident.objects.get(id_index=id_index(told["id_number"]))
    assert resident.name == CASES[key]["person"]
    assert resident.household.division_id == told["division_code"]
    assert CASES[key]["township"] in resident.household.address
    assert [contact.relation for contact in resident.contacts.all()] == ["家属"]


def test_it_has_three_officers_and_companions_at_the_place(seeded, key):
    code = CASES[key]["division_code"]
    unit = ground.unit_of(code, ground.divisions_for([code]))
    people = [p for p in Person.objects.filter(unit=unit) if p.role in SENT_BY_MACHINE]
    assert sum(may_lead(person.role, "high") for person in people) >= 3
    assert sum(not may_lead(person.role, "high") for person in people) >= 2


def test_it_gives_the_first_case_to_lins_village_and_meis_grid(seeded):
    told = recorded_residents()["xiangcheng-investment"]
    home = Resident.objects.get(phone_index=phone_index(told["phone"])).household
    covering = Coverage.objects.filter(division=home.division_id) | Coverage.objects.filter(area=home.area)
    assert {"lin", "mei"} <= {row.person.username for row in covering}
