"""Settling what no rule could place: the resident is known, is new, or the alert is put aside; once."""

from uuid import uuid4

import pytest

from dissuasion.models import Alert, TriageEntry
from households.models import Resident
from tests.cast import PHONE, VILLAGE, synthetic_id
from tests.dissuasion.actions.field.crowd import at_once
from tests.dissuasion.actions.field.phone import Desk, Phone, history, since_nine


def settle(desk, entry, **body):
    return desk.asks(f"triage/{entry['id']}/settle", **body)


NEW = {"name": "未某", "division_code": VILLAGE, "address": "示范路99号", "phone": "10000000555"}


def test_it_stands_on_the_board_of_the_county_with_reasons_and_a_clock(unclear):
    entry = unclear()
    assert (entry["risk"], since_nine(entry["settle_by"])) == ("high", 300)
    assert entry["reasons"][0]["text"] == "Nobody with this phone or ID number is registered"
    assert entry["amount_at_risk"] == "200000.00"


def test_it_opens_a_case_of_a_known_resident_and_sends_somebody(
    unclear, zhao, cast, django_capture_on_commit_callbacks
):
    entry = unclear()
    with django_capture_on_commit_callbacks(execute=True):
        answer = settle(zhao, entry, resident=str(cast.zhao_resident.pk))
    assert (answer.status_code, answer.json()["status"]) == (200, "settled")
    assert Phone(cast, "lin").held() == ["assigned"]
    assert zhao.reads("board")["triage"] == []
    assert "settled" in history(zhao.reads(f"cases/{answer.json()['case']}"))


def test_it_joins_the_open_case_of_the_resident(unclear, zhao, cast, send_alert):
    case = send_alert().json()["case"]
    lin = Phone(cast, "lin")
    before = lin.work()["version"]
    assert settle(zhao, unclear(), resident=str(cast.zhao_resident.pk)).json()["case"] == case
    assert history(zhao.reads(f"cases/{case}")).count("joined") == 1
    assert lin.work()["version"] > before


def test_it_registers_a_new_resident(unclear, zhao, cast, django_capture_on_commit_callbacks):
    entry = unclear()
    with django_capture_on_commit_callbacks(execute=True):
        answer = settle(zhao, entry, new_resident=NEW | {"lat": 33.4662, "lon": 114.875})
    assert answer.status_code == 200, answer.content
    (row,) = Phone(cast, "lin").work()["assignments"]
    assert (row["resident"]["name"], row["place"]["address"], row["place"]["lat"]) == ("未某", "示范路99号", 33.4662)


def test_it_finds_the_new_resident_the_next_time(unclear, zhao, send_alert):
    case = settle(zhao, unclear(), new_resident=NEW).json()["case"]
    assert send_alert(external_id="u-9", resident={"phone": NEW["phone"]}).json()["case"] == case


def test_it_does_not_register_one_id_number_twice(unclear, zhao, cast):
    settle(zhao, unclear(), new_resident=NEW | {"id_number": synthetic_id(1)})
    assert Resident.objects.filter(id_index=cast.zhao_resident.id_index).count() == 1
    assert Alert.objects.get(external_id="u-1").resident == cast.zhao_resident


def test_it_does_not_tell_where_somebody_with_this_id_number_lives(unclear, zhao):
    answer = settle(zhao, unclear(), new_resident=NEW | {"id_number": synthetic_id(2, "19850202")})
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (400, "elsewhere")
    assert "411624" not in answer.content.decode()
    assert zhao.reads("board")["triage"] != []


def test_it_puts_an_alert_aside_and_keeps_it(unclear, zhao, cast):
    answer = settle(zhao, unclear(), dismiss="a test of the source")
    assert (answer.status_code, answer.json()["status"], answer.json()["case"]) == (200, "dismissed", None)
    entry = TriageEntry.objects.get()
    assert (entry.note, entry.settled_by, Alert.objects.count()) == ("a test of the source", cast.zhao, 1)


@pytest.mark.parametrize("second", [{"dismiss": "x"}, {"new_resident": NEW}])
def test_it_settles_once(unclear, zhao, cast, second):
    entry = unclear()
    settle(zhao, entry, resident=str(cast.zhao_resident.pk))
    answer = settle(zhao, entry, **second)
    assert (answer.status_code, answer.json()["code"]) == (409, "already_settled")


WRONG = [
    {},
    {"dismiss": None},
    {"dismiss": "x", "new_resident": NEW},
    {"dismiss": ""},
    {"dismiss": 5},
    {"resident": "x"},
    {"resident": str(uuid4())},
    {"new_resident": {}},
    {"new_resident": NEW | {"division_code": "411681"}},
    {"new_resident": NEW | {"division_code": "411681999999"}},
    {"new_resident": NEW | {"division_code": "411624114200"}},
    {"new_resident": NEW | {"phone": "12"}},
    {"new_resident": NEW | {"id_number": "999999195001010010"}},
    {"new_resident": NEW | {"lat": 114.875, "lon": 33.466}},
    {"new_resident": NEW | {"lat": 33.4}},
    {"new_resident": []},
]


@pytest.mark.parametrize("body", WRONG, ids=range(len(WRONG)))
def test_it_names_what_it_cannot_read_and_settles_nothing(unclear, zhao, body):
    answer = settle(zhao, unclear(), **body)
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")
    assert answer.json()["errors"]
    assert TriageEntry.objects.get().status == "waiting"


def test_it_knows_no_resident_of_another_county(unclear, zhao, cast):
    entry = unclear()
    foreign = settle(zhao, entry, resident=str(cast.other_resident.pk))
    assert (foreign.status_code, foreign.json()) == (400, settle(zhao, entry, resident=str(uuid4())).json())


def test_it_is_the_countys_and_not_the_stations(unclear, gu):
    assert gu.reads("board")["triage"] == []
    assert settle(gu, unclear(), dismiss="x").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_it_is_settled_by_one_of_two_desks(clock, live_cast, send_alert):
    send_alert(external_id="u-1", resident={"phone": "10000000555", "division_code": VILLAGE})
    zhao, city = Desk(live_cast, "zhao"), Desk(live_cast, "city")
    (entry,) = zhao.reads("board")["triage"]
    answers = at_once([
        lambda: settle(zhao, entry, resident=str(live_cast.zhao_resident.pk)),
        lambda: settle(city, entry, dismiss="a mistake"),
    ])  # fmt: skip
    assert sorted(answer.status_code for answer in answers) == [200, 409]


def test_it_leaves_a_known_resident_alone(unclear, zhao, cast):
    settle(zhao, unclear(), resident=str(cast.zhao_resident.pk))
    cast.zhao_resident.refresh_from_db()
    assert cast.zhao_resident.phone == PHONE
