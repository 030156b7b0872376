"""The worklist over HTTP: one document, known by its ETag."""

import pytest
from django.test import Client

from dissuasion.models import Epoch, WorkVersion
from tests.dissuasion.actions.field.phone import Desk, Phone

pytestmark = pytest.mark.django_db


@pytest.fixture
def phone(cast, send_alert) -> Phone:
    send_alert()
    return Phone(cast, "lin")


def get(phone, tag=None):
    return phone.client.get("/api/v1/work", headers={"if-none-match": tag} if tag else {})


def test_it_names_its_state_by_epoch_person_and_version(phone):
    answer = get(phone)
    document = answer.json()
    assert answer["ETag"] == f'"{document["epoch"]}.{phone.person.pk.hex[-8:]}.{document["version"]}"'


def test_it_does_not_take_the_tag_of_somebody_else(cast):
    tags = {name: get(Phone(cast, name))["ETag"] for name in cast.people}
    assert len(set(tags.values())) == len(tags)
    assert get(Phone(cast, "wen"), tags["lin"]).status_code == 200


def test_it_is_kept_by_no_cache_but_the_phone(phone):
    answer = get(phone)
    assert get(phone, answer["ETag"])["Cache-Control"] == answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("path", ["board", "duty", "figures", "nowhere", "scripts/none", "acts"])
def test_no_cache_keeps_what_the_other_doors_say(cast, path):
    for client in (cast.client("gu"), Client()):
        assert client.get(f"/api/v1/{path}")["Cache-Control"] == "no-store"


def test_it_answers_304_to_who_has_it(phone):
    tag = get(phone)["ETag"]
    again = get(phone, tag)
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)


def test_it_answers_304_to_who_was_given_it_packed(phone):
    packed = phone.client.get("/api/v1/work", headers={"accept-encoding": "gzip"})
    assert (packed["Content-Encoding"], packed["ETag"][:3]) == ("gzip", 'W/"')
    for held in (packed["ETag"], f'"other", {packed["ETag"]}', packed["ETag"].removeprefix("W/")):
        again = phone.client.get("/api/v1/work", headers={"accept-encoding": "gzip", "if-none-match": held})
        assert (again.status_code, again.content) == (304, b""), held


@pytest.mark.parametrize("tag", ['"x"', "*", '"00000000-0000-0000-0000-000000000000.1"', "W/"])
def test_it_answers_in_full_to_who_has_another(phone, tag):
    assert get(phone, tag).status_code == 200


def test_it_changes_with_every_step_of_the_team(phone, cast):
    tags = {get(phone)["ETag"]}
    for kind in ("acknowledge", "depart", "arrive"):
        phone.does(kind)
        tags.add(get(phone)["ETag"])
    assert len(tags) == 4


def test_it_changes_when_a_further_warning_joins(phone, send_alert):
    before = phone.work()
    send_alert(external_id="a-2", amount_at_risk="900000")
    after = phone.work()
    assert after["version"] > before["version"]
    assert after["assignments"][0]["history"]["warnings"] == 2
    assert after["assignments"][0]["case"]["amount_at_risk"] == "900000.00"


def test_it_does_not_change_for_others(phone, cast):
    qin = Phone(cast, "qin")
    before = qin.work()
    phone.does("acknowledge")
    assert qin.work() == before


def test_it_is_another_one_after_a_restored_dump(phone):
    tag = get(phone)["ETag"]
    Epoch.objects.all().delete()
    WorkVersion.objects.update(version=1)
    again = get(phone, tag)
    assert again.status_code == 200
    assert again.json()["epoch"] not in tag


def test_it_tells_what_there_is_to_do(phone):
    (row,) = phone.work()["assignments"]
    assert (row["part"], row["status"]) == ("lead", "assigned")
    assert (row["resident"]["name"], row["resident"]["short_name"], row["resident"]["phone"]) == (
        "赵某",
        "赵某",
        "10000000001",
    )
    assert row["place"]["address"] == "示范路12号"
    assert row["place"]["divisions"] == ["周口市", "项城市", "411681112镇", "411681112村"]
    assert row["place"]["safety_note"] == "院里有狗，先喊门"
    assert row["contacts"] == [{"name": "赵小某", "relation": "女儿", "phone": "10000000091"}]


def test_it_gives_no_home_address_for_a_place_away_from_home(cast, send_alert):
    send_alert(resident={"division_code": "411681113200"})
    cast_row = [Phone(cast, name).work()["assignments"] for name in ("lin", "qin")]
    (row,) = [rows[0] for rows in cast_row if rows]
    assert (row["place"]["address"], row["place"]["safety_note"]) == (None, "")
    assert row["place"]["divisions"][-1] == "411681113村"


def test_it_is_empty_again_after_the_record(phone):
    phone.records()
    assert phone.work()["assignments"] == []


def test_it_forgets_what_was_recalled(phone, cast):
    phone.work()
    Desk(cast, "gu").recalls(phone)
    assert phone.work()["assignments"] == []


def test_whoever_reads_english_is_told_how_names_are_read(phone):
    document = phone.work()
    (assignment,), readings = document["assignments"], document["readings"]
    assert readings[assignment["resident"]["short_name"]] == "Zhao Mou"
    for name in (assignment["resident"]["name"], *assignment["place"]["divisions"]):
        assert readings[name].isascii()
    phone.person.language = "zh-hans"
    phone.person.save()
    assert phone.work()["readings"] == {}
