"""Alerts that no rule can place wait on a county's desk, with the reasons: never lost."""

import datetime as dt

import pytest

from accounts.models import Unit
from dissuasion.models import Alert, Case, TriageEntry
from households.models import Division, Resident
from tests.cast import COUNTY, OTHER_PHONE, PHONE, TOWNSHIP, VILLAGE, alert, synthetic_id

pytestmark = pytest.mark.django_db
STRANGER = {"phone": "10000000099", "division_code": VILLAGE}
NEIGHBOUR = {"name": "钱某", "phone": PHONE}


def reasons():
    return [reason["code"] for reason in TriageEntry.objects.get().reasons]


@pytest.fixture
def neighbour(cast):
    """Somebody who shares Mrs Zhao's telephone."""
    return Resident.objects.create(household=cast.zhao_resident.household, **NEIGHBOUR)


@pytest.mark.parametrize(
    ("resident", "reason"),
    [
        (STRANGER, "unknown_resident"),
        ({"phone": "", "id_number": synthetic_id(99), "division_code": VILLAGE}, "unknown_resident"),
        ({"phone": "", "address": "示范路12号", "division_code": VILLAGE}, "no_identifier"),
        ({"phone": "", "address": "示范路12号", "name": "赵某", "division_code": VILLAGE}, "no_identifier"),
        ({"phone": PHONE, "id_number": synthetic_id(2, "19850202"), "division_code": VILLAGE}, "two_residents"),
        ({"phone": PHONE, "id_number": synthetic_id(99), "division_code": VILLAGE}, "two_residents"),
        ({"phone": OTHER_PHONE, "id_number": synthetic_id(1), "division_code": VILLAGE}, "two_residents"),
    ],
)
def test_it_waits_on_the_countys_desk(cast, post, resident, reason):
    answer = post(alert(resident=resident))
    assert answer.status_code == 201
    assert (answer.json()["way"], answer.json()["case"], answer.json()["risk"]) == ("triage", None, None)
    entry = TriageEntry.objects.get()
    assert (entry.unit, entry.status, reasons()[0]) == (cast.units[COUNTY], "waiting", reason)
    assert not Case.objects.exists()


def test_it_waits_when_several_residents_share_the_phone(cast, post, neighbour):
    post(alert(resident={"division_code": VILLAGE}))
    assert reasons()[0] == "several_residents"


def test_it_tells_those_who_share_a_phone_apart_by_name(cast, post, neighbour):
    assert post(alert(resident={"name": "钱某"})).json()["way"] == "case"
    assert Case.objects.get().resident == neighbour


def test_it_waits_when_the_name_helps_nobody(cast, post, neighbour):
    post(alert(resident={"name": "孙某"}))
    assert TriageEntry.objects.count() == 1


def test_it_tells_those_who_share_a_phone_apart_by_id_number(cast, post, neighbour):
    assert post(alert(resident={"id_number": synthetic_id(1)})).json()["way"] == "case"
    assert Case.objects.get().resident == cast.zhao_resident


def test_it_believes_the_id_number_when_the_phone_is_new(cast, post):
    assert post(alert(resident={"phone": "10000000099", "id_number": synthetic_id(1)})).json()["way"] == "case"
    assert Case.objects.get().resident == cast.zhao_resident


def test_it_believes_the_phone_when_no_id_number_is_registered(cast, post):
    Resident.objects.filter(pk=cast.zhao_resident.pk).update(id_index="")
    assert post(alert(resident={"id_number": synthetic_id(99)})).json()["way"] == "case"


@pytest.mark.parametrize(
    ("code", "desk"),
    [
        (VILLAGE, "county-411681"),
        (TOWNSHIP, "county-411681"),
        ("411681", "county-411681"),
        ("411624114200", "county-411624"),
        ("4116", "city-4116"),
        ("411699114", "city-4116"),  # a county that is not on the list, in this city
        ("130229110", "city-4116"),  # another city: the source's own desk
        ("", "city-4116"),
    ],
)
def test_it_finds_the_desk_by_the_ground(cast, post, code, desk):
    post(alert(resident={**STRANGER, "division_code": code}))
    assert TriageEntry.objects.get().unit.code == desk


def test_it_waits_when_no_unit_answers_for_the_ground(cast, post):
    Division.objects.update(unit=None)
    assert post(alert()).json()["way"] == "triage"
    entry = TriageEntry.objects.get()
    assert (entry.unit, reasons()[0]) == (cast.source.unit, "no_unit")


@pytest.mark.parametrize(
    ("changes", "risk", "minutes"),
    [
        ({}, "high", 5),
        ({"amount_at_risk": "0", "already_transferred": "0", "channel": "call"}, "medium", 60),
        (
            {"amount_at_risk": "0", "already_transferred": "0", "channel": "sms", "risk": "low", "scam_type": "gaming"},
            "low",
            24 * 60,
        ),
    ],
)
def test_it_is_judged_and_has_a_clock(cast, post, changes, risk, minutes):
    post(alert(resident=STRANGER, **changes))
    entry = TriageEntry.objects.get()
    assert entry.risk == risk
    assert entry.settle_by - entry.made_at == dt.timedelta(minutes=minutes)
    assert entry.points == sum(reason.get("points", 0) for reason in entry.reasons)


def test_it_is_kept_whole_and_answered_again_as_the_first_time(cast, post):
    body = alert(resident={**STRANGER, "name": "周某"}, more={"kept": True})
    first, again = post(body), post(body)
    assert (again.status_code, again.json()) == (200, first.json())
    kept = Alert.objects.get()
    assert (kept.raw, kept.case, kept.resident) == (body, None, None)
    assert TriageEntry.objects.count() == 1


@pytest.mark.parametrize("name", ["zhao", "city"])
def test_it_stands_on_the_board_of_the_desk(cast, post, name):
    post(alert(resident={**STRANGER, "name": "周小某"}))
    (entry,) = cast.client(name).get("/api/v1/board").json()["triage"]
    assert entry["reasons"][0]["text"] == "Nobody with this phone or ID number is registered"
    assert (entry["name"], entry["phone"]) == ("周某", "····0099")


@pytest.mark.parametrize("name", ["gu", "wengu"])
def test_it_stands_on_no_other_board(cast, post, name):
    post(alert(resident=STRANGER))
    assert cast.client(name).get("/api/v1/board").json()["triage"] == []


def test_it_is_not_an_earlier_warning_of_anybody(cast, post):
    post(alert(resident=STRANGER))
    post(alert(external_id="a-2"))
    assert "repeat" not in [reason["code"] for reason in Case.objects.get().reasons]


def test_it_never_leaves_a_desk_without_a_unit(cast, post):
    lone = Unit.objects.create(code="city-9999", name="Another city", kind="city_desk")
    cast.source.unit = lone
    cast.source.save()
    post(alert(resident={**STRANGER, "division_code": ""}))
    assert TriageEntry.objects.get().unit == lone
