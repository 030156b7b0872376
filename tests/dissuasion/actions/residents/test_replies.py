"""What a resident answers: payment under way sends an officer at once, "no more" stops the messages, all is kept."""

import pytest
from django.db import connection
from django.utils import timezone

from dissuasion.models import Assignment, Reply
from dissuasion.rules.residents.replies import says_paying, says_stop
from tests.dissuasion.actions.field.phone import history
from tests.dissuasion.actions.residents.conftest import fate, messages, raised


@pytest.mark.parametrize(
    "said",
    ["正在转", "我已经转了", "马上转账", "刚转过去了", "已汇款", "钱打过去了", "正在 付款", "我在给他转", "准备转账",
     "转账了", "我转账了", "打钱了", "给他打钱了", "转完了", "转走了", "我转给他了", "我要转账", "缴费了", "贷款了",
     "我付钱了", "钱转了5万", "转账给她了", "已经转过去了",
     "不好意思，已经转了", "I am PAYING now", "already transferred", "I'm sending the money", "ＰＡＩＤ"],
)  # fmt: skip
def test_it_hears_that_money_is_on_its_way(said):
    assert says_paying(said)


@pytest.mark.parametrize(
    "said",
    ["没转", "没有转账", "我不会转", "还没付款", "谢谢，知道了", "正在转发给家人", "不转了", "未付款", "没有正在转",
     "我不要转账", "不转账了", "不要转账了", "没给他打钱", "没转给他", "不敢付钱了", "需要转账吗", "要不要紧", "转院了",
     "转告他了",
     "I have not paid", "never paying them", "I didn't pay", "thanks", "退订", ""],
)  # fmt: skip
def test_it_hears_nothing_where_nothing_is_said(said):
    assert not says_paying(said)


@pytest.mark.parametrize(
    "said", ["退订", "TD", " td。", "Ｔ", "stop", "STOP!", "别再发了", "不要给我发", "请退订此短信"]
)
def test_it_hears_a_complaint(said):
    assert says_stop(said)


@pytest.mark.parametrize("said", ["别急", "I stopped paying", "today", "发生什么事", "不要紧"])
def test_it_takes_nothing_else_for_a_complaint(said):
    assert not says_stop(said)


def test_it_sends_an_officer_at_once_when_payment_is_under_way(warn, after, answers, cast):
    case = warn()
    after()
    answers("我正在转")
    after()
    assert (fate(case)[:2], raised(case)[-1]) == (("open", "high"), ["reply_paying"])
    assert Assignment.objects.get(case=case).person == cast.lin


def test_it_opens_the_closed_case_again(warn, after, settled, answers, cast):
    case = warn()
    settled()
    assert fate(case)[0] == "closed"
    answers("already paid")
    after()
    assert fate(case) == ("open", "high", "")
    assert Assignment.objects.get(case=case).person == cast.lin


def test_the_same_words_told_twice_by_a_channel_without_ids_are_one_answer(warn, after, answers, clock):
    warn()
    after()
    first = answers("正在转")
    after(240)
    assert answers("正在转") == first
    assert answers("我真的转了") != first
    clock.shift(3600)
    assert answers("正在转") != first
    assert Reply.objects.count() == 3


def test_it_raises_the_case_that_she_has_now(warn, settled, answers):
    old = warn()
    settled()
    new = warn(risk="high")
    answers("已经转了")
    assert (fate(old)[0], fate(new)[:2]) == ("closed", ("open", "high"))


def test_it_sends_no_second_team(warn, after, answers, cast, gu):
    case = warn()
    after()
    gu.asks(f"cases/{case.pk}/assign", person=str(cast.lin.pk))
    answers("正在转")
    after(1)
    assert (fate(case)[1], Assignment.objects.filter(case=case).count()) == ("high", 1)


def test_it_keeps_any_other_answer_for_the_desk(warn, after, answers, gu):
    case = warn()
    after()
    answers("你们是真的吗")
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM dissuasion_reply")
        assert "真的".encode() not in bytes(cursor.fetchone()[0])
    document = gu.reads(f"cases/{case.pk}")
    assert [(row["meaning"], row["said"]) for row in document["replies"]] == [("other", "你们是真的吗")]
    assert history(document)[-1] == "replied"
    assert "你们" not in str(document["history"])
    after(1)
    assert fate(case) == ("closed", "low", "message_sent")  # whoever answers has read it


def test_it_takes_the_same_answer_once(warn, after, answers, reader):
    case = warn()
    after()
    by = {"number": reader.phone, "reply_id": "r-1"}
    assert answers("正在转", **by) == answers("正在转", **by)
    assert (Reply.objects.count(), case.events.filter(kind="replied").count()) == (1, 1)


def test_it_finds_the_message_by_any_of_its_names(warn, after, answers, reader):
    warn()
    after()
    row = reader.deliveries.get()
    assert answers("?", message=row.pk).delivery == row
    assert answers("?", provider_id=row.provider_id).delivery == row
    assert answers("?", number=f"+86 {reader.phone}").delivery == row


def test_it_knows_nothing_of_a_strangers_answer(warn, after, answers, cast):
    assert answers("正在转") is None  # never written to
    warn()
    after()
    assert [answers("正在转", number=number) for number in ("10000000999", "nonsense", "")] == [None] * 3
    assert Reply.objects.count() == 0


def test_it_stops_when_they_ask_for_no_more(warn, after, answers, reader, text):
    warn()
    after()
    answers("TD")
    reader.household.refresh_from_db()
    assert reader.household.no_messages_since == timezone.now()
    after(minutes=31)
    case = warn(scam_type="rebate")
    after()
    assert (len(text.got), messages()[-1]) == (1, ("text", "dropped", "complaint"))
    assert case.attention == "no_messages"


def test_it_hears_both_in_one_answer(warn, after, answers, reader):
    case = warn()
    after()
    answers("退订，我已经转了")
    reader.household.refresh_from_db()
    assert (fate(case)[1], reader.household.no_messages_since is not None) == ("high", True)
