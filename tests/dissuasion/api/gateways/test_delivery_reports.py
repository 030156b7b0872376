"""Delivery reports: signed, or nothing moves; twice, out of order and early, each moves what it may and once."""

import datetime as dt
import json
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dissuasion.actions.messages import notices, sender
from dissuasion.models import Delivery
from dissuasion.rules.residents import budgets
from dissuasion.transports import registry
from tests.dissuasion.actions.messages.conftest import Wire, after
from tests.dissuasion.api.sources.test_any_json import ANYTHING
from tests.dissuasion.transports.gateway_server import SECRET

__all__ = ["after"]

THERE, LOST = "DELIVRD", "UNDELIV"


def stands():
    return list(
        Delivery.objects.filter(channel="text").order_by("planned_at", "tries", "pk").values_list("state", "reason")
    )


@pytest.fixture
def sent(lin, after, server):
    """The message about Lin's visit, which the gateway took."""
    after(15)
    row = Delivery.objects.get()
    assert (row.state, row.provider_id) == ("sent", "g-1")
    return row


def counts(answer):
    assert answer.status_code == 200, answer.content
    said = answer.json()
    return said["moved"], said["unmoved"], said["unreadable"]


def test_it_arrived(sent, server):
    assert counts(server.reports({"messageId": str(sent.pk), "status": THERE})) == (1, 0, 0)
    assert stands() == [("delivered", "")]


def test_it_knows_the_gateways_own_id_too(sent, server):
    assert counts(server.reports({"id": "g-1", "status": THERE})) == (1, 0, 0)


def test_the_same_report_twice_moves_once(sent, server):
    said = {"messageId": str(sent.pk), "status": LOST}
    assert counts(server.reports(said, said)) == (1, 1, 0)
    assert counts(server.reports(said)) == (0, 1, 0)
    assert stands() == [("failed", "not_delivered"), ("planned", "")]


def test_what_did_not_arrive_goes_again(sent, server, after):
    server.reports({"messageId": str(sent.pk), "status": LOST})
    after(9)
    assert len(server.heard) == 1
    after(1)
    assert server.last()["repeat"] is True


def test_it_gives_up_after_the_same_number_of_tries(sent, server, clock, monkeypatch):
    monkeypatch.setattr(budgets, "TRIES", 4)
    for number in range(6):
        newest = Delivery.objects.filter(person=sent.person).latest("tries")
        notices.move(newest.pk, "sending", at=timezone.now())
        server.reports({"messageId": str(newest.pk), "status": LOST})
        assert Delivery.objects.filter(person=sent.person).count() == min(number + 2, 4)


def test_only_a_visits_message_goes_again(sent, server):
    Delivery.objects.update(purpose="overdue")
    server.reports({"messageId": str(sent.pk), "status": LOST})
    assert stands() == [("failed", "not_delivered")]


def test_what_arrived_after_all_does_not_go_again(sent, server):
    server.reports({"messageId": str(sent.pk), "status": LOST})
    server.reports({"messageId": str(sent.pk), "status": THERE})
    assert stands() == [("delivered", ""), ("dropped", "arrived")]
    server.reports({"messageId": str(sent.pk), "status": LOST})
    assert stands() == [("delivered", ""), ("dropped", "arrived")]


def test_a_lost_answer_and_a_failed_report_plan_one_try_only(lin, after, server):
    server.mode = "cut"
    after(15)
    first = Delivery.objects.earliest("tries")
    assert counts(server.reports({"messageId": str(first.pk), "status": LOST})) == (1, 0, 0)
    assert stands() == [("failed", "not_delivered"), ("planned", "")]


def test_a_report_may_come_before_the_answer(lin, after, server, monkeypatch):
    def meanwhile():
        early = server.reports({"id": "p-1", "status": THERE})
        assert (early.status_code, early.json()["code"], early.headers["Retry-After"]) == (503, "too_soon", "6")
        assert counts(server.reports({"messageId": str(Delivery.objects.get().pk), "status": THERE})) == (1, 0, 0)

    how, wire = registry.delivery_reports_of("text"), Wire(before=meanwhile)
    monkeypatch.setattr(registry, "delivery_reports_of", lambda _channel: how)
    monkeypatch.setitem(registry._TABLE, "text", wire)
    # Sent in this thread: no other sees the transaction of the test.
    monkeypatch.setattr(sender, "_send_all", lambda ready: [one.by.send(one.message) for one in ready])
    after(15)
    assert stands() == [("delivered", "")]
    assert Delivery.objects.get().provider_id == "p-1"


FORGED = {
    "unsigned": {"headers": {"X-Signature": ""}},
    "another secret": {"secret": SECRET},
    "another body": {"sent": b'{"reports": []}'},
    "another moment": {"headers": {"X-Timestamp": "1700000000"}},
    "no moment": {"headers": {"X-Timestamp": "yesterday"}},
    "digits that are none": {"headers": {"X-Timestamp": "١٧٠٠٠٠٠٠٠٠"}},
    "another nonce": {"headers": {"X-Nonce": "n"}},
    "no nonce": {"headers": {"X-Nonce": ""}},
    "another channel": {"channel": "voice"},
    "no channel": {"channel": "pigeon"},
}


@pytest.mark.parametrize("how", FORGED.values(), ids=FORGED)
def test_a_forged_report_moves_nothing(sent, server, how):
    answer = server.reports({"messageId": str(sent.pk), "status": THERE}, **how)
    assert (answer.status_code, answer.json()["code"]) == (401, "bad_signature")
    assert stands() == [("sent", "")]


@pytest.mark.parametrize(("minutes", "status"), [(-6, 401), (-4, 200), (4, 200), (6, 401)])
def test_a_stale_report_moves_nothing(sent, server, minutes, status):
    at = timezone.now() + dt.timedelta(minutes=minutes)
    assert server.reports({"messageId": str(sent.pk), "status": THERE}, at=at).status_code == status


@pytest.mark.parametrize(
    "body", [b"", b"{", b"\xff", b"null", b"7", b'{"reports": 1}', b'{"reports": [], "x": NaN}', b"[" * 5000,
             b'{"reports": [], "reports": []}'],
)  # fmt: skip
def test_an_unreadable_body_is_refused(sent, server, body):
    answer = server.reports(body=body)
    assert (answer.status_code, stands()) == (400, [("sent", "")])
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_one_unreadable_report_holds_nobody_up(sent, server):
    rows = [7, None, {"status": THERE}, {"id": "g-1", "status": "NEWWORD"}, {"id": ["g-1"], "status": THERE}]
    assert counts(server.reports(*rows, {"id": "g-1", "status": THERE})) == (1, 0, 5)


UNREADABLE = (
    b"NaN",
    b'"\\u0000"',
    b'{"id": "g-1", "id": "g-2"}',
    b'{"status": "\\ud83d"}',
    b"[" * 70 + b"]" * 70,
)


@pytest.mark.parametrize("row", UNREADABLE, ids=range(len(UNREADABLE)))
def test_one_row_that_can_not_be_read_is_counted(sent, server, row):
    body = b'{"reports": [%s, {"id": "g-1", "status": "DELIVRD"}]}' % row
    assert counts(server.reports(body=body)) == (1, 0, 1)


def test_it_says_the_same_of_nobodys_messages(sent, server):
    nobodys = [{"messageId": str(uuid4())}, {"id": "g-2"}, {"id": "x" * 999}]
    assert counts(server.reports(*[row | {"status": THERE} for row in nobodys])) == (0, 3, 0)


def test_too_many_at_once_are_refused(sent, server):
    assert server.reports(*[{"id": "g-1", "status": THERE}] * 1001).status_code == 413
    assert server.reports(body=b" " * (1024 * 1024 + 1)).status_code == 413
    assert stands() == [("sent", "")]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.one_of(st.binary(max_size=60), ANYTHING.map(lambda v: json.dumps({"reports": v}).encode())))
def test_no_body_is_a_fault_of_ours(sent, server, body):
    assert server.reports(body=body).status_code in (200, 400)


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "nonsense", ""])
def test_the_content_type_does_not_matter(sent, server, kind):
    answer = Client().generic("POST", "/api/v1/reports/text", b"{}", kind)
    assert answer.status_code == 401
