"""What a resident answers: payment under way sends an officer at once, "no more" stops the messages, all is kept."""

import pytest
from django.db import connection
from django.utils import timezone

from dissuasion.models import Assignment, Case, Reply
from dissuasion.rules.residents.reply_words import VERSION
from tests.dissuasion.actions.field.phone import history
from tests.dissuasion.actions.residents.conftest import fate, messages, raised


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


def test_it_keeps_an_answer_for_the_desk_in_its_own_words(warn, after, answers, gu):
    case = warn()
    after()
    answers("你们是真的吗")
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM dissuasion_reply")
        assert "真的".encode() not in bytes(cursor.fetchone()[0])
    document = gu.reads(f"cases/{case.pk}")
    assert [(row["meaning"], row["said"]) for row in document["replies"]] == [("other", "你们是真的吗")]
    assert history(document)[-2:] == ["replied", "judged"]
    assert "你们" not in str(document["history"])
    assert document["reasons"][0]["code"] == "reply_unclear"


@pytest.mark.parametrize("said", ["你们是真的吗", "？", "我在银行", "还没转", "他让我别挂电话", "a b c"])
def test_what_nobody_understands_goes_before_a_person(warn, after, answers, said, gu):
    case = warn()
    after()
    assert answers(said).meaning == "other"
    after(minutes=31)
    assert (fate(case), raised(case)[-1]) == (("open", "medium", ""), ["reply_unclear"])
    assert gu.reads("board")["waiting"]["hotline"] == 1


def test_it_opens_a_case_again_that_only_a_message_had_closed(warn, settled, answers, gu):
    case = warn()
    settled()
    answers("你们是真的吗")
    assert fate(case) == ("open", "medium", "")
    assert gu.reads("board")["waiting"]["hotline"] == 1


@pytest.mark.parametrize("status", ["closed", "monitoring"])
def test_it_leaves_to_its_people_what_a_person_has_concluded(warn, after, answers, status):
    case = warn()
    after()
    Case.objects.update(status=status, disposition="dissuaded", message_due_at=None)
    answers("你们是真的吗")
    assert fate(case)[:2] == (status, "low")


@pytest.mark.parametrize("said", ["谢谢", "知道了", "没有转账", "OK"])
def test_what_is_understood_and_harmless_closes_as_before(warn, after, answers, said):
    case = warn()
    after()
    assert answers(said).meaning == "heard"
    after(1)
    assert fate(case) == ("closed", "low", "message_sent")  # whoever answers has read it


@pytest.mark.parametrize(
    "said",
    [
        "钱已经打了",
        "錢已經匯出去了",
        "取了3万现金给他",
        "黄金寄走了",
        "包裹寄了",
        "正在弄",
        "验证码给他了",
        "money is gone",
    ],
)
def test_money_that_is_gone_never_closes_the_case(warn, after, answers, said, cast):
    case = warn()
    after()
    answers(said)
    after(minutes=31)
    assert fate(case) == ("open", "high", "")
    assert Assignment.objects.get(case=case).person == cast.lin


def test_parts_of_one_message_are_read_together(warn, after, answers, reader, clock):
    case = warn()
    after()
    assert answers("老师说账户冻结了，我就把钱都", number=reader.phone, reply_id="p-1").meaning == "other"
    clock.shift(20)
    assert answers("给他了", number=reader.phone, reply_id="p-2").meaning == "paying"
    assert fate(case)[1] == "high"


def test_an_answer_of_yesterday_is_no_part_of_this_one(warn, after, answers, clock):
    warn()
    after()
    answers("我把钱都")
    clock.shift(24 * 3600)
    assert answers("给他了").meaning == "other"


def test_it_keeps_the_version_of_the_words_by_which_it_was_read(warn, after, answers):
    warn()
    after()
    assert answers("谢谢").words_version == VERSION


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
