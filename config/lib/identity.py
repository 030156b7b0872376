"""Telephone and ID numbers: one written form for each, checked, so that the same number always matches."""

import datetime as dt
import re
import unicodedata

from django.utils import timezone

ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
ID_CHECKS = "10X98765432"
EARLIEST_BIRTH = 1900
FULL_WIDTH = str.maketrans("０１２３４５６７８９＋－ｘＸ", "0123456789+-XX")
# The word that a person or a phone writes before a number: 电话：…, tel:…
_LABEL = re.compile(
    r"^(?:tel|phone|mobile|sms|id|(?:联系|联络|聯絡|聯繫)?(?:电话|電話|方式|手机|手機|座机|座機)(?:号码?|號碼?)?"
    r"|身份[证證](?:号码?|號碼?)?|号码|號碼)[:.]?",
    re.IGNORECASE,
)
# What follows the number in a tel: address (RFC 3966), and an extension behind a land line.
_PARAMETERS = re.compile(r";[a-z-]+(?:=[^;]*)?", re.IGNORECASE)
_EXTENSION = re.compile(r"(?<=\d)(?:转|轉|分机|ext\.?|x)[-:.]?\d{1,6}$", re.IGNORECASE)
_GROUPED_EXTENSION = re.compile(r"^((?:(?:\+|00)?86-?)?\(?0(?:(?:10|2\d)\)?-\d{8}|[3-9]\d\d\)?-\d{7,8}))-\d{1,6}$")
# Signs that stand for the X at the end of an ID number: multiplication, Cyrillic and Greek.
_LIKE_X = str.maketrans("×✕✖хХχΧ", "XXXXXXX")
# Letters and signs that show nothing, beside the marks and formats of Unicode.
_BLANK = frozenset("\u115f\u1160\u2800")
_INVISIBLE = frozenset({"Cf", "Mn", "Me"})
_UNSEEN = frozenset({"Cf", "Cc", "Cn", "Co", "Cs"})
LONGEST_STAFF_NUMBER, MOST_TYPED = 40, 400
_DASHES = frozenset("−ーˉ~")
# Marks that belong to a number's meaning, or to no number at all; any other mark only sets digits apart.
_TELLING = frozenset("#*%&@!?\\")


class BadNumber(ValueError):
    """The number can't be one; `code` says why: phone_format, id_format, id_date or id_checksum."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def _plain(text: str) -> str:
    """Return what was written in plain signs: full width made narrow, blanks and invisible characters gone.

    Dashes of all sorts become one, and so do brackets.
    """
    plain = []
    for sign in unicodedata.normalize("NFKC", text):
        category = unicodedata.category(sign)
        if sign.isspace() or category in _INVISIBLE or sign in _BLANK:
            continue
        plain.append({"Pd": "-", "Ps": "(", "Pe": ")"}.get(category, "-" if sign in _DASHES else sign))
    return _LABEL.sub("", "".join(plain))


def staff_number(text: str) -> str:
    """Return a staff number in plain signs, at most 40: full width made narrow, blanks and invisible signs gone."""
    narrow = unicodedata.normalize("NFKC", text[:MOST_TYPED])
    signs = (sign for sign in narrow if not sign.isspace() and sign not in _BLANK)
    return "".join(sign for sign in signs if unicodedata.category(sign) not in _UNSEEN)[:LONGEST_STAFF_NUMBER]


def _without_marks(text: str) -> str:
    return "".join(sign for sign in text if sign in _TELLING or not unicodedata.category(sign).startswith("P"))


def parse_phone(text: str) -> str:
    """Return a mainland number as digits without the country code: 11 for a mobile, 10 to 12 for a land line."""
    written = _EXTENSION.sub("", _PARAMETERS.sub("", _plain(text)))
    written = _GROUPED_EXTENSION.sub(r"\1", written)
    digits = _without_marks(written)
    digits, from_abroad = re.subn(r"^(\+|00)86|^0?86(?=1[0-9]{10}$)|^86(?=[2-9][0-9]{8,10}$|10[0-9]{8}$)", "", digits)
    # From abroad a land line is dialled without the 0 of its area.
    if from_abroad and re.fullmatch(r"10[0-9]{8}|[2-9][0-9]{8,10}", digits):
        digits = f"0{digits}"
    # A mobile dialled like a distant land line: none of these has twelve digits and begins with 01.
    digits = re.sub(r"^0(?=1[0-9]{10}$)", "", digits)
    if not re.fullmatch(r"1[0-9]{10}|0[0-9]{9,11}", digits):
        raise BadNumber("phone_format")
    return digits


def id_check_digit(first_17: str) -> str:
    """Return the 18th character of a resident ID number (GB 11643-1999, ISO 7064 MOD 11-2)."""
    weighted = [weight * int(digit) for weight, digit in zip(ID_WEIGHTS, first_17, strict=True)]
    return ID_CHECKS[sum(weighted) % 11]


def parse_id_number(text: str) -> str:
    """Return an 18-character resident ID number in one form; raise BadNumber when it can't be one.

    Nobody is born in the future or before 1900.
    """
    number = _without_marks(_plain(text)).translate(_LIKE_X).upper()
    if not re.fullmatch(r"[0-9]{17}[0-9X]", number):
        raise BadNumber("id_format")
    try:
        born = dt.date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError as error:
        raise BadNumber("id_date") from error
    if born.year < EARLIEST_BIRTH or born > timezone.localdate():
        raise BadNumber("id_date")
    if id_check_digit(number[:17]) != number[17]:
        raise BadNumber("id_checksum")
    return number


def birth_year(id_text: str) -> int:
    """Return the year of birth in an ID number that was returned by `parse_id_number`."""
    return int(id_text[6:10])


def masked(number: str) -> str:
    """Return a number for lists: only its last four characters."""
    return f"····{number[-4:]}" if number else ""
