"""Reads a resident's answer to a message: money is on its way, or no more messages; in doubt, neither. Pure."""

import re

# Somebody may be paying while the line is read, so what was done counts like what is being done.
_PAYING_ZH = re.compile(
    r"(?:正在|正|在|已经?|刚刚?才?|马上就?要?|这就|准备|正要|还在|(?<!需)要)"
    r"(?:给?[他她它]们?)?(?:转账|转(?![发告院机眼])|汇款?|打款|打钱|付款?|支付|充值|缴费|交钱|贷款)"
    r"|(?:转账?|汇款?|付[款钱]?|打[款钱]|打(?=过去)|支付|充值|缴费|交钱|贷款)(?:给[他她它]们?|过去|完|走)?了"
)
_NOT_ZH = re.compile(r"(?:没有?|未|不[会要用能想敢]?|别|勿|不是)(?:正在|在|给[他她它]们?|给|再)?$")
_PAYING_EN = re.compile(
    r"\b(?:paying|paid|transferr(?:ing|ed)|sending (?:the |some )?money|sent (?:the |him |her |them |some )?money"
    r"|(?:about|going) to (?:pay|transfer)|will (?:pay|transfer))\b"
)
_NOT_EN = re.compile(r"(?:\b(?:not|never|no|nothing|nobody|without)|n[’']?t)\b(?:\W+\w+){0,2}\W*$")
_STOP_ZH = re.compile(r"退订|拒收|(?:不要|别)再?(?:给我)?再?(?:发|联系|打扰|打电话|烦)")
_STOP_ALONE = frozenset({"t", "td", "tt", "n", "stop", "unsubscribe", "quit", "end", "cancel"})
_STOP_EN = re.compile(r"\b(?:stop (?:texting|messaging|calling|writing|sending)|unsubscribe|leave me alone)\b")


def says_paying(text: str) -> bool:
    """Return whether these words say that money is on its way or just went: "正在转", "已经转", "马上转", "paying"."""
    words = _plain(text)
    return _says(_PAYING_ZH, words.replace(" ", ""), unless=_NOT_ZH) or _says(_PAYING_EN, words, unless=_NOT_EN)


def says_stop(text: str) -> bool:
    """Return whether these words ask for no more messages: "退订", "TD", "stop"."""
    words = _plain(text)
    return words.strip(" .。!！,，") in _STOP_ALONE or bool(_STOP_ZH.search(words) or _STOP_EN.search(words))


def _says(what: re.Pattern[str], words: str, *, unless: re.Pattern[str]) -> bool:
    return any(unless.search(words[: found.start()]) is None for found in what.finditer(words))


def _plain(text: str) -> str:
    """Return the text in small letters, full-width signs made plain, white space made one blank."""
    narrow = "".join(chr(ord(sign) - 0xFEE0) if "！" <= sign <= "～" else sign for sign in text)
    return " ".join(narrow.casefold().split())
