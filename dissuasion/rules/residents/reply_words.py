"""The words by which a resident's answer is understood (回复用语表): a versioned table, Chinese and English. Pure.

Each row is a pattern of whole or part of an answer as `replies.py` has made it plain: small letters, simplified
characters, narrow signs, Chinese without blanks. Whoever changes a row raises VERSION: an answer keeps the one by
which it was read.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

VERSION = 2


class Means(StrEnum):
    """What an answer can mean. Anything that no row knows is for a person."""

    PAYING = "paying"  # money, gold or a card has gone, is going, or is about to
    STOP = "stop"  # no more messages
    HEARD = "heard"  # thanks, or nothing was paid: the whole answer and nothing else


@dataclass(frozen=True)
class Row:
    """One kind of words; they count unless `unless` ends right before them.

    `whole`: they must be all that is said. `spaced`: they are looked for in words with blanks between them.
    """

    name: str
    means: Means
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None = None
    whole: bool = False
    spaced: bool = False


# Traditional characters of the words below, and variants that telephones offer, each before its simplified one.
_WRITTEN = (
    "轉转 賬账 帳账 帐账 匯汇 滙汇 錢钱 貸贷 費费 繳缴 訂订 閱阅 別别 發发 聯联 絡络 繫系 擾扰 電电 話话 煩烦",
    "給给 們们 妳你 過过 經经 剛刚 纔才 馬马 準准 備备 還还 現现 買买 裡里 裏里 黃黄 遞递 裝装 銀银 這这 沒没",
    "會会 機机 關关 請请 謝谢 瞭了 開开 個个 萬万 塊块 對对 嗎吗 麼么 說说 讓让 騙骗 掃扫 碼码 戶户 號号 證证",
    "應应 單单 領领 際际 辦办 處处 進进 閃闪 貨货 驗验 輸输 報报 訴诉 後后 從从 絕绝 聽听 啟启 點点 儲储 飾饰",
    "鐲镯 條条 郵邮 導导 師师 當当 險险 積积 養养 壓压 東东 摺折 載载 刪删 掛挂 斷断 曉晓 螢屏 實实 確确 見见",
    "騷骚 禮礼 購购 蘋苹 虛虚 擬拟 幣币 咗了 俾给 畀给 佢他 哋们 冇没 唔不",
)
PAIRS = [pair for line in _WRITTEN for pair in line.split()]
TO_SIMPLIFIED = {ord(pair[0]): pair[1] for pair in PAIRS}

# --- Chinese: pieces of which the rows are made -------------------------------------------------------------------
_NO = r"(?:没有?|未|不[会要用能想敢]?|别|勿|不是|差点|险些)"
# Between a word and what it belongs to: no other clause, and no "not".
_GAP = r"[^,.。;!?、没未不别勿]"
_WHO = r"(?:[他她它你您]们?|对方|骗子|人家|那边|老师|导师|客服|警官|领导|老板)"
_TO = rf"(?:给?{_WHO})"
_DIGIT = "一二三四五六七八九十两几"
_SUM = rf"(?:[0-9零{_DIGIT}百千万半.]{{1,12}}(?:多|来|个)?(?:万|千|百|块|元|w|k)|[{_DIGIT}][万千百])"
_GOLD = r"(?:黄金|金条|金子|金饰|首饰|金镯|(?:礼品|购物|充值|点|油|苹果)卡|虚拟币|比特币|泰达币|u币|usdt)"
_MONEY = rf"(?:钱|款|现金|存款|积蓄|养老金|{_GOLD}|{_SUM})"
# Somebody may be paying while the line is read: what was done counts like what is being done and what is intended.
_NOW = r"(?:正在|正要?|在|已经?|刚刚?才?|刚|马上就?要?|这就|现在就?|准备|打算|还在|快要|(?<![需不想])要)(?:去|来)?"
_PAY = (
    r"(?:转账|转(?![发告院机眼达型身念基])|汇款?(?![报总合])|打款|打钱|付款?|支付|充值|缴[费款]|交[钱费款]|贷款|还款"
    r"|刷卡|扫码|过[数账](?!了?节)|垫付|垫钱|投钱|入金|送钱|取钱|取款|取现金?|取出来)"
)
_UNLESS_ZH = re.compile(rf"{_NO}(?:正在|在|{_TO}|给|再|去|把|将|钱|有)*$")


def _zh(name: str, *patterns: str) -> Row:
    return Row(name, Means.PAYING, re.compile("|".join(patterns)), _UNLESS_ZH)


_CHINESE = (
    _zh(
        "transfer under way",
        rf"{_NOW}{_TO}?{_PAY}|已经?[交充投](?![代流通往给警])",
        rf"在{_GAP}{{0,6}}(?:取钱|取款|取现|汇款|转账|打款|付款|存钱)",
    ),
    _zh(
        "transfer done",
        rf"(?:{_PAY}|转账?|付[款钱]|(?<!电话)打(?=过去|出去))(?:给{_WHO}|过去|出去|完|走|好|掉|成功)*了",
        rf"[转汇打充投存]进去?{_GAP}{{0,3}}了|(?:已经?|都|全)[给交投充寄取送](?:{_WHO}|过去|出去|完)*了|刷了{_GAP}{{0,2}}卡",
        rf"[转汇打存][到进入]{_GAP}{{0,8}}(?:账户|账号|卡|平台)|[转汇付充缴投]完|刷完(?!牙)|(?:抵押|套现)了|(?:借了|办了){_GAP}{{0,2}}贷",
        r"(?:转账|支付|汇款|付款|充值|交易|打款|缴费)成功",
    ),
    _zh(
        "money given",
        rf"{_MONEY}{_GAP}{{0,6}}[转汇打付给交取寄送拿充投花借押刷]{_GAP}{{0,8}}[了过]",
        rf"把{_GAP}{{0,3}}{_MONEY}{_GAP}{{0,3}}[转汇打付给交取寄送存]",
        rf"{_MONEY}{_GAP}{{0,3}}放{_GAP}{{0,6}}(?:门口|柜|指定|楼下|车)|(?:快递|跑腿|小哥|骑手|包裹){_GAP}{{0,4}}[取拿收]走了",
    ),
    _zh(
        "so much given",
        rf"[转汇打付给交充投取寄送垫刷借贷][了过出完]{_TO}?{_GAP}{{0,2}}{_MONEY}",
        rf"{_TO}[转汇打付交]?{_MONEY}(?:钱|现金)?了",
        rf"给{_WHO}?(?:转|汇|打)?{_MONEY}(?:钱|现金)?了",
    ),
    _zh(
        "money gone",
        r"(?:钱|存款|积蓄|卡里|账户|余额)[^,。;!?]{0,4}(?:没了|没有了|没钱|不见了|被转|被骗|被划|被扣|空了|为零|清零)",
        r"(?<![怕])(?:被骗|受骗|上当|中招|骗走)了|[划扣]走?了|追[不得]?回",
    ),
    _zh(
        "gold",
        rf"{_NOW}[买换寄送]{_GAP}{{0,3}}{_GOLD}",
        rf"[买换寄送给交](?:了|好了?|完了?){_GAP}{{0,4}}{_GOLD}",
        rf"{_GOLD}{_GAP}{{0,4}}[买换]{_GAP}{{0,3}}了",
    ),
    _zh(
        "parcel",
        rf"{_NOW}{_TO}?(?:邮?寄|闪送|发快递|叫跑腿)",
        rf"(?:邮?寄|闪送)(?:给{_WHO}|出去?|过去|走|完|好)*了",
        r"(?:快递|包裹|东西|卡|存折|身份证)[^,。;!?没未不别勿到]{0,4}[寄发送给交][^,。;!?没未不别勿到]{0,4}了",
    ),
    _zh(
        "code or screen given",
        rf"(?:验证码|密码|口令){_GAP}{{0,4}}(?:给|告诉|说|发|报|输|填){_GAP}{{0,5}}了",
        rf"{_NOW}(?:共享屏幕|屏幕共享)",
        rf"在{_GAP}{{0,2}}输{_GAP}{{0,3}}(?:密码|验证码|卡号)",
        rf"开{_GAP}{{0,3}}(?:共享屏幕|屏幕共享)了?|(?:共享屏幕|屏幕共享){_GAP}{{0,3}}开{_GAP}{{0,2}}了",
    ),
    _zh(
        "just doing it",
        rf"{_NOW}(?:弄|操作|搞|办理|照做)(?!饭|卫生|清)|正在(?:做|办|处理|进行)(?!饭|菜|梦|作业|公)",
        r"(?:弄|操作|办|搞|照做)[完好成妥]?了|[转付汇弄办]着",
        rf"(?:按照?|照着?){_GAP}{{0,6}}(?:做|办|操作|弄|完成)",
    ),
)  # fmt: skip

# --- English ------------------------------------------------------------------------------------------------------
_UNLESS_EN = re.compile(
    r"(?:\b(?:not|never|no|nothing|nobody|without|almost|nearly|stopped)|n[’']?t)\b(?:\W+\w+){0,2}\W*$"
)
_IT = r"(?:the |my |some |our |all |his |her |more |that |this )*"
_THING = rf"(?:it|{_IT}(?:money|cash|savings|funds?|parcel|package|gold|cards?|codes?))"
_HIM = r"(?:him|her|them|it|over|you)"


def _en(name: str, pattern: str) -> Row:
    return Row(name, Means.PAYING, re.compile(rf"\b(?:{pattern})\b"), _UNLESS_EN, spaced=True)


_ENGLISH = (
    _en("english: transfer", rf"paying|paid|transferr(?:ing|ed)|wir(?:ing|ed)|remitt(?:ing|ed)|sending {_THING}"
        rf"|sent {_HIM}? ?{_IT}?(?:money|cash)|sent (?:it|{_THING})|(?:about|going) to (?:pay|transfer|send|withdraw)"
        r"|will (?:pay|transfer)"),
    _en("english: cash", rf"withdr(?:ew|awing|awn)|(?:took|taking|taken) out {_IT}(?:money|cash|savings)"
        rf"|(?:gave|given|giving|handed|handing) (?:{_HIM} )?{_THING}"),
    _en("english: gold", rf"(?:bought|buying) {_IT}(?:gold|gift cards?|bitcoins?|crypto)"),
    _en("english: parcel", rf"(?:shipped|shipping|mailed|mailing|posted|posting|couriered) {_THING}"
        r"|(?:parcel|package) (?:is |has |was |been |already )*(?:sent|gone|picked up)"),
    _en("english: gone", r"money (?:is |has |have |was |been |all |already )*(?:gone|sent|taken|lost|stolen)"
        rf"|lost {_IT}(?:money|savings)|(?:been|got|was) (?:scammed|cheated|robbed)"),
    _en("english: just doing it", r"(?:am |i'?m |just |already |now )+(?:doing|done|did)(?: it| that)?|did it"),
)  # fmt: skip

# --- No more messages ---------------------------------------------------------------------------------------------
_STOPS = (
    Row("stop", Means.STOP, re.compile(
        r"退订|拒收|取消订阅|(?:不要|别)再?(?:给我)?再?(?:发|联系|联络|打扰|骚扰|打电话|烦)")),
    Row("english: stop", Means.STOP, re.compile(
        r"\b(?:stop (?:texting|messaging|calling|writing|sending)|unsubscribe|leave me alone)\b"), spaced=True),
    Row("stop alone", Means.STOP, re.compile(r"t|td|tt|tdd|n|qx|stop|unsubscribe|quit|end|cancel"), whole=True),
)  # fmt: skip

# --- Understood, and nothing to do: the whole answer is made of these ---------------------------------------------
# Each phrase is taken once and never given back: otherwise a hundred times 谢 could be read in endless ways.
_THANKS = (
    r"(?:多谢|感谢|谢谢?)(?:你们?|您|大家|提醒|警察|民警|警官|同志|关心|了|啊|哈)*"
    r"|(?:我们?|俺)?(?:都|已经?)?(?:知道|收到|明白|了解|清楚|晓得|懂|看到)(?:了|啦|的)?|好(?:的|滴|嘞|吧|呀|啊)?|行|嗯|哦"
    r"|(?:请|你们)?放心吧?|您?辛苦了|是的?"
    rf"|我?(?:肯定|绝对|一定)?不会(?:再|{_TO})*(?:(?:转|汇|打|付|给)[账钱款]?)?(?:上当|受骗|被骗)?的?"
    rf"|我?(?:肯定|绝对|根本)?没有?(?:{_TO})?(?:转过?账|汇过?款|打过?[款钱]|付过?[款钱]|转过?钱)"
    r"|我?(?:肯定|根本)?没有?(?:上当|受骗|被骗)|我?(?:已经?|早就?)?(?:挂断|挂|拉黑|卸载|删除|删|退群)(?:电话|他)?了?"
    r"|thanks?(?: ?you)?(?: ?very ?much| ?a ?lot)?|ok(?:ay)?|gotit|understood|noted|iunderstand|iknow|received"
    r"|i(?:willnot|won[’']?t)(?:pay|transfer)|i(?:didnot|didn[’']?t)(?:pay|transfer)|[👍🙏👌]"
)
_HEARDS = (Row("heard", Means.HEARD, re.compile(rf"(?:(?>{_THANKS})[,.。;!~、]*+)++"), whole=True),)

ROWS: tuple[Row, ...] = (*_CHINESE, *_ENGLISH, *_STOPS, *_HEARDS)
