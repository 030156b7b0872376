"""The ladder: what follows second by second when an officer does not answer, and what stops it."""

import copy
import datetime as dt

import pytest
from django.utils import timezone

from dissuasion.actions.clocks import due
from dissuasion.actions.messages import push
from dissuasion.models import Assignment, Delivery, Policy
from dissuasion.rules.ladder import FIRST_LADDER
from tests.dissuasion.actions.field.phone import Phone, history, rungs


@pytest.fixture
def at(clock):
    """Look as `watch` does at so many seconds after nine."""
    gone = [0]

    def look(seconds: int) -> None:
        clock.shift(seconds - gone[0])
        gone[0] = seconds
        due.tick(at=timezone.now())

    return look


@pytest.fixture
def qin(cast) -> Phone:
    return Phone(cast, "qin")


def told(person):
    return [(row.channel, row.purpose, row.state, row.reason) for row in Delivery.objects.filter(person=person)]


def test_it_writes_at_once_to_a_phone_that_never_proved_a_push(lin, at, cast):
    at(14)
    assert told(cast.lin) == []
    at(15)
    assert told(cast.lin) == [("text", "visit", "planned", "")]


def test_it_waits_for_a_push_that_proved_itself_today(lin, at, cast, proven):
    at(15)
    assert told(cast.lin) == []
    at(30)
    assert told(cast.lin) == [("text", "visit", "planned", "")]


def test_it_tries_no_other_way_once_the_phone_has_shown_it(lin, at, cast, gu):
    lin.does("receipt")
    at(40)
    assert (told(cast.lin), rungs(gu.case(lin))) == ([], [])


def test_a_receipt_takes_back_what_was_planned(lin, at, cast):
    at(15)
    lin.does("receipt")
    assert told(cast.lin) == [("text", "visit", "dropped", "shown")]


def test_a_receipt_takes_back_no_word_to_a_superior(lin, at, cast):
    at(120)
    lin.does("receipt")
    assert told(cast.gu) == [("text", "unanswered", "planned", "")]


def test_a_push_may_come_after_the_target_while_an_answer_is_waited_for(lin, at, cast):
    late = Assignment.objects.get()
    late.ladder = [{"do": "push", "after": 130}, {"do": "next", "after": 300}]
    assert push._asked_until(late) == late.assigned_at + dt.timedelta(seconds=300)


def test_a_push_that_went_meanwhile_is_not_undone_by_the_next_rung(lin, at):
    at(15)
    Assignment.objects.update(push_due_at=None)
    at(60)
    assert Assignment.objects.get(person=lin.person).push_due_at is None


def test_after_a_minute_two_ring_and_the_first_who_answers_has_it(lin, qin, at, gu):
    at(60)
    qin.work()
    assert (lin.held(), qin.held()) == (["assigned"], ["assigned"])
    qin.does("acknowledge")
    assert (lin.held(), qin.held()) == ([], ["acknowledged"])
    assert history(gu.case(lin))[-2:] == ["stood_down", "acknowledged"]
    assert lin.does("acknowledge")["holder"] == qin.person.name
    assert Assignment.objects.get(person=qin.person).part == "lead"


def test_a_second_who_was_offline_and_records_the_visit_decides_it(lin, qin, at, gu):
    at(60)
    qin.work()
    assert qin.records("dissuaded")["verdict"] == "applied"
    assert (lin.held(), qin.held()) == ([], [])
    assert gu.case(lin)["status"] == "monitoring"


def test_the_second_stands_down_when_the_first_answers(lin, qin, at, gu):
    at(60)
    qin.work()
    lin.does("acknowledge")
    assert (lin.held(), qin.held()) == (["acknowledged"], [])
    assert "stood_down" in history(gu.case(lin))


def test_a_second_who_declines_is_followed_by_another(lin, qin, at, cast, on_duty, person):
    third = person("tang", "officer")
    on_duty("tang")
    at(60)
    qin.work()
    qin.does("decline", reason="unwell")
    assert Assignment.objects.get(person=third).part == "second"


def test_a_second_leads_when_the_first_declines(lin, qin, at, gu, django_capture_on_commit_callbacks):
    at(60)
    qin.work()
    with django_capture_on_commit_callbacks(execute=True):
        lin.does("decline", reason="unwell")
    second = Assignment.objects.get(person=qin.person)
    assert second.part == "lead"
    assert [rung["do"] for rung in second.ladder] == ["push", "text", "second", "chief", "county", "next"]
    at(60 + 15)
    assert told(qin.person) == [("text", "visit", "planned", "")]
    at(60 + 120)
    assert rungs(gu.case(lin))[-1] == "chief"


def test_it_goes_up_to_the_chief_and_the_county(lin, at, cast, gu):
    for second in (15, 30, 60, 120, 180):
        at(second)
    assert rungs(gu.case(lin)) == ["push", "text", "second", "chief", "county"]
    assert told(cast.gu) == [("text", "unanswered", "planned", "")]
    assert told(cast.zhao) == [("text", "unanswered", "planned", "")]
    assert gu.case(lin)["attention"] == "unanswered"


def test_an_answer_stops_every_later_rung(lin, at, cast, gu):
    at(60)
    at(120)
    lin.does("acknowledge")
    lin.does("contact", reached=True)
    at(180)
    at(300)
    assert rungs(gu.case(lin)) == ["push", "text", "second", "chief"]
    assert [row[2:] for row in told(cast.gu)] == [("dropped", "answered")]
    assert gu.case(lin)["attention"] == ""


def test_at_its_end_everybody_is_let_go_and_asked_anew(lin, qin, at, gu, django_capture_on_commit_callbacks):
    for second in (60, 120, 180):
        at(second)
    with django_capture_on_commit_callbacks(execute=True):
        at(300)
    kinds = history(gu.case(lin))
    assert (kinds.count("lapsed"), kinds[-1]) == (2, "assigned")
    lead = Assignment.objects.get(status="assigned", part="lead")
    assert lead.person == lin.person


def test_what_a_desk_chose_has_no_second_and_does_not_lapse(lin, qin, at, gu, cast):
    gu.assigns(lin, str(cast.qin.pk), instead_of=lin.assignment)
    qin.work()
    for second in (15, 60, 120, 180, 300, 600):
        at(second)
    assert rungs(gu.case(qin)) == ["push", "text", "chief", "county"]
    assert qin.held() == ["assigned"]


def test_nobody_left_for_a_second_is_said_at_once(lin, qin, at, gu, off_duty):
    off_duty("qin")
    at(60)
    assert gu.case(lin)["attention"] == "unanswered"


def test_the_ladder_is_frozen_when_the_assignment_is_made(lin, at, gu):
    slower = copy.deepcopy(FIRST_LADDER)
    slower["high"] |= {"push": 100, "text": 110, "second": 115}
    Policy.objects.create(kind="ladder", content=slower)
    at(60)
    assert rungs(gu.case(lin)) == ["push", "text", "second"]


def test_after_an_hour_without_a_watch_it_takes_every_rung_and_still_gives_the_second_time(lin, qin, at, gu):
    at(3600)
    assert rungs(gu.case(lin)) == ["push", "text", "second", "chief", "county"]
    assert qin.held() == ["assigned"]
    at(3600 + 241)
    assert rungs(gu.case(lin))[-1] == "next"


def test_it_says_how_late_a_rung_was(lin, at, gu):
    at(17)
    late = [event["data"]["late_ms"] for event in gu.case(lin)["history"] if event["kind"] == "rung"]
    assert late[0] == 2000


def test_nobody_who_can_go_is_told_to_the_chief_and_the_county_once(cast, clock, off_duty, send_alert):
    off_duty()
    send_alert()
    clock.shift(30)
    due.tick(at=timezone.now())
    assert [row[1] for row in told(cast.gu)] == ["shortfall"]
    assert [row[1] for row in told(cast.zhao)] == ["shortfall"]


def test_a_late_arrival_is_told_to_the_chief(lin, at, cast):
    lin.does("depart")
    at(1201)
    assert told(cast.gu) == [("text", "overdue", "planned", "")]
