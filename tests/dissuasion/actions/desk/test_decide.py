"""What asked the desk for a decision gets one: the case is closed, or goes on as it is."""

import pytest

from accounts.people import go_off_duty
from dissuasion.actions.clocks import due
from tests.dissuasion.actions.field.phone import NINE, Phone, history


@pytest.fixture
def lin(gu, cast, send_alert) -> Phone:
    """Lin's phone with a case that came back from the door."""
    send_alert()
    phone = Phone(cast, "lin")
    phone.work()
    return phone


def decide(gu, phone, decision, reason="seen"):
    return gu.asks(f"cases/{phone.case}/decide", decision=decision, reason=reason)


def test_it_closes_what_came_back(lin, gu):
    lin.records("refused")
    answer = decide(gu, lin, "close")
    assert (answer.status_code, answer.json()["status"], answer.json()["attention"]) == (200, "closed", "")
    assert history(answer.json())[-1] == "closed"
    assert gu.reads("board")["cases"] == []


def test_it_takes_the_mark_off_a_late_record(lin, gu):
    lin.records("dissuaded")
    lin.records("refused")
    assert [row["attention"] for row in gu.reads("board")["cases"]] == ["flagged"]
    answer = decide(gu, lin, "go_on")
    assert (answer.json()["status"], answer.json()["attention"]) == ("monitoring", "")
    assert gu.reads("board")["cases"] == []


def test_it_shows_a_late_record_on_a_closed_case_until_it_is_decided(lin, gu):
    lin.records("no_fraud")
    lin.records("refused")
    assert [row["status"] for row in gu.reads("board")["cases"]] == ["closed"]
    assert decide(gu, lin, "go_on").status_code == 200
    assert gu.reads("board")["cases"] == []


def test_it_does_not_close_under_somebodys_feet(lin, gu):
    answer = decide(gu, lin, "close")
    assert (answer.status_code, answer.json()["code"]) == (409, "somebody_holds_it")
    assert lin.held() == ["assigned"]


def test_it_closes_once(lin, gu):
    lin.records("no_fraud")
    assert decide(gu, lin, "close").json()["code"] == "case_closed"


def test_it_keeps_looking_for_somebody_after_go_on_in_a_shortfall(gu, cast, send_alert):
    for person in cast.people.values():
        go_off_duty(person, at=NINE)
    case = send_alert().json()["case"]
    gu.asks(f"cases/{case}/decide", decision="go_on", reason="x")
    assert due.tick(at=NINE.replace(minute=1)) == 1
    assert gu.reads(f"cases/{case}")["attention"] == "shortfall"


def test_it_leaves_nobody_without_anybody_when_a_recalled_case_goes_on(lin, gu, cast):
    gu.recalls(lin)
    decide(gu, lin, "go_on")
    due.tick(at=NINE)
    assert Phone(cast, "qin").held() == ["assigned"]


@pytest.mark.parametrize("body", [{}, {"decision": "close"}, {"decision": "shred", "reason": "x"}])
def test_it_names_what_it_cannot_read(lin, gu, body):
    assert gu.asks(f"cases/{lin.case}/decide", **body).status_code == 400
