"""What came of a call: settled, called again, raised with its reason, or left to a reminder visit. Each once."""

import datetime as dt
from uuid import uuid4

import pytest
from django.utils import timezone

from dissuasion.models import CaseEvent, HotlineAttempt, HotlineCall
from tests.dissuasion.actions.field.phone import Phone
from tests.dissuasion.actions.hotline.conftest import MOVING, case, said


def test_it_monitors_whoever_was_talked_out_of_it(calling):
    answer = said(calling.says("stopped"))
    assert (answer["led_to"], answer["follow_up_on"]) == ("monitoring", "2026-03-05")
    assert (case().status, case().disposition) == ("monitoring", "by_phone_only")
    assert HotlineCall.objects.get().status == "done"


def test_it_monitors_until_the_day_that_was_said_or_closes(calling, medium):
    assert said(calling.says("stopped", follow_up_on="2026-03-09"))["follow_up_on"] == "2026-03-09"
    medium(external_id="a-2")
    calling.claims()
    assert said(calling.says("stopped", close=True))["led_to"] == "closed"


def test_it_closes_what_is_no_fraud(calling):
    assert said(calling.says("no_fraud"))["led_to"] == "closed"
    assert (case().status, case().disposition) == ("closed", "no_fraud")


def test_it_calls_back_when_it_was_asked_to(calling, clock):
    later = timezone.now() + dt.timedelta(hours=1)
    said(calling.says("call_back", call_back_at=later.isoformat()))
    assert calling.claims() is None
    assert calling.sees()["queue"]["later"] == 1
    clock.shift(3600)
    assert calling.claims()["tries"] == 2


def test_it_tries_again_and_raises_after_the_third_miss(calling, clock, gu, cast, tick):
    for wait in (600, 1800):
        said(calling.says("no_answer"))
        clock.shift(wait - 1)
        assert calling.claims() is None
        clock.shift(1)
        assert calling.claims() is not None
    answer = said(calling.says("no_answer"))
    assert (answer["led_to"], answer["reason"], answer["risk"]) == ("raise", "unreachable", "high")
    tick()
    file = gu.reads(f"cases/{case().pk}")
    judged = [event["data"] for event in file["history"] if event["kind"] == "judged"][-1]
    assert (judged["risk"], judged["before"], judged["reasons"]) == ("high", "medium", ["unreachable"])
    assert file["reasons"][0]["text"] == "Not reached by telephone three times"


def test_it_sends_an_officer_when_nobody_holds_the_raised_case(calling, cast, tick, off_duty_mei):
    said(calling.says("paying"))
    tick()
    assert Phone(cast, "lin").held() == ["assigned"]


@pytest.fixture
def off_duty_mei(cast):
    """The grid member has no shift."""
    cast.mei.shifts.all().delete()


def test_it_raises_a_denial_while_money_moves(he, medium, cast, tick):
    medium(**MOVING)
    he.claims()
    answer = said(he.says("denied"))
    assert (answer["reason"], answer["risk"]) == ("denied_funds_moving", "high")
    tick()
    assert Phone(cast, "lin").work()["assignments"][0]["case"]["reasons"][0]["code"] == "denied_funds_moving"


def test_it_calls_once_more_after_a_denial_and_reminds_at_the_door(calling, cast, tick, clock):
    assert said(calling.says("denied"))["led_to"] == "call_again"
    tick()
    assert Phone(cast, "mei").held() == ["assigned"]
    clock.shift(7200)
    calling.claims()
    answer = said(calling.says("denied"))
    assert (answer["led_to"], answer["reason"], case().risk) == ("visit", "denied_twice", "medium")
    assert Phone(cast, "mei").held() != []


def test_it_raises_a_payment_under_way_at_once(calling):
    assert said(calling.says("paying"))["reason"] == "payment_under_way"
    assert (case().risk, case().due_way) == ("high", "visit")


def test_it_answers_the_same_result_the_same(calling):
    uuid = str(uuid4())
    first = said(calling.says("no_answer", uuid=uuid))
    again = said(calling.says("no_answer", uuid=uuid))
    assert again == first | {"repeated": True}
    assert HotlineCall.objects.get().misses == 1


def test_it_refuses_the_same_uuid_with_other_content(calling):
    uuid = str(uuid4())
    said(calling.says("no_answer", uuid=uuid))
    answer = calling.says("paying", uuid=uuid)
    assert (answer.status_code, answer.json()["code"], case().risk) == (409, "uuid_reused", "medium")


def test_it_refuses_a_second_result_of_one_call(calling):
    said(calling.says("no_answer"))
    answer = calling.says("no_answer")
    assert (answer.status_code, answer.json()["code"]) == (409, "already_recorded")
    assert HotlineCall.objects.get().misses == 1


def test_it_takes_a_late_result_while_nobody_else_called(calling, clock):
    clock.shift(1200)
    answer = said(calling.says("stopped"))
    assert ([flag["code"] for flag in answer["flags"]], answer["led_to"]) == (["after_lease"], "monitoring")


def test_it_keeps_a_late_result_beside_the_next_operators_call(calling, shi, clock):
    clock.shift(600)
    shi.claims()
    answer = said(calling.says("stopped"))
    assert (answer["led_to"], case().status) == ("kept", "open")
    assert answer["flags"][0]["text"] == "The call was no longer held when its result came in"
    assert said(shi.says("no_answer"))["led_to"] == "call_again"
    assert HotlineAttempt.objects.exclude(result="").count() == 2


def test_it_raises_on_a_late_payment_all_the_same(calling, shi, clock):
    clock.shift(600)
    shi.claims()
    assert said(calling.says("paying"))["led_to"] == "raise"
    assert (case().risk, shi.sees()["call"]) == ("high", None)
    assert said(shi.says("stopped"))["led_to"] == "kept"


def test_it_keeps_what_was_said_sealed_and_shows_it_to_the_desk(calling, gu):
    said(calling.says("no_answer", note="邻居说她去了银行"))
    assert gu.reads(f"cases/{case().pk}")["calls"][0]["note"] == "邻居说她去了银行"
    assert "邻居" not in str(list(CaseEvent.objects.values_list("data", flat=True)))


def test_it_tells_the_next_operator_of_earlier_calls(calling, shi, clock):
    said(calling.says("no_answer", note="rang out"))
    clock.shift(600)
    (earlier,) = shi.claims()["history"]["calls"]
    assert (earlier["result"], earlier["note"]) == ("no_answer", "rang out")


@pytest.mark.parametrize(
    ("result", "more", "field"),
    [
        ("call_back", {}, "call_back_at"),
        ("stopped", {"call_back_at": "2026-03-04T10:00:00+08:00"}, "call_back_at"),
        ("call_back", {"call_back_at": "2026-03-20T10:00:00+08:00"}, "call_back_at"),
        ("call_back", {"call_back_at": "2026-03-04T10:00:00"}, "call_back_at"),
        ("stopped", {"follow_up_on": "2027-01-01"}, "follow_up_on"),
        ("perhaps", {}, "result"),
        ("stopped", {"uuid": "1"}, "uuid"),
    ],
)
def test_it_names_what_is_wrong_with_a_result(calling, result, more, field):
    answer = calling.says(result, **more)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, field)
    assert HotlineCall.objects.get().status == "claimed"


def test_it_opens_a_monitored_case_again_on_a_late_payment(calling, shi, clock, cast, tick):
    clock.shift(600)
    shi.claims()
    said(shi.says("stopped"))
    assert said(calling.says("paying"))["led_to"] == "raise"
    tick()
    assert (case().status, Phone(cast, "lin").held()) == ("open", ["assigned"])


def test_it_leaves_a_late_payment_on_a_closed_case_to_the_desk(calling, shi, clock, gu):
    clock.shift(600)
    shi.claims()
    said(shi.says("no_fraud"))
    assert said(calling.says("paying"))["led_to"] == "kept"
    assert [row["attention"] for row in gu.reads("board")["cases"]] == ["flagged"]


def test_it_tells_the_reason_in_chinese(calling, cast):
    said(calling.says("no_answer"))
    calling.client = cast.client("he", "zh-hans")
    assert calling.says("no_answer").json()["detail"] == "这通电话的结果已经登记。"
