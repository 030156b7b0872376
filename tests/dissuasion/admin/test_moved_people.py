"""Somebody with open assignments gets another unit, role or none: the admin asks first what becomes of them."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Person
from dissuasion.actions.clocks import due
from dissuasion.models import Assignment, Case, CaseEvent
from tests.dissuasion.admin.conftest import form_of, said


@pytest.fixture
def held(live_cast, send_alert):
    """Lin's assignment, acknowledged: a real high-risk case."""
    send_alert()
    made = Assignment.objects.get()
    assert made.person == live_cast.lin
    Assignment.objects.filter(pk=made.pk).update(status="acknowledged")
    return made


def change(cast, **fields):
    sun, page = cast.client("sun"), reverse("admin:accounts_person_change", args=[cast.lin.pk])
    data = form_of(sun, page) | fields
    return sun.post(page, {k: v for k, v in data.items() if v != ""}, follow=True)


def role_and_unit(cast):
    now = Person.objects.get(pk=cast.lin.pk)
    return now.role, now.unit


def moves(cast):
    return {"unit": {"unit": cast.wen.unit.pk}, "role": {"role": "officer"}, "both": {
        "role": "officer", "unit": cast.wen.unit.pk}}  # fmt: skip


@pytest.mark.parametrize("what", ["unit", "role", "both"])
def test_it_asks_first(live_cast, held, what):
    before = role_and_unit(live_cast)
    answer = change(live_cast, **moves(live_cast)[what])
    assert "This person holds 1 open assignment. Say what becomes of it." in answer.content.decode()
    assert role_and_unit(live_cast) == before
    held.refresh_from_db()
    assert held.status == "acknowledged"


@pytest.mark.parametrize("what", ["unit", "role", "both"])
def test_taken_back_the_next_officer_is_asked_and_the_phone_forgets(live_cast, held, what):
    phone = live_cast.client("lin")
    tag = phone.get("/api/v1/work").headers["ETag"]
    answer = change(live_cast, open_work="pass_on", **moves(live_cast)[what])
    assert any("1 assignment was taken back" in text for text in said(answer))
    held.refresh_from_db()
    assert (held.status, held.end_reason) == ("recalled", "moved")
    due.tick(at=timezone.now() + dt.timedelta(seconds=1))
    after = Assignment.objects.exclude(pk=held.pk).filter(part="lead").last()
    assert after is not None
    assert after.status == "assigned"
    work = phone.get("/api/v1/work", headers={"if-none-match": tag})
    assert work.status_code == 200
    assert held.pk not in {row["id"] for row in work.json()["assignments"]}
    assert CaseEvent.objects.filter(kind="recalled", by=live_cast.sun).exists()


def test_left_alone_it_goes_on(live_cast, held):
    answer = change(live_cast, open_work="keep", unit=live_cast.wen.unit.pk)
    assert answer.redirect_chain
    held.refresh_from_db()
    assert (held.status, role_and_unit(live_cast)[1]) == ("acknowledged", live_cast.wen.unit)
    assert len(live_cast.client("lin").get("/api/v1/work").json()["assignments"]) == 1


@pytest.mark.parametrize("role", ["grid_member", "auditor"])
def test_a_role_that_may_not_finish_it_leaves_nothing_behind(live_cast, held, role):
    assert Case.objects.get().risk == "high"
    answer = change(live_cast, open_work="keep", role=role)
    assert "With this role 1 of them can" in answer.content.decode()
    assert role_and_unit(live_cast)[0] == "community_officer"
    assert change(live_cast, open_work="pass_on", role=role).redirect_chain
    assert role_and_unit(live_cast)[0] == role


def test_nothing_is_asked_where_nothing_is_held_or_moved(live_cast, held):
    assert change(live_cast, name="林某某").redirect_chain
    Assignment.objects.update(status="recalled", ended_at=timezone.now())
    page = live_cast.client("sun").get(reverse("admin:accounts_person_change", args=[live_cast.lin.pk]))
    assert "open_work" not in page.content.decode()
    assert change(live_cast, unit=live_cast.wen.unit.pk).redirect_chain


def test_whoever_is_deactivated_may_give_everything_up_at_once(live_cast, held):
    answer = change(live_cast, is_active="", open_work="pass_on")
    assert not any("lies with nobody" in text for text in said(answer))
    held.refresh_from_db()
    assert held.status == "recalled"


def test_a_companion_is_let_go_and_the_lead_stays(live_cast, held):
    times = dict.fromkeys(["assigned_at", "acknowledge_by", "contact_by", "arrive_by", "record_by"], timezone.now())
    along = Assignment.objects.create(case=held.case, person=live_cast.mei, part="companion", **times)
    live_cast.people["lin"] = live_cast.mei
    change(live_cast, open_work="pass_on", unit=live_cast.wen.unit.pk)
    along.refresh_from_db()
    held.refresh_from_db()
    assert (along.status, held.status) == ("recalled", "acknowledged")
    assert Case.objects.get().dispatch_due_at is None


def test_what_they_record_all_the_same_is_kept_and_flagged(live_cast, held, act):
    change(live_cast, open_work="pass_on", unit=live_cast.wen.unit.pk)
    record = {"met": True, "disposition": "dissuaded", "note": "", "amounts": [], "photos": []}
    receipt = act(live_cast.client("lin"), "visit", held.pk, record)
    assert receipt["verdict"] == "flagged"
    assert "after_recall" in [flag["code"] for flag in receipt["flags"]]
