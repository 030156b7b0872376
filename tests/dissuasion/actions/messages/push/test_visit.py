"""A push for an assignment that no phone has shown: in time, once, without a word about anybody."""

import datetime as dt
import time

import pytest
from django.utils import timezone

from accounts.models import PushSubscription
from accounts.people import go_off_duty
from dissuasion.actions.messages import push
from dissuasion.models import Assignment
from tests.cast import PHONE
from tests.dissuasion.access.conftest import CANARIES
from tests.dissuasion.actions.field.phone import NINE, Desk, Phone
from tests.dissuasion.actions.messages.push.service import Browser

TWO_MINUTES = dt.timedelta(seconds=120)


def test_it_sends_after_fifteen_seconds_and_once(lin, subscribed, later):
    assert (later(14), subscribed.got()) == (0, [])
    assert later(1) == 1
    (told,) = subscribed.got()
    assert told == {
        "type": "visit",
        "answer_by": (NINE + TWO_MINUTES).astimezone(dt.UTC).isoformat(),
        "assignment": lin.assignment,
        "n": 1,
        "id": told["id"],
    }
    assert (later(1), later(60)) == (0, 0)


def test_it_is_worth_delivering_until_the_answer_is_due(lin, subscribed, later):
    later(15)
    headers = subscribed.headers()
    assert (headers["ttl"], headers["urgency"]) == ("285", "high")
    assert headers["topic"] == lin.assignment.replace("-", "")
    assert headers["authorization"].startswith("vapid ")


def test_it_names_nobody(lin, subscribed, later, service_of_push):
    later(15)
    told = str(subscribed.got()) + str(service_of_push.heard)
    assert not [word for word in (*CANARIES, "赵", "林", PHONE, "示范路") if word in told]


def test_it_does_not_send_what_a_phone_has_shown(lin, subscribed, later):
    lin.does("receipt")
    later(15)
    assert subscribed.got() == []


def test_it_does_not_send_what_is_answered(lin, subscribed, later):
    lin.does("acknowledge")
    later(15)
    assert subscribed.got() == []


def test_it_does_not_send_to_who_may_not_sign_in(lin, subscribed, later, cast):
    type(cast.lin).objects.filter(pk=cast.lin.pk).update(is_active=False)
    later(15)
    assert subscribed.got() == []


@pytest.mark.parametrize("by_desk", [False, True])
def test_it_wakes_nobody_off_duty_unless_a_desk_chose_them(lin, subscribed, later, cast, by_desk):
    go_off_duty(cast.lin, at=timezone.now())
    Assignment.objects.update(assigned_by=cast.gu if by_desk else None)
    later(15)
    assert len(subscribed.got()) == by_desk


def test_it_sends_nothing_to_who_is_off_duty_without_a_case(lin, subscribed, later, cast, service_of_push):
    go_off_duty(cast.qin, at=timezone.now())
    other = Browser(service_of_push, "qin")
    assert cast.client("qin").post("/api/v1/push", other.body("q"), "application/json").status_code == 201
    later(15)
    assert (len(subscribed.got()), other.got()) == (1, [])


def test_it_is_silent_when_no_answer_is_waited_for_any_more(lin, subscribed, later):
    Assignment.objects.update(ladder=[{"do": "push", "after": 15}])
    later(121)
    assert subscribed.got() == []


def test_it_reaches_every_phone_of_the_person(lin, subscribed, later, service_of_push):
    second = Browser(service_of_push, "second")
    lin.client.post("/api/v1/push", second.body("second"), "application/json")
    later(15)
    assert [len(one.got()) for one in (subscribed, second)] == [1, 1]


@pytest.mark.parametrize("status", [404, 410])
def test_it_forgets_a_subscription_that_is_over(lin, subscribed, later, service_of_push, status):
    service_of_push.status = status
    later(15)
    assert not PushSubscription.objects.exists()
    assert later(20) == 0


@pytest.mark.parametrize("status", [429, 500, 503, 302])
def test_it_tries_again_when_the_service_has_no_time(lin, subscribed, later, service_of_push, status):
    service_of_push.status = status
    later(15)
    service_of_push.status = 201
    assert (later(5), later(5)) == (0, 1)
    assert [told["type"] for told in subscribed.got()] == ["visit", "visit"]
    assert subscribed.headers()["ttl"] == "275"
    assert {path for path, _headers, _body in service_of_push.heard} == {subscribed.path}


def test_it_tries_again_only_where_it_was_not_taken(lin, subscribed, later, service_of_push):
    second = Browser(service_of_push, "second")
    lin.client.post("/api/v1/push", second.body("second"), "application/json")
    service_of_push.statuses[second.path] = 503
    later(15)
    service_of_push.statuses.clear()
    later(10)
    assert [len(one.got()) for one in (subscribed, second)] == [1, 2]
    assert later(20) == 0


@pytest.mark.parametrize("ours", [{"VAPID_PRIVATE_KEY": ""}, {"PUSH_SERVICES": []}])
def test_it_forgets_nothing_when_the_fault_is_ours(lin, subscribed, later, settings, ours):
    for name, value in ours.items():
        setattr(settings, name, value)
    later(15)
    assert PushSubscription.objects.count() == 1
    assert subscribed.got() == []


def test_it_leaves_a_silent_service_alone_after_three_time_outs(lin, subscribed, later, service_of_push, monkeypatch):
    monkeypatch.setattr(push.push, "TIMEOUT_S", 0.05)
    service_of_push.delay_s = 0.2
    for seconds in (15, 10, 10):
        later(seconds)
    assert push.push.BREAKER.is_open(service_of_push.origin.removeprefix("http://"))
    heard = len(service_of_push.heard)
    later(10)
    assert len(service_of_push.heard) <= max(heard, 3)
    assert Assignment.objects.get().push_due_at == timezone.now() + push.AGAIN


def test_a_tick_ends_before_its_lease(lin, subscribed, later, service_of_push, monkeypatch):
    monkeypatch.setattr(push, "TICK_AT_MOST_S", 0.05)
    service_of_push.delay_s = 0.5
    began = time.perf_counter()
    later(15)
    assert time.perf_counter() - began < 0.5
    assert Assignment.objects.get().push_due_at == timezone.now() + push.AGAIN


def test_it_gives_a_silent_service_five_seconds(lin, subscribed, later, service_of_push, monkeypatch):
    monkeypatch.setattr(push.push, "TIMEOUT_S", 0.05)
    service_of_push.delay_s = 0.3
    later(15)
    assert Assignment.objects.get().push_due_at == timezone.now() + push.AGAIN


def test_it_is_sent_by_one_of_many_watchers(lin, subscribed, later, monkeypatch):
    claimed = []
    claim = push._claim

    def twice(condition, *, at):
        claimed.extend([claim(condition, at=at), claim(condition, at=at)])
        return claimed[-2]

    monkeypatch.setattr(push, "_claim", twice)
    later(15)
    assert [len(found) for found in claimed[:2]] == [1, 0]
    assert len(subscribed.got()) == 1


def test_it_is_sent_again_when_the_sender_died(lin, subscribed, later, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(push, "_mark", lambda *_claim, **_at: (_ for _ in ()).throw(SystemError))
        with pytest.raises(SystemError):
            later(15)
    assert (later(59), later(1)) == (0, 1)
    assert len(subscribed.got()) == 2


def test_it_says_so_when_the_visit_is_gone(lin, subscribed, later, cast):
    later(15)
    Desk(cast, "gu").recalls(lin)
    later(1)
    told = subscribed.got()[-1]
    assert (told["type"], told["assignment"]) == ("gone", lin.assignment)
    assert (later(1), len(subscribed.got())) == (0, 2)


def test_it_says_nothing_is_gone_that_was_never_sent(lin, subscribed, later, cast):
    Desk(cast, "gu").recalls(lin)
    later(20)
    assert subscribed.got() == []


def test_it_tells_the_other_phone_that_it_is_taken(lin, subscribed, later, cast, service_of_push):
    second = Browser(service_of_push, "second")
    lin.client.post("/api/v1/push", second.body("second"), "application/json")
    later(15)
    lin.does("acknowledge")
    later(1)
    assert [told["type"] for told in subscribed.got()] == ["visit"]
    assert [told["type"] for told in second.got()] == ["visit", "gone"]


def test_it_counts_what_waits(lin, subscribed, later, cast, send_alert):
    first = Assignment.objects.get()
    assert Phone(cast, "lin").held() == ["assigned"]
    Assignment.objects.filter(pk=first.pk).update(acknowledge_by=timezone.now() + TWO_MINUTES)
    later(15)
    assert subscribed.got()[0]["n"] == 1
