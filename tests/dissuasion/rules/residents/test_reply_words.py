"""What residents answer, row by row of the table of words: what each row hears, and what it must not hear."""

import hashlib
import time

import pytest

from dissuasion.rules.residents import reply_words
from dissuasion.rules.residents.replies import meaning, says_paying, says_stop
from dissuasion.rules.residents.reply_words import PAIRS, ROWS, VERSION, Means

# By row: answers that it hears, and answers like them that say nothing of the kind.
TABLE = {
    "transfer under way": (
        ["正在转", "马上转账", "正在 付款", "我在给他转", "准备转账", "我要转账", "正在匯款", "馬上就轉",
         "现在就去转", "刚汇款", "我正在银行取钱", "我在柜台汇款", "已交"],
        ["我不会转", "没有正在转", "正在转发给家人", "我不要转账", "需要转账吗", "要不要紧", "还没付款", "不想转账",
         "已交代过了", "没在银行取钱"],
    ),
    "transfer done": (
        ["我已经转了", "刚转过去了", "已汇款", "钱打过去了", "转账了", "打钱了", "给他打钱了", "转完了", "转走了",
         "我转给他了", "缴费了", "贷款了", "我付钱了", "转账给她了", "不好意思，已经转了", "已转帐", "轉賬了",
         "匯過去了", "都给他了", "存进去了", "刷了信用卡", "转到安全账户了", "转账成功", "抵押了房子", "刚充完",
         "給佢轉咗錢", "刷完了"],
        ["没转", "没有转账", "不转了", "未付款", "不转账了", "不要转账了", "没给他打钱", "没转给他", "不敢付钱了",
         "转院了", "转告他了", "电话打过去了", "打电话了", "都没给他", "刷完牙", "没转到他账户", "没支付成功"],
    ),
    "money given": (
        ["钱已经打了", "錢已經打了", "錢已經匯出去了", "钱转了5万", "钱都给他了", "现金给了", "我把现金交给他了",
         "五万已经转了", "钱取出来了", "一万块钱他拿走了", "我刚把钱打给他", "现金放快递柜了", "黄金放在门口了",
         "快递小哥取走了", "錢俾咗佢"],
        ["钱没打", "钱没给他", "我没把钱给他", "钱还在", "没给他钱", "没有现金", "没把钱给他", "没放快递柜"],
    ),
    "so much given": (
        ["给了他五万", "给他五万了", "转了3万", "打了两千块", "充了2000元", "交了五千", "贷了五万", "取了3万现金"],
        ["没给他五万", "没转3万", "不会给五万了", "打了110"],
    ),
    "money gone": (
        ["钱没了", "钱被骗了", "被骗了", "我被骗走了两万", "存款都没了", "卡里的钱被划走了", "錢不見了", "账户空了",
         "卡里没钱了", "能追回来吗", "已经划走了"],
        ["没被骗", "没有上当", "差点被骗了", "不会被骗了", "账户还在"],
    ),
    "gold": (
        ["买了黄金", "刚买了金条", "黄金买好了", "正在买黄金", "買了黃金", "换了usdt", "买了苹果卡"],
        ["我没有买黄金", "没买金条", "不买黄金"],
    ),
    "parcel": (
        ["寄出去了", "东西寄了", "快递发了", "包裹已经寄走了", "正在寄", "银行卡寄给他们了", "包裹寄走了", "郵寄了"],
        ["没有寄", "快递到了", "不寄了", "快递没发"],
    ),
    "code or screen given": (
        ["验证码给他了", "密码告诉他了", "驗證碼發給他了", "正在共享屏幕", "开了屏幕共享", "我在输密码"],
        ["验证码没给他", "没有共享屏幕", "没在输密码"],
    ),
    "just doing it": (
        ["正在弄", "在操作了", "弄好了", "操作完了", "正在办", "正在辦", "已经照做了", "按他说的做了",
         "照着老师说的做了", "转着呢", "已按要求完成"],
        ["在做饭", "正在做饭", "在办公室", "没弄", "不弄了", "没操作", "我在上班", "没按他说的做"],
    ),
    "english: transfer": (
        ["I am PAYING now", "already transferred", "I'm sending the money", "ＰＡＩＤ", "I sent it",
         "I sent him the money", "wired it"],
        ["I have not paid", "never paying them", "I didn't pay", "I did not send it", "nothing was sent"],
    ),
    "english: cash": (
        ["withdrew 30000", "I gave him the cash", "handed it over"],
        ["I never gave him money"],
    ),
    "english: gold": (
        ["bought gold", "bought some gift cards"],
        ["I have not bought gold"],
    ),
    "english: parcel": (
        ["shipped the parcel", "package already picked up"],
        ["did not ship the parcel"],
    ),
    "english: gone": (
        ["money is gone", "lost my money", "I've been scammed"],
        ["almost got scammed", "no money is gone"],
    ),
    "english: just doing it": (
        ["just doing it", "I'm doing it now", "just did it"],
        ["not doing it", "what is this"],
    ),
    "stop": (
        ["退订", "退訂", "别再发了", "別再發了", "不要给我发", "请退订此短信", "請退訂", "不要再聯絡我", "退\u200b订"],
        ["别急", "发生什么事", "不要紧"],
    ),
    "english: stop": (
        ["please stop texting me", "unsubscribe me"],
        ["I stopped paying"],
    ),
    "stop alone": (
        ["TD", " td。", "Ｔ", "stop", "STOP!", "T D"],
        ["today", "nt"],
    ),
    "heard": (
        ["谢谢", "谢谢，知道了", "收到", "好的，谢谢", "没有转账", "我不会转", "嗯", "OK", "Thank you!", "没转过账",
         "謝謝提醒", "我没有被骗", "已拉黑", "Got it, thanks"],
        ["你们是真的吗", "还没转", "还没付款", "？", "在银行", "他说没事", "……", "报警了", "123", "没转呢，等下再说",
         "谢谢，在银行排队", "", "没有"],
    ),
}  # fmt: skip
HEARD = [(name, said) for name, (heard, _not) in TABLE.items() for said in heard]
NOT_HEARD = [(name, said) for name, (_heard, other) in TABLE.items() for said in other]
MEANS = {row.name: row.means for row in ROWS}


def test_every_row_of_the_table_has_its_answers():
    assert list(TABLE) == [row.name for row in ROWS]


@pytest.mark.parametrize(("name", "said"), HEARD)
def test_it_hears_what_a_row_says(name, said):
    assert meaning([said]) == MEANS[name]


@pytest.mark.parametrize(("name", "said"), NOT_HEARD)
def test_it_hears_nothing_of_the_kind_in_what_is_like_it(name, said):
    assert meaning([said]) != MEANS[name]
    assert not says_paying(said)


def test_whoever_says_both_is_paying_first_of_all():
    assert meaning(["退订，我已经转了"]) == Means.PAYING
    assert says_stop("退订，我已经转了")


@pytest.mark.parametrize(
    ("parts", "means"),
    [
        (["我把钱都", "给他了"], "paying"),
        (["给他了", "我把钱都"], "paying"),  # the network has turned them round
        (["我正", "在转", "账"], "paying"),
        (["退", "订"], "stop"),
        (["谢谢", "知道了"], "heard"),
        (["他说要我", "去一趟"], None),
        (["他说要我去一趟", "好的"], None),  # what was not understood stays so
    ],
)
def test_parts_of_a_long_message_are_joined_before_they_are_read(parts, means):
    assert meaning(parts) == means


@pytest.mark.parametrize(
    "piece", ["谢", "嗯", "没转了", "转", "钱", "1", "just ", "the money ", "好的", "万", "sent my ", "给他"]
)
def test_no_answer_takes_long_to_read(piece):
    begun = time.monotonic()
    meaning([piece * (2000 // len(piece)) + "x"] * 10)
    assert time.monotonic() - begun < 10


def test_simplified_and_traditional_are_one():
    assert all(len(pair) == 2 for pair in PAIRS)
    assert says_paying("我已經轉賬給對方了")
    assert len({pair[0] for pair in PAIRS}) == len(PAIRS)


def test_a_changed_table_has_a_new_version():
    """Answers keep the version by which they were read: raise VERSION with the table, then write its print here."""
    rows = [(r.name, r.means.value, r.pattern.pattern, r.unless and r.unless.pattern, r.whole, r.spaced) for r in ROWS]
    print_of = hashlib.sha256(repr((rows, PAIRS)).encode()).hexdigest()[:16]
    assert (VERSION, print_of) == (2, "6391d61fa5d4bca3")
    assert reply_words.__doc__
