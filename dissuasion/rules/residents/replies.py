"""Reads a resident's answer to a message by the table of words; what no row knows is for a person. Pure."""

import unicodedata
from collections.abc import Sequence

from dissuasion.rules.residents.reply_words import ROWS, TO_SIMPLIFIED, Means, Row

MARKS = " .,!?;~。、"
# How far back a "not" is looked for.
NEAR = 40


def says_paying(text: str) -> bool:
    """Return whether these words say that money is on its way or gone: "正在转", "钱已经打了", "paid"."""
    return _says(Means.PAYING, text)


def says_stop(text: str) -> bool:
    """Return whether these words ask for no more messages: "退订", "TD", "stop"."""
    return _says(Means.STOP, text)


def meaning(parts: Sequence[str]) -> Means | None:
    """Return what an answer means, or None where only a person can say.

    `parts` are what came from one telephone within minutes, the newest last: a long message comes in parts, in any
    order, each by itself. In doubt it is the worst that the newest part or the whole can mean.
    """
    readings = ("".join(parts), "".join(reversed(parts)), parts[-1])
    for means in (Means.PAYING, Means.STOP):
        if any(_says(means, reading) for reading in readings):
            return means
    return Means.HEARD if all(_says(Means.HEARD, part) for part in parts) else None


def _says(means: Means, text: str) -> bool:
    words = _plain(text)
    joined = words.replace(" ", "")
    return any(_holds(row, words, joined) for row in ROWS if row.means == means)


def _holds(row: Row, words: str, joined: str) -> bool:
    if row.whole:
        return row.pattern.fullmatch(joined.strip(MARKS)) is not None
    said = words if row.spaced else joined
    before = (said[max(0, found.start() - NEAR) : found.start()] for found in row.pattern.finditer(said))
    return any(row.unless is None or row.unless.search(words_before) is None for words_before in before)


def _plain(text: str) -> str:
    """Return the text in small letters and simplified characters, signs made narrow, white space made one blank."""
    narrow = unicodedata.normalize("NFKC", text).translate(TO_SIMPLIFIED).casefold()
    seen = "".join(sign for sign in narrow if unicodedata.category(sign) != "Cf")
    return " ".join(seen.split())
