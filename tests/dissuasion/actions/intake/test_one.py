"""One alert: kept exactly as received and once, answered again as the first time."""

import datetime as dt
import json

import pytest
from django.db import connection
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from dissuasion.models import Alert, AlertSource, Case, SourceKey
from tests.cast import alert

pytestmark = pytest.mark.django_db


def test_it_is_answered_with_its_way(cast, post):
    answer = post(alert())
    case = Case.objects.get()
    assert answer.status_code == 201
    told = answer.json()
    assert told | {"received_at": None} == {
        "alert": str(Alert.objects.get().pk),
        "external_id": "a-1",
        "way": "case",
        "case": str(case.pk),
        "risk": "high",
        "received_at": None,
    }
    assert parse_datetime(told["received_at"]) == Alert.objects.get().received_at


def test_it_gets_the_first_answer_again(cast, post):
    body = alert()
    first, again = post(body), post(body)
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json()
    assert Alert.objects.count() == 1


def test_it_gets_the_first_answer_although_the_case_has_moved_on(cast, post):
    body = alert(risk="low", channel="sms", amount_at_risk="1", already_transferred="0", scam_type="shopping")
    first = post(body)
    post(alert(external_id="a-2"))
    assert first.json()["risk"] == "low"
    assert post(body).json() == first.json()


def test_it_is_the_same_with_its_fields_in_another_order(cast, post):
    body = alert()
    post(body)
    other_order = {key: body[key] for key in reversed(body)}
    assert post(other_order).status_code == 200
    assert post(json.dumps(body, indent=3)).status_code == 200


@pytest.mark.parametrize(
    "change", [{"amount_at_risk": "200001"}, {"note": "x"}, {"new": 1}, {"resident": {"name": "赵某"}}, {"risk": "low"}]
)
def test_it_is_refused_with_other_content(cast, post, change):
    body = alert()
    post(body)
    answer = post(alert(**{"occurred_at": body["occurred_at"]} | change))
    assert (answer.status_code, answer["content-type"]) == (409, "application/problem+json")
    assert (answer.json()["code"], answer.json()["field"]) == ("other_content", "external_id")
    assert "a-1" in answer.json()["detail"]
    assert Alert.objects.get().raw == body


def test_it_may_carry_the_same_id_from_another_source(cast, post):
    other = AlertSource.objects.create(code="bank", name="Bank", unit=cast.units["city"])
    key = SourceKey.issue(other)
    body = alert()
    answers = [post(body), post(body, authorization=f"Bearer {key}")]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert Alert.objects.count() == 2


def test_it_is_kept_as_received(cast, post):
    body = alert(
        suspect={"phone": "+852 1234", "account": "6222…", "app": "某会议", "colour": "red"},
        note="他说是“客服”😀",
        ip=["10.0.0.1", None, 1.5, True, {"deep": {"er": []}}],
        resident={"nick_name": "小赵", "lat": 33.47, "lon": 114.88},
    )
    post(body)
    assert Alert.objects.get().raw == body


def test_it_keeps_unknown_fields_whatever_they_hold(cast, post):
    body = alert(**{"": "", "\x00": "\x00", "half": "\ud83d", "\udc00": ["\ud800"], "n": 10**300, "deep": [[[[[1]]]]]})
    assert post(body).status_code == 201
    assert Alert.objects.get().raw == body


def test_it_lies_sealed_in_the_database(cast, post):
    post(alert(note="canary-note", resident={"name": "赵丽颖"}))
    with connection.cursor() as cursor:
        cursor.execute("SELECT raw FROM dissuasion_alert")
        (blob,) = cursor.fetchone()
    for secret in (b"canary-note", b"10000000001", "赵丽颖".encode()):
        assert secret not in bytes(blob)


def test_it_keeps_an_unknown_scam_type_as_other_with_the_raw_value(cast, post):
    post(alert(scam_type="杀猪盘-2026"))
    kept = Alert.objects.get()
    assert (kept.scam_type, kept.case.scam_type) == ("other", "other")
    assert kept.raw["scam_type"] == "杀猪盘-2026"


def test_it_is_understood(cast, post):
    happened = timezone.now() - dt.timedelta(hours=3)
    post(alert(occurred_at=happened.isoformat(), channel="bank", risk="medium", amount_at_risk=12.5))
    kept = Alert.objects.get()
    assert kept.occurred_at == happened
    assert (kept.channel, kept.risk_claimed, str(kept.amount_at_risk)) == ("bank", "medium", "12.50")
    assert kept.source == cast.source


@pytest.mark.parametrize(
    ("number", "kept"),
    [("0.30000000000000004", "0.30"), ("1.005", "1.01"), ("12.5", "12.50"), ("99999.999", "100000.00"),
     ("1e3", "1000.00"), ("0.0", "0.00"), ("7", "7.00"), ("1E-7", "0.00")],
)  # fmt: skip
def test_it_rounds_a_json_number_to_fen(cast, post, number, kept):
    post(json.dumps(alert(amount_at_risk="HERE")).replace('"HERE"', number))
    assert str(Alert.objects.get().amount_at_risk) == kept


@pytest.mark.parametrize("written", ["2026-01-02T03:04:05+08:00", "2026-01-01T19:04:05Z", "2026-01-02 03:04:05.0+0800"])
def test_it_takes_any_zone(cast, post, written):
    post(alert(occurred_at=written))
    assert Alert.objects.get().occurred_at == dt.datetime(2026, 1, 1, 19, 4, 5, tzinfo=dt.UTC)


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00Z", "1970-01-01T00:00:00+08:00"])
def test_it_may_come_from_a_clock_that_stands_far_behind(cast, post, moment):
    case = post(alert(occurred_at=moment)).json()["case"]
    for path in (f"/api/v1/cases/{case}", "/api/v1/board", "/api/v1/figures"):
        assert cast.client("gu").get(path).status_code == 200
    assert cast.client("lin").get("/api/v1/work").status_code == 200


def test_it_may_run_a_few_minutes_ahead_of_our_clock(cast, post):
    soon = timezone.now() + dt.timedelta(minutes=4)
    assert post(alert(occurred_at=soon.isoformat())).status_code == 201


@pytest.mark.parametrize(
    "phone",
    [
        "（+86）10000000001",
        "tel:+86-100-0000-0001",
        "电话：100，0000，0001",
        "+86 100 0000 0001",
        "１００００００ ０００１",
        "008610000000001",
        "100-0000-0001",
    ],
)
def test_it_finds_the_resident_by_phone_in_any_writing(cast, post, phone):
    assert post(alert(resident={"phone": phone})).json()["way"] == "case"
    assert Case.objects.get().resident == cast.zhao_resident


def test_it_goes_to_the_home_of_the_resident(cast, post):
    post(alert())
    case = Case.objects.get()
    home = cast.zhao_resident.household
    assert (case.division_id, case.place) == (home.division_id, (home.lat, home.lon))
    assert case.unit == cast.units["411681112"]


def test_it_goes_where_the_alert_says_the_person_is(cast, post):
    post(alert(resident={"division_code": "411624114200", "lat": 33.41, "lon": 115.09}))
    case = Case.objects.get()
    assert (case.division_id, case.place) == ("411624114200", (33.41, 115.09))
    assert case.unit == cast.units["411624114"]


def test_it_knows_no_point_away_from_home(cast, post):
    post(alert(resident={"division_code": "411624114"}))
    case = Case.objects.get()
    assert (case.division_id, case.place) == ("411624114", None)


@pytest.mark.parametrize("code", ["411681112200", "411681112", "411681", "4116", "", "411681112999", "130229110"])
def test_it_goes_home_when_the_alert_says_nothing_more_exact(cast, post, code):
    post(alert(resident={"division_code": code}))
    assert Case.objects.get().division_id == "411681112200"


def test_it_opens_a_new_case_after_the_old_one_was_closed(cast, post):
    first = post(alert()).json()["case"]
    Case.objects.update(status="closed", closed_at=timezone.now())
    second = post(alert(external_id="a-2")).json()["case"]
    assert second != first
    assert Case.objects.exclude(status="closed").count() == 1


def test_it_takes_as_many_queries_however_large_the_history(cast, post, django_assert_max_num_queries):
    for number in range(3):
        post(alert(external_id=f"old-{number}"))
    with django_assert_max_num_queries(40):
        post(alert(external_id="new"))
