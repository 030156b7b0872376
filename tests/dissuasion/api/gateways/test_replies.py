"""The door of replies: what a gateway hands on and has signed works, once; anything else does nothing."""

import pytest
from django.test import Client

from dissuasion.models import Reply
from tests.dissuasion.actions.residents.conftest import after, fate
from tests.dissuasion.transports.gateway_server import GatewayServer

__all__ = ["after"]


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


def test_half_a_character_in_one_answer_holds_up_no_other(warned, server, reader):
    rows = [
        {"id": f"r-{number}", "from": reader.phone, "content": said} for number, said in enumerate(["\ud83d", "谢谢"])
    ]
    assert server.reports(*rows, door="replies").json() == {"kept": 1, "unknown": 0, "unreadable": 1}
    assert Reply.objects.get().text == "谢谢"


def test_answers_with_long_ids_that_begin_alike_are_two(warned, server, reader):
    long = "r" * 300
    for number in (f"{long}-1", f"{long}-2", f"{long}-1"):
        assert says(server, reader, f"谢谢 {number[-1]}", number=number).json()["kept"] == 1
    assert sorted(Reply.objects.values_list("channel", flat=True)) == ["text", "text"]


def test_a_forged_answer_does_nothing(warned, server, reader):
    assert says(server, reader, "正在转账", secret="guessed").status_code == 401
    assert (fate(warned)[1], Reply.objects.count()) == ("low", 0)


@pytest.mark.parametrize("channel", ["voice", "messenger", "nothing"])
def test_a_channel_that_hands_on_nothing_refuses(warned, server, channel):
    assert Client().post(f"/api/v1/replies/{channel}", {}, "application/json").status_code == 401


def test_parts_in_one_request_are_read_together(warned, server, reader):
    rows = [{"id": f"p-{n}", "from": reader.phone, "content": text} for n, text in enumerate(["我把錢都", "給他了"])]
    assert server.reports(*rows, door="replies").json()["kept"] == 2
    assert fate(warned)[1] == "high"


def test_money_that_is_gone_sends_an_officer(warned, server, reader):
    says(server, reader, "钱已经打了")
    assert fate(warned)[:2] == ("open", "high")


def test_what_is_not_understood_waits_for_the_hotline(warned, server, reader):
    says(server, reader, "你们是谁")
    assert fate(warned) == ("open", "medium", "")


def test_unsubscribe_in_traditional_characters_is_heard(warned, server, reader):
    says(server, reader, "退訂")
    reader.household.refresh_from_db()
    assert reader.household.no_messages_since is not None
