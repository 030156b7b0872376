"""The door of replies: what a gateway hands on and has signed works, once; anything else does nothing."""

import pytest
from django.test import Client

from dissuasion.models import Reply
from tests.dissuasion.actions.messages.conftest import server
from tests.dissuasion.actions.messages.gateway_server import GatewayServer
from tests.dissuasion.actions.residents.conftest import fate

__all__ = ["server"]


@pytest.fixture
def warned(warn, after, server):
    """A low case whose resident has been written to through the gateway."""
    case = warn()
    after()
    assert server.heard
    return case


def says(server: GatewayServer, reader, text, number="r-1", **how):
    return server.reports({"id": number, "from": reader.phone, "content": text}, door="replies", **how)


def test_payment_under_way_raises_the_case(warned, server, reader):
    assert says(server, reader, "正在转账").json() == {"kept": 1, "unknown": 0, "unreadable": 0}
    assert fate(warned)[1] == "high"


def test_the_same_answer_twice_counts_once(warned, server, reader):
    for _again in range(2):
        assert says(server, reader, "谢谢").status_code == 200
    assert Reply.objects.count() == 1


def test_an_answer_of_nobody_we_know_is_counted_and_not_kept(warned, server, reader):
    answer = server.reports({"id": "r-9", "from": "10000009999", "content": "谢谢"}, door="replies")
    assert answer.json() == {"kept": 0, "unknown": 1, "unreadable": 0}


@pytest.mark.parametrize("row", [{"from": "10000000001"}, {"content": "谢谢"}, 7, None, {"content": {}, "from": []}])
def test_what_says_nothing_is_counted_as_unreadable(warned, server, row):
    assert server.reports(row, door="replies").json()["unreadable"] == 1


def test_a_forged_answer_does_nothing(warned, server, reader):
    assert says(server, reader, "正在转账", secret="guessed").status_code == 401
    assert (fate(warned)[1], Reply.objects.count()) == ("low", 0)


@pytest.mark.parametrize("channel", ["voice", "messenger", "nothing"])
def test_a_channel_that_hands_on_nothing_refuses(warned, server, channel):
    assert Client().post(f"/api/v1/replies/{channel}", {}, "application/json").status_code == 401
