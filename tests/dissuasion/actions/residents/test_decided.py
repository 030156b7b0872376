"""A desk that lets a case go on is asked nothing again, and no resident is written to because of that click."""

import pytest

from dissuasion.models import Case
from tests.dissuasion.actions.field.phone import Desk, Phone
from tests.dissuasion.actions.residents.conftest import messages


@pytest.fixture
def desk(cast) -> Desk:
    """The desk of the station, signed in whenever it is asked."""
    return Desk(cast, "gu")


def goes_on(desk: Desk, case: Case) -> str:
    """Let a case go on; return what the desk is asked about it then."""
    answer = desk.asks(f"cases/{case.pk}/decide", decision="go_on", reason="seen")
    assert answer.status_code == 200
    return answer.json()["attention"]


def test_it_is_not_asked_again_for_an_officer(desk, cast, warn, send_alert):
    case = warn()
    desk.asks(f"cases/{case.pk}/assign", person=str(cast.mei.pk))
    mei = Phone(cast, "mei")
    mei.work()
    mei.does("acknowledge")
    send_alert(external_id="funds")
    case.refresh_from_db()
    assert case.attention == "needs_officer"
    assert goes_on(desk, case) == ""


def test_it_is_not_asked_again_for_a_resident_without_a_number(desk, warn, reader):
    case = warn(risk="high")
    reader.phone = ""
    reader.save()
    desk.asks(f"cases/{case.pk}/risk", risk="low", reason="known to us")
    written = len(messages())
    assert goes_on(desk, case) == ""
    assert len(messages()) == written


def test_nobody_is_written_to_twice(desk, warn, text, after, cast):
    case = warn(risk="high")
    desk.asks(f"cases/{case.pk}/assign", person=str(cast.lin.pk))
    desk.asks(f"cases/{case.pk}/recall", reason="the bank rang")
    desk.asks(f"cases/{case.pk}/risk", risk="low", reason="harmless")
    after()
    after(minutes=31)
    goes_on(Desk(cast, "gu"), case)
    after(days=3, minutes=1)
    after(minutes=31)
    assert len(text.got) == 1


def test_a_closed_case_takes_back_what_is_planned_for_the_morning(warn, after, cast):
    after(hours=12)
    case = warn()
    Desk(cast, "gu").asks(f"cases/{case.pk}/decide", decision="close", reason="seen")
    assert messages()[0][1] == "dropped"
