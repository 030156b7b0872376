"""A household that complains is written to no more, until the desk allows it again."""

import pytest

from households.models import Household
from tests.dissuasion.actions.field.phone import Desk, history
from tests.dissuasion.actions.residents.conftest import fate, messages


@pytest.fixture
def path(reader) -> str:
    return f"households/{reader.household_id}/no-messages"


def test_it_stops_what_is_planned_and_asks_the_desk(warn, after, text, cast, path):
    after(hours=12)
    gu, case = Desk(cast, "gu"), warn()
    answer = gu.asks(path, reason="rang us twice")
    assert (answer.status_code, answer.json()["no_messages_reason"]) == (200, "rang us twice")
    after(hours=11)
    gu = Desk(cast, "gu")
    assert (text.got, messages()) == ([], [("text", "dropped", "complaint")])
    (row,) = gu.reads("board")["cases"]
    assert (row["id"], row["attention"]) == (str(case.pk), "no_messages")
    document = gu.reads(f"cases/{case.pk}")
    assert history(document)[-1] == "no_messages"
    assert document["messages"][0]["text"] == "Not sent: this household wants no messages"
    assert document["resident"]["household"]["no_messages_reason"] == "rang us twice"


def test_it_lets_a_message_that_went_count(warn, after, gu, path):
    case = warn()
    after()
    gu.asks(path, reason="rang us")
    after(minutes=31)
    assert fate(case) == ("closed", "low", "message_sent")


def test_it_writes_again_when_the_desk_allows_it(warn, after, text, gu, path):
    gu.asks(path, reason="rang us")
    case = warn()
    assert case.attention == "no_messages"
    answer = gu.client.delete(f"/api/v1/{path}")
    assert (answer.status_code, answer.json()["no_messages_since"]) == (200, None)
    after()
    assert (len(text.got), gu.reads("board")["cases"]) == (1, [])
    assert history(gu.reads(f"cases/{case.pk}"))[-1] == "messages_again"


def test_it_writes_too_about_what_the_desk_has_let_go_on(warn, after, text, gu, path):
    gu.asks(path, reason="rang us")
    case = warn()
    assert gu.asks(f"cases/{case.pk}/decide", decision="go_on", reason="known").status_code == 200
    case.refresh_from_db()
    assert (case.attention, case.message_due_at) == ("", None)
    after(minutes=1)
    gu.client.delete(f"/api/v1/{path}")
    after()
    assert len(text.got) == 1
    after(minutes=31)
    assert fate(case) == ("closed", "low", "message_sent")


def test_it_leaves_alone_what_goes_another_way(warn, gu, path):
    gu.asks(path, reason="rang us")
    case = warn(risk="high")
    gu.client.delete(f"/api/v1/{path}")
    case.refresh_from_db()
    assert (case.due_way, case.message_due_at, messages()) == ("hotline", None, [])


def test_it_keeps_the_first_complaint(gu, path, clock):
    first = gu.asks(path, reason="first").json()
    clock.shift(60)
    assert gu.asks(path, reason="second").json() == first


def test_it_needs_a_reason(gu, path):
    assert gu.asks(path).status_code == 400


def test_it_raises_a_case_that_waits_for_the_desk_when_more_is_heard(warn, gu, path):
    gu.asks(path, reason="rang us")
    warn()
    case = warn(risk="high")
    assert (case.risk, case.attention) == ("medium", "")
    assert gu.reads("board")["waiting"]["hotline"] == 1


def test_it_lets_the_desk_close_it(warn, gu, path):
    gu.asks(path, reason="rang us")
    case = warn()
    assert gu.asks(f"cases/{case.pk}/decide", decision="close", reason="known").status_code == 200
    assert fate(case)[0] == "closed"


@pytest.mark.parametrize("name", ["wengu", "wen", "lin"])
def test_it_is_no_matter_of_others(cast, reader, path, name):
    assert Desk(cast, name).asks(path, reason="x").status_code in (403, 404)
    assert Household.objects.get(pk=reader.household_id).no_messages_since is None
