"""What a chief decides wins: assign, reassign, recall, the level; and two desks never decide over each other unseen."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from dissuasion.actions.clocks import due
from dissuasion.models import Assignment
from tests.dissuasion.actions.field.phone import Desk, Phone, history


@pytest.fixture
def medium(gu, send_alert) -> str:
    """A case of medium risk, which no machine dispatches."""
    return send_alert(risk="medium", amount_at_risk="0", already_transferred="0", channel="call").json()["case"]


def test_it_reassigns_in_place_of_what_the_chief_saw(lin, gu, cast):
    answer = gu.assigns(lin, str(cast.qin.pk), instead_of=lin.assignment)
    assert (answer.status_code, answer.json()["name"], answer.json()["chosen_by_desk"]) == (200, cast.qin.name, True)
    assert (lin.held(), Phone(cast, "qin").held()) == ([], ["assigned"])
    assert history(gu.case(lin))[-2:] == ["recalled", "assigned"]


def test_it_names_the_holder_to_whoever_did_not_see_them(lin, gu, cast):
    answer = gu.assigns(lin, str(cast.qin.pk))
    assert (answer.status_code, answer.json()["code"]) == (409, "already_assigned")
    assert answer.json()["holder"] == {
        "assignment": lin.assignment,
        "person": str(cast.lin.pk),
        "name": cast.lin.name,
    }
    assert lin.held() == ["assigned"]


def test_it_refuses_to_replace_an_assignment_that_is_not_the_last(lin, gu, cast):
    seen = lin.assignment
    gu.assigns(lin, str(cast.qin.pk), instead_of=seen)
    answer = gu.assigns(lin, str(cast.lin.pk), instead_of=seen)
    assert (answer.status_code, answer.json()["holder"]["name"]) == (409, cast.qin.name)


def test_it_assigns_when_what_the_chief_saw_has_just_ended(lin, gu, cast):
    lin.records("not_met", met=False)
    assert gu.assigns(lin, str(cast.qin.pk), instead_of=lin.assignment).status_code == 200


def test_it_sends_whom_the_chief_wants_even_off_duty(lin, gu, cast, off_duty):
    off_duty("qin")
    assert gu.assigns(lin, str(cast.qin.pk), instead_of=lin.assignment).status_code == 200


def test_it_lets_a_chief_go_himself(lin, gu, cast):
    assert gu.assigns(lin, str(cast.gu.pk), instead_of=lin.assignment).status_code == 200
    assert Phone(cast, "gu").held() == ["assigned"]


def test_it_never_lets_a_grid_member_lead_high_risk(lin, gu, cast):
    answer = gu.assigns(lin, str(cast.mei.pk), instead_of=lin.assignment)
    assert (answer.status_code, answer.json()["code"]) == (400, "may_not_lead")
    assert answer.json()["errors"][0]["field"] == "person"
    assert lin.held() == ["assigned"]


def test_it_lets_a_grid_member_lead_medium_risk(medium, gu, cast):
    assert gu.asks(f"cases/{medium}/assign", person=str(cast.mei.pk)).status_code == 200
    assert Phone(cast, "mei").held() == ["assigned"]


def test_it_refuses_somebody_as_their_own_companion(lin, gu, cast):
    answer = gu.assigns(lin, str(cast.qin.pk), instead_of=lin.assignment, companion=str(cast.qin.pk))
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "companion")


@pytest.mark.parametrize("person", ["wen", "wengu"])
def test_it_knows_nobody_of_another_county(lin, gu, cast, person):
    strangers = gu.assigns(lin, str(cast.people[person].pk), instead_of=lin.assignment)
    nobody = gu.assigns(lin, str(uuid4()), instead_of=lin.assignment)
    assert (strangers.status_code, strangers.json()) == (404, nobody.json())


def test_it_recalls_to_the_desk_and_the_machine_leaves_it_alone(lin, gu, cast, clock):
    answer = gu.recalls(lin)
    assert (answer.status_code, answer.json()["attention"]) == (200, "recalled")
    clock.shift(3600)
    assert due.tick(at=timezone.now()) == 0
    assert (lin.held(), Phone(cast, "qin").held()) == ([], [])
    assert [row["attention"] for row in gu.reads("board")["cases"]] == ["recalled"]


def test_it_can_assign_again_after_a_recall(lin, gu, cast):
    gu.recalls(lin)
    assert gu.assigns(lin, str(cast.lin.pk)).status_code == 200
    assert lin.held() == ["assigned"]


def test_it_refuses_to_recall_what_nobody_holds(lin, gu):
    gu.recalls(lin)
    answer = gu.recalls(lin)
    assert (answer.status_code, answer.json()["code"]) == (409, "nobody_holds_it")


def test_it_recalls_even_somebody_at_the_door(lin, gu):
    lin.does("arrive")
    assert gu.recalls(lin).status_code == 200
    assert lin.held() == []


def test_it_dispatches_at_once_what_is_raised_to_high(medium, gu, cast, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        answer = gu.asks(f"cases/{medium}/risk", risk="high", reason="she is at the bank")
    assert (answer.status_code, answer.json()["risk"]) == (200, "high")
    assert Phone(cast, "lin").held() == ["assigned"]
    assert "The level was set by the desk: she is at the bank" in [r["text"] for r in answer.json()["reasons"]]


def test_it_leaves_a_holder_alone_when_the_level_rises(lin, gu):
    gu.asks(f"cases/{lin.case}/risk", risk="medium", reason="x")
    gu.asks(f"cases/{lin.case}/risk", risk="high", reason="y")
    due.tick(at=timezone.now())
    assert lin.held() == ["assigned"]
    assert history(gu.case(lin)).count("assigned") == 1


def test_it_keeps_what_the_desk_lowered(lin, gu):
    assert gu.asks(f"cases/{lin.case}/risk", risk="low", reason="a mistake").json()["due_way"] == "message"
    assert gu.case(lin)["risk"] == "low"
    assert lin.work()["assignments"][0]["case"]["risk"] == "low"
    assert history(gu.case(lin))[-1] == "risk_set"


def test_it_tells_the_phone_about_a_new_level(lin, gu):
    before = lin.work()["version"]
    gu.asks(f"cases/{lin.case}/risk", risk="medium", reason="x")
    assert lin.work()["version"] > before


@pytest.mark.parametrize("path", ["assign", "risk"])
def test_it_refuses_decisions_on_a_closed_case(lin, gu, cast, path):
    lin.records("no_fraud")
    body = {"person": str(cast.qin.pk)} if path == "assign" else {"risk": "high", "reason": "x"}
    answer = gu.asks(f"cases/{lin.case}/{path}", **body)
    assert (answer.status_code, answer.json()["code"]) == (409, "case_closed")


def test_it_opens_a_monitored_case_again_when_somebody_is_sent(lin, gu, cast):
    lin.records("dissuaded")
    assert gu.assigns(lin, str(cast.qin.pk)).status_code == 200
    case = gu.case(lin)
    assert (case["status"], case["follow_up_on"]) == ("open", None)
    assert "reopened" in history(case)


@pytest.mark.parametrize("body", [{}, {"person": "x"}, {"person": None}, {"person": ["a"]}])
def test_it_names_what_it_cannot_read(lin, gu, body):
    answer = gu.asks(f"cases/{lin.case}/assign", **body)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "person")


@pytest.mark.parametrize(("path", "body"), [("recall", {"reason": ""}), ("risk", {"risk": "huge", "reason": "x"})])
def test_it_asks_for_a_reason_and_a_level(lin, gu, path, body):
    assert gu.asks(f"cases/{lin.case}/{path}", **body).status_code == 400


def test_it_lets_the_county_decide_too(lin, cast):
    zhao = Desk(cast, "zhao")
    assert zhao.assigns(lin, str(cast.qin.pk), instead_of=lin.assignment).status_code == 200
    assert Phone(cast, "qin").held() == ["assigned"]


def test_it_allows_one_open_lead_a_case_by_the_database(lin, cast):
    held = Assignment.objects.get()
    again = {name: getattr(held, name) for name in ("case_id", "assigned_at", "acknowledge_by", "contact_by")}
    again |= {"arrive_by": held.arrive_by, "record_by": held.record_by, "person_id": cast.qin.pk}
    with pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.create(**again)


def test_it_allows_nobody_twice_on_one_case_by_the_database(lin, cast):
    held = Assignment.objects.get()
    held.pk, held.part = uuid4(), "companion"
    with pytest.raises(IntegrityError), transaction.atomic():
        held.save(force_insert=True)


def test_it_suggests_nobody_who_holds_it_after_the_clock_was_set_back(lin, gu, cast, clock):
    gu.recalls(lin)
    clock.shift(-3600)
    assert gu.assigns(lin, str(cast.lin.pk)).status_code == 200
    assert cast.lin.name not in str(gu.reads(f"cases/{lin.case}/suggestions")["suggestions"])
