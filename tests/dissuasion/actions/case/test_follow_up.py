"""Follow-ups: on day 1, 14 and 28 somebody looks again, calmly; a case that is dangerous again goes first."""

import datetime as dt

import pytest
from django.utils import timezone

from dissuasion.actions.clocks import due
from dissuasion.models import Assignment, Case
from dissuasion.rules.dispositions import disposition, next_follow_up
from tests.dissuasion.actions.field.phone import Desk, Phone, history, rungs

DAY = dt.date(2026, 3, 4)


@pytest.mark.parametrize(("visited", "then"), [(0, 1), (1, 14), (2, 14), (14, 28), (20, 28), (28, None), (40, None)])
def test_the_calendar(visited, then):
    found = next_follow_up(disposition("dissuaded"), visited=DAY + dt.timedelta(days=visited), since=DAY)
    assert found == (None if then is None else DAY + dt.timedelta(days=then))


@pytest.mark.parametrize("code", ["wavering", "by_phone_only"])
def test_who_is_not_persuaded_is_seen_again_the_next_day(code):
    assert next_follow_up(disposition(code), visited=DAY, since=DAY) == DAY + dt.timedelta(days=1)


def looks():
    return list(Assignment.objects.filter(purpose="follow_up").order_by("assigned_at"))


def who_has_it(cast):
    return Phone(cast, looks()[-1].person.username)


def test_nobody_is_sent_before_the_day(persuaded, clock):
    clock.shift(14 * 3600)
    due.tick(at=timezone.now())
    assert looks() == []


def test_somebody_is_sent_on_the_morning_of_the_day(persuaded, morning, cast):
    morning(1)
    (look,) = looks()
    assert (look.status, look.part, [rung["do"] for rung in look.ladder]) == ("assigned", "lead", ["push", "next"])
    assert look.arrive_by - look.assigned_at == dt.timedelta(hours=8)
    assert Desk(cast, "gu").case(persuaded)["status"] == "monitoring"


def test_it_is_an_ordinary_assignment_that_says_what_it_is(persuaded, morning, cast):
    morning(1)
    (row,) = who_has_it(cast).work()["assignments"]
    assert (row["purpose"], row["status"]) == ("follow_up", "assigned")


def test_three_looks_and_the_case_is_closed(persuaded, morning, cast):
    for day in (1, 14, 28):
        morning(day)
        phone = who_has_it(cast)
        phone.work()
        assert phone.records("dissuaded")["verdict"] == "applied"
    case = Desk(cast, "gu").case(persuaded)
    assert (case["status"], history(case).count("monitored"), len(looks())) == ("closed", 3, 3)


def test_a_day_that_the_officer_named_wins(lin, morning):
    day = timezone.localdate() + dt.timedelta(days=3)
    lin.records("dissuaded", follow_up_on=day.isoformat())
    morning(1)
    assert looks() == []
    morning(3)
    assert len(looks()) == 1


def test_a_new_warning_cancels_the_look_and_sends_an_officer_at_once(persuaded, morning, cast, send_alert):
    morning(1)
    send_alert(external_id="again")
    look = looks()[0]
    assert (look.status, look.end_reason) == ("recalled", "case_changed")
    case = Desk(cast, "gu").case(persuaded)
    assert (case["status"], case["risk"]) == ("open", "high")
    assert Assignment.objects.filter(purpose="visit", status="assigned").count() == 1


def test_whoever_is_on_the_way_already_keeps_it_as_a_visit(persuaded, morning, cast, send_alert):
    morning(1)
    phone = who_has_it(cast)
    phone.work()
    phone.does("acknowledge")
    send_alert(external_id="again")
    (row,) = phone.work()["assignments"]
    assert (row["purpose"], row["status"], row["case"]["risk"]) == ("visit", "acknowledged", "high")
    assert Assignment.objects.filter(status__in=("assigned", "acknowledged")).count() == 1


def test_a_refusal_at_a_follow_up_opens_the_case_again(persuaded, morning, cast):
    morning(1)
    phone = who_has_it(cast)
    phone.work()
    phone.records("refused")
    case = Desk(cast, "gu").case(persuaded)
    assert (case["status"], case["attention"], case["risk"]) == ("open", "returned", "high")


def test_nobody_there_is_no_alarm_for_the_chief(persuaded, morning, cast, clock):
    cast.lin.shifts.all().delete()
    for name in ("mei", "qin"):
        getattr(cast, name).shifts.all().delete()
    morning(1)
    case = Case.objects.get()
    assert (case.attention, case.deliveries.count()) == ("shortfall", 0)
    assert case.dispatch_due_at - timezone.now() == dt.timedelta(minutes=5)


def test_an_unanswered_look_goes_to_the_next_person_after_an_hour(persuaded, morning, clock, cast):
    morning(1)
    first = looks()[0]
    clock.shift(3600)
    due.tick(at=timezone.now())
    due.tick(at=timezone.now())
    first.refresh_from_db()
    assert (first.status, rungs(Desk(cast, "gu").case(persuaded))[-1], len(looks())) == ("lapsed", "next", 2)


def test_the_desk_may_close_it_before(persuaded, morning, gu):
    assert gu.asks(f"cases/{persuaded.case}/decide", decision="close", reason="moved away").status_code == 200
    morning(1)
    assert looks() == []
