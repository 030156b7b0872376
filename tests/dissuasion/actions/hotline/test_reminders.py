"""A reminder visit (上门提醒) after calls that settled nothing: who goes, what ends it, what a raise makes of it."""

import datetime as dt

import pytest
from django.utils import timezone

from accounts.models import Shift
from dissuasion.actions.clocks import due
from dissuasion.models import Alert, Assignment, Delivery, HotlineCall
from tests.dissuasion.actions.field.phone import Phone, history
from tests.dissuasion.actions.hotline.conftest import case, said


@pytest.mark.parametrize("result", ["no_answer", "denied", "wrong_number"])
def test_it_sends_the_grid_member_to_remind(calling, cast, gu, tick, result):
    said(calling.says(result))
    tick()
    lead = Assignment.objects.get()
    assert (lead.person, lead.part, lead.assigned_by, lead.case.risk) == (cast.mei, "lead", None, "medium")
    assert "reminds" in [reason["code"] for reason in lead.reasons]
    assert history(gu.reads(f"cases/{case().pk}"))[-3:] == ["called", "reminder", "assigned"]


def test_it_asks_the_next_when_the_grid_member_declines(calling, cast, tick):
    said(calling.says("wrong_number"))
    tick()
    Phone(cast, "mei").does("decline", reason="unwell")
    tick()
    assert Assignment.objects.filter(status="assigned").get().person != cast.mei


def test_it_takes_the_call_out_when_the_reminder_was_made(calling, cast, tick, clock):
    said(calling.says("no_answer"))
    tick()
    Phone(cast, "mei").records("dissuaded")
    clock.shift(600)
    assert calling.claims() is None
    assert (HotlineCall.objects.get().end_reason, case().reminder_at) == ("visited", None)


def test_it_asks_the_desk_for_an_officer_when_a_grid_member_is_on_the_way_to_what_is_raised(
    calling, cast, tick, clock, gu
):
    said(calling.says("no_answer"))
    tick(600)
    mei = Phone(cast, "mei")
    mei.work()
    mei.does("depart")
    calling.claims()
    said(calling.says("paying"))
    tick()
    assert (case().attention, mei.held()) == ("needs_officer", ["en_route"])
    assert Assignment.objects.count() == 1


def test_it_takes_the_reminder_back_when_the_next_call_settles_it(calling, cast, tick):
    said(calling.says("no_answer"))
    tick(600)
    calling.claims()
    assert said(calling.says("stopped"))["led_to"] == "monitoring"
    assert Phone(cast, "mei").held() == []


def test_it_calls_nobody_back_who_is_on_the_way(calling, cast, tick):
    said(calling.says("no_answer"))
    tick(600)
    mei = Phone(cast, "mei")
    mei.does("depart")
    calling.claims()
    assert said(calling.says("stopped"))["led_to"] == "visit"
    assert (mei.held(), case().status) == (["en_route"], "open")
    mei.records("dissuaded")
    assert case().status == "monitoring"


def test_it_loses_no_alert_of_a_case_that_is_reminded(calling, medium, tick, cast):
    said(calling.says("wrong_number"))
    medium(external_id="a-2")
    tick()
    assert (Alert.objects.count(), Phone(cast, "mei").held()) == (2, ["assigned"])
    assert calling.claims() is None


def test_it_waits_for_the_desk_after_a_recall(calling, cast, gu, tick, clock):
    said(calling.says("no_answer"))
    tick()
    gu.asks(f"cases/{case().pk}/recall", reason="x")
    clock.shift(600)
    calling.claims()
    said(calling.says("wrong_number"))
    tick()
    assert (Phone(cast, "mei").held(), case().attention, calling.claims()) == ([], "recalled", None)
    gu.asks(f"cases/{case().pk}/decide", decision="go_on", reason="x")
    assert calling.claims() is not None


def test_it_tells_the_desk_when_nobody_can_remind(calling, cast, gu, tick):
    for person in cast.people.values():
        person.shifts.all().delete()
    said(calling.says("wrong_number"))
    tick()
    (row,) = gu.reads("board")["cases"]
    assert (row["attention"], row["risk"], tick(299), tick(1)) == ("shortfall", "medium", 0, 1)


def test_whoever_was_asked_for_a_reminder_is_no_substitute_for_an_officer(
    calling, cast, clock, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        calling.says("no_answer")
    due.tick(at=timezone.now())
    asked = Assignment.objects.get(case=case())
    assert (asked.person, asked.status) == (cast.mei, "assigned")
    clock.shift(dt.timedelta(hours=3))
    calling.claims()
    with django_capture_on_commit_callbacks(execute=True):
        calling.says("paying")
    asked.refresh_from_db()
    assert (case().risk, asked.status, asked.end_reason) == ("high", "lapsed", "case_changed")
    lead = Assignment.objects.get(case=case(), status="assigned")
    assert lead.person.role in ("officer", "community_officer")
    assert "second" in [rung["do"] for rung in lead.ladder]


def test_a_shortfall_of_a_raised_case_is_told_although_the_calmer_one_was_not(
    calling, cast, clock, django_capture_on_commit_callbacks
):
    Shift.objects.all().delete()
    with django_capture_on_commit_callbacks(execute=True):
        calling.says("no_answer")
    due.tick(at=timezone.now())
    assert case().shortfall
    assert not Delivery.objects.exists()
    clock.shift(dt.timedelta(hours=3))
    calling.claims()
    with django_capture_on_commit_callbacks(execute=True):
        calling.says("paying")
    assert set(Delivery.objects.values_list("purpose", flat=True)) == {"shortfall"}
    assert cast.gu.pk in Delivery.objects.values_list("person", flat=True)
