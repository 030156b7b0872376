"""What a phone says of itself, what the server misses, and what the chief sees of it."""

import datetime as dt

import pytest
from django.utils import timezone

from accounts import phones
from accounts.models import Device, PushSubscription, Readiness
from accounts.people import go_off_duty, mark_seen
from config.lib.static.built import build_id
from dissuasion.api.phone.readiness import PersonCheck, PersonDevice, ReadinessPage, ReadyPerson
from tests.dissuasion.actions.field.phone import Desk, Phone

PATH = "/api/v1/device"
CHECKS = [{"code": "sound", "state": "ok"}, {"code": "push", "state": "bad", "value": "no permission"}]


@pytest.fixture
def lin(clock, cast) -> Phone:
    return Phone(cast, "lin")


@pytest.fixture
def gu(lin, cast) -> Desk:
    return Desk(cast, "gu")


def says(phone, last_seq=0, unsent=0, **more):
    body = {"device": phone.device, "app_version": "b1", "last_seq": last_seq, "unsent": unsent} | more
    answer = phone.client.post(PATH, body, "application/json")
    assert answer.status_code == 200, answer.content
    return answer.json()


def sends(phone, *numbers):
    for number in numbers:
        phone.send(phone.envelope("note", {"text": "x"}, seq=number))


def checks(phone, *, device="", on_duty=True, found=CHECKS):
    body = {"device": device or phone.device, "on_duty": on_duty, "took_ms": 900, "checks": found}
    return phone.client.post("/api/v1/readiness", body, "application/json")


def row(desk, name):
    return next(person for person in desk.reads("readiness")["people"] if person["name"] == name)


def test_it_tells_the_time_and_the_builds(lin):
    answer = says(lin)
    assert dt.datetime.fromisoformat(answer["server_time"]) == timezone.now()
    assert answer["app"] == {"current": build_id(), "oldest": ""}
    assert answer["gap"] is None


def test_it_keeps_one_row_a_phone(lin, cast):
    says(lin, 3, 1, oldest_unsent_at="2026-03-04T08:59:00+08:00", clock_offset_ms=-40, persisted=True, language="en")
    says(lin, 4)
    says(Phone(cast, "lin", device="second"), 1)
    first, second = Device.objects.order_by("code")
    assert (first.last_seq, first.unsent, first.persisted, second.code) == (4, 0, False, "second")


@pytest.mark.parametrize(
    ("sent", "last", "unsent", "gap"),
    [
        ((1, 2, 3), 3, 0, None),
        ((1, 2), 4, 2, None),
        ((), 5, 5, None),
        ((1, 2, 4), 4, 0, (1, 2)),
        ((2, 3), 3, 0, (1, 0)),
        ((), 3, 0, (3, 0)),
        ((1, 3, 5), 6, 1, (2, 1)),
        ((1, 4, 5), 5, 2, None),  # an act that needs the officer waits on the phone, later ones went ahead
        ((1, 2, 2), 2, 0, None),
        ((1, 2, 3), 2, 0, None),  # an act came in after the phone wrote its claim
    ],
)
def test_it_says_what_the_server_misses(lin, send_alert, sent, last, unsent, gap):
    send_alert()
    sends(lin, *sent)
    found = says(lin, last, unsent)["gap"]
    assert found == (gap and dict(zip(("missing", "received_through"), gap, strict=True)))


def test_it_counts_only_what_is_new(lin, send_alert, django_assert_max_num_queries):
    send_alert()
    sends(lin, 1, 2, 4)
    assert says(lin, 4)["gap"] == {"missing": 1, "received_through": 2}
    sends(lin, 3, 5)
    assert says(lin, 5)["gap"] is None
    assert Device.objects.get().received_through == 5
    with django_assert_max_num_queries(14):
        says(lin, 5)


def reasons(phone):
    return {reason["text"] for row in phone.work()["assignments"] for reason in row["case"]["reasons"]}


def test_it_writes_in_the_language_that_the_phone_speaks_anew(lin, cast, send_alert):
    send_alert()
    says(lin, language="zh-hans")
    chinese, version = reasons(lin), lin.work()["version"]
    says(lin, language="zh-hans")
    assert lin.work()["version"] == version
    says(lin, language="en")
    english = lin.work()
    assert (english["version"], english["person"]["language"]) == (version + 1, "en")
    assert reasons(lin)
    assert not reasons(lin) & chinese


def test_it_does_not_go_to_and_fro_between_two_phones(lin, cast):
    second = Phone(cast, "lin", device="second")
    for phone, language, heard in [
        (lin, "zh-hans", "zh-hans"), (second, "en", "en"), (lin, "zh-hans", "en"), (second, "en", "en"),
        (lin, "en", "en"), (lin, "zh-hans", "zh-hans"), (second, "", "zh-hans"), (second, "tlh", "zh-hans"),
    ]:  # fmt: skip
        says(phone, language=language)
        assert lin.work()["person"]["language"] == heard


def test_it_counts_each_phone_and_person_for_itself(lin, cast, send_alert):
    send_alert()
    sends(lin, 1, 2)
    assert says(Phone(cast, "lin", device="second"), 2)["gap"]["missing"] == 2
    assert says(Phone(cast, "mei", device=lin.device), 2)["gap"]["missing"] == 2


@pytest.mark.parametrize("change", [{"last_seq": -1}, {"device": ""}, {"unsent": "x"}, {"last_seq": 2**80},
                                    {"oldest_unsent_at": "soon"}, {"device": 7}, {"app_version": "\x00"}])  # fmt: skip
def test_it_refuses_what_it_cannot_read(lin, change):
    body = {"device": "d", "app_version": "b1", "last_seq": 1, "unsent": 0} | change
    answer = lin.client.post(PATH, body, "application/json")
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, next(iter(change)))


def test_it_forgets_the_phones_that_were_silent_longest(lin, cast, clock):
    for number in range(phones.MAX_DEVICES + 3):
        clock.shift(1)
        says(Phone(cast, "lin", device=f"d{number}"))
    assert Device.objects.count() == phones.MAX_DEVICES
    assert not Device.objects.filter(code__in=["d0", "d1", "d2"]).exists()


def test_it_keeps_the_latest_ready_check(lin):
    assert checks(lin).status_code == 200
    assert dt.datetime.fromisoformat(checks(lin, found=CHECKS[:1]).json()["saved_at"]) == timezone.now()
    assert Readiness.objects.get().checks == CHECKS[:1]


LONG, MANY = [{"code": "x", "state": "ok", "value": "v" * 81}], [{"code": "x", "state": "ok"}] * 21


@pytest.mark.parametrize("found", [None, {}, [7], [{"code": "x"}], [{"code": "x", "state": "no"}], LONG, MANY])
def test_it_refuses_what_is_no_check(lin, found):
    assert checks(lin, found=found).status_code == 400


def test_it_shows_the_chief_who_can_be_reached(lin, gu, cast, clock):
    mark_seen([cast.lin.pk], at=timezone.now())
    PushSubscription.objects.create(person=cast.lin, device="d", made_at=timezone.now(), proven_at=timezone.now())
    checks(lin)
    says(lin, 7, 2, oldest_unsent_at="2026-03-04T08:20:00+08:00")
    told = row(gu, "林警官")
    assert (told["on_duty"], told["unit"], told["reachable_by"]) == (
        True,
        "411681112派出所",
        ["socket", "push", "phone"],
    )
    assert told["channels"] == ["push", "text", "voice", "messenger"]
    assert told["readiness"]["checks"] == CHECKS
    assert (told["device"]["unsent"], told["device"]["gap"]) == (2, {"missing": 5, "received_through": 0})
    clock.shift(dt.timedelta(hours=25))
    told = row(Desk(cast, "gu"), "林警官")
    assert (told["reachable_by"], told["channels"]) == (["phone"], ["text", "voice", "messenger"])


def test_it_shows_whom_no_rung_reaches(gu, cast):
    cast.lin.phone = ""
    cast.lin.save()
    assert row(gu, "林警官")["channels"] == []
    PushSubscription.objects.create(person=cast.lin, device="d", made_at=timezone.now(), proven_at=timezone.now())
    assert row(gu, "林警官")["channels"] == ["push"]


def test_it_answers_as_its_schema_says(lin, gu, cast):
    checks(lin)
    says(lin, 7, 2)
    page = gu.reads("readiness")
    assert set(page) == set(ReadinessPage().fields)
    told = row(gu, "林警官")
    assert set(told) == set(ReadyPerson().fields)
    assert set(told["device"]) == set(PersonDevice().fields)
    assert set(told["readiness"]) == set(PersonCheck().fields)


def test_it_puts_the_worst_first(lin, gu, cast):
    mark_seen([cast.lin.pk, cast.qin.pk], at=timezone.now())
    checks(lin)
    checks(Phone(cast, "qin"), found=CHECKS[:1])
    go_off_duty(cast.qin, at=timezone.now())
    people = [person["name"] for person in gu.reads("readiness")["people"]]
    assert people[:2] == ["梅某", "林警官"]
    go_off_duty(cast.mei, at=timezone.now())
    assert gu.reads("readiness")["people"][0]["name"] == "林警官"


def test_it_shows_each_desk_its_own_people(gu, cast):
    assert {person["name"] for person in gu.reads("readiness")["people"]} == {"林警官", "梅某", "秦警官", "顾所长"}
    assert {person["name"] for person in Desk(cast, "wengu").reads("readiness")["people"]} == {"温警官", "文所长"}
    assert Desk(cast, "city").reads("readiness")["total"] == 6
    assert gu.client.get(f"/api/v1/readiness?unit={cast.units['411624114'].pk}").status_code == 404
    assert cast.client("lin").get("/api/v1/readiness").status_code == 403


def test_it_asks_the_database_as_often_for_many(gu, cast, django_assert_max_num_queries):
    with django_assert_max_num_queries(9):
        gu.reads("readiness")


def test_it_shows_no_telephone_number(gu, cast):
    assert cast.lin.phone not in str(gu.reads("readiness"))
