"""What is not yours does not exist for you: the same words for a foreign thing and for one that never was."""

import json

import pytest

from accounts.models import Person
from accounts.people import deactivate
from tests.dissuasion.access.doors import NOWHERE, knock
from tests.dissuasion.actions.field.phone import Desk

pytestmark = pytest.mark.django_db
CASE_DOORS = {
    "GET cases/<uuid:case_id>": {},
    "GET cases/<uuid:case_id>/suggestions": {},
    "POST cases/<uuid:case_id>/assign": {"person": str(NOWHERE)},
    "POST cases/<uuid:case_id>/recall": {"reason": "wrong"},
    "POST cases/<uuid:case_id>/decide": {"decision": "close", "reason": "wrong"},
    "POST cases/<uuid:case_id>/risk": {"risk": "low", "reason": "wrong"},
}


def same(first, second, status=404):
    """Whether two answers can't be told apart."""
    seen = [(answer.status_code, answer.content, sorted(answer.headers.items())) for answer in (first, second)]
    return seen[0] == seen[1] and first.status_code == status


def test_it_hides_a_foreign_case(cast, things):
    client = cast.client("wengu")
    for door, asked in CASE_DOORS.items():
        body = json.dumps(asked)
        assert same(knock(client, door, things, body), knock(client, door, things, body, case_id=NOWHERE)), door
    things.case.refresh_from_db()
    assert (things.case.risk, things.phone.held()) == ("high", ["assigned"])


@pytest.mark.parametrize("name", ["wen", "wengu", "mei", "ding"])
def test_it_hides_foreign_evidence(cast, things, name):
    client, door = cast.client(name), "GET evidence/<uuid:evidence_id>"
    assert same(knock(client, door, things), knock(client, door, things, evidence_id=NOWHERE))


def test_it_hides_a_foreign_triage_entry(cast, things):
    client, door = cast.client("wengu"), "POST triage/<uuid:entry_id>/settle"
    for asked in ({"dismiss": "wrong"}, {"resident": str(NOWHERE)}):
        body = json.dumps(asked)
        assert same(knock(client, door, things, body), knock(client, door, things, body, entry_id=NOWHERE))
    things.entry.refresh_from_db()
    assert things.entry.status == "waiting"


@pytest.mark.parametrize("door", ["board", "figures"])
def test_it_hides_foreign_units_and_those_above(cast, door):
    client = cast.client("gu")
    nowhere = client.get(f"/api/v1/{door}?unit=2147483000")
    for other in ("411624", "411624114", "411681113", "411681", "city"):
        assert same(client.get(f"/api/v1/{door}?unit={cast.units[other].pk}"), nowhere), other


def test_it_opens_the_units_below(cast):
    zhao, city = Desk(cast, "zhao"), Desk(cast, "city")
    station = cast.units["411681112"].pk
    assert zhao.reads(f"board?unit={station}")["unit"]["id"] == station
    assert city.reads(f"figures?unit={station}")["unit"]["id"] == station


def test_it_sends_nobody_of_another_county(cast, things):
    gu = Desk(cast, "gu")
    path, others = f"cases/{things.case.pk}/assign", {"person": str(cast.qin.pk)}
    for part in ("person", "companion"):
        foreign = gu.asks(path, **others | {part: str(cast.wen.pk)})
        assert same(foreign, gu.asks(path, **others | {part: str(NOWHERE)}))
    assert things.phone.held() == ["assigned"]


def test_it_lends_a_neighbour_of_the_same_county(cast, things):
    cast.wen.unit = cast.units["411681113"]
    cast.wen.save()
    answer = Desk(cast, "gu").assigns(things.phone, to=str(cast.wen.pk), instead_of=things.phone.assignment)
    assert answer.status_code == 200
    assert answer.json()["name"] == cast.wen.name


def test_it_sends_nobody_who_was_deactivated(cast, things):
    deactivate(cast.qin)
    gu = Desk(cast, "gu")
    assert same(gu.assigns(things.phone, to=str(cast.qin.pk)), gu.assigns(things.phone, to=str(NOWHERE)))


def test_it_sends_only_people_of_the_field_along(cast, things):
    gu, asked = Desk(cast, "gu"), {"companion": str(cast.mei.pk), "instead_of": things.phone.assignment}
    for role in ("hotline_operator", "admin", "auditor", "bank_liaison", "county_desk"):
        Person.objects.filter(pk=cast.mei.pk).update(role=role)
        answer = gu.assigns(things.phone, to=str(cast.qin.pk), **asked)
        assert (answer.status_code, answer.json()["errors"][0]["code"]) == (400, "may_not_go"), role
    assert things.phone.held() == ["assigned"]


def test_it_lets_no_grid_member_lead_a_high_risk_visit(cast, things):
    answer = Desk(cast, "gu").assigns(things.phone, to=str(cast.mei.pk), instead_of=things.phone.assignment)
    assert (answer.status_code, answer.json()["code"]) == (400, "may_not_lead")


def test_it_settles_no_entry_with_somebody_of_another_county(cast, things):
    zhao, path = Desk(cast, "zhao"), f"triage/{things.entry.pk}/settle"
    foreign = zhao.asks(path, resident=str(cast.other_resident.pk))
    assert same(foreign, zhao.asks(path, resident=str(NOWHERE)), status=400)


def test_it_tells_another_persons_assignment_from_none_to_nobody(cast, things, act):
    wen = cast.client("wen")
    foreign, nowhere = (act(wen, "acknowledge", which) for which in (things.phone.assignment, NOWHERE))
    for receipt in (foreign, nowhere):
        del receipt["uuid"], receipt["received_at"]
    assert foreign == nowhere
    assert things.phone.held() == ["assigned"]
