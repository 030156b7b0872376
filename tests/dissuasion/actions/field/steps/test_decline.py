"""Declining is a request: with a reason and in time the next person is asked, later it is refused."""

import pytest

from dissuasion.actions.clocks import due
from tests.dissuasion.actions.field.phone import NINE, Phone, history


def test_it_passes_a_declined_case_to_the_next_person(lin, gu, cast, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        assert lin.does("decline", reason="on_another_case", words="at the market")["verdict"] == "applied"
    assert (lin.held(), Phone(cast, "qin").held()) == ([], ["assigned"])
    assert history(gu.case(lin))[-2:] == ["declined", "assigned"]


def test_it_is_picked_up_by_the_watch_when_the_passing_on_was_cut_off(lin, cast):
    lin.does("decline", reason="unwell")
    due.tick(at=NINE)
    assert Phone(cast, "qin").held() == ["assigned"]


def test_it_never_asks_somebody_again_who_declined(lin, gu, cast):
    lin.does("decline", reason="knows_the_person")
    due.tick(at=NINE)
    Phone(cast, "qin").does("decline", reason="too_far")
    due.tick(at=NINE)
    case = gu.case(lin)
    assert case["attention"] == "shortfall"
    assert {"code": "declined", "params": {"count": 2}} in [
        {key: reason[key] for key in ("code", "params")} for reason in case["shortfall"]
    ]


@pytest.mark.parametrize("step", ["acknowledge", "depart", "arrive"])
def test_it_refuses_a_decline_once_the_case_was_taken(lin, step):
    lin.does(step)
    receipt = lin.does("decline", reason="too_far")
    assert (receipt["verdict"], receipt["code"]) == ("refused", "too_late")
    assert receipt["detail"]
    assert len(lin.held()) == 1


def test_it_refuses_a_decline_of_what_was_taken_away(lin, gu):
    gu.recalls(lin)
    assert lin.does("decline", reason="too_far")["code"] == "too_late"
    assert gu.case(lin)["attention"] == "recalled"


def test_it_tells_the_history_why(lin, gu):
    lin.does("decline", reason="knows_the_person")
    (event,) = [event for event in gu.case(lin)["history"] if event["kind"] == "declined"]
    assert (event["data"]["reason"], event["by"]) == ("knows_the_person", lin.person.name)


def test_it_leaves_a_declined_medium_case_on_the_desk(clock, cast, send_alert):
    case = send_alert(risk="medium", amount_at_risk="0", already_transferred="0", channel="call").json()["case"]
    gu, mei = cast.client("gu"), Phone(cast, "mei")
    gu.post(f"/api/v1/cases/{case}/assign", {"person": str(cast.mei.pk)}, "application/json")
    mei.does("decline", reason="unwell")
    due.tick(at=NINE)
    assert gu.get(f"/api/v1/cases/{case}").json()["status"] == "open"
    assert Phone(cast, "lin").held() == []
