"""Telephone and ID numbers: one written form for each, checked, so that the same number always matches."""

import datetime as dt
import re

ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
ID_CHECKS = "10X98765432"
FULL_WIDTH = str.maketrans("０１２３４５６７８９＋－ｘＸ", "0123456789+-XX")


class BadNumber(ValueError):
    """The number can't be one; `code` says why: phone_format, id_format, id_date or id_checksum."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def parse_phone(text: str) -> str:
    """Return a mainland number as digits without the country code: 11 for a mobile, 10 to 12 for a land line."""
    digits = re.sub(r"[\s\-().]", "", text.translate(FULL_WIDTH))
    digits, from_abroad = re.subn(r"^(\+|00)86", "", digits)
    if len(digits) == 13 and digits.startswith("861"):
        digits = digits[2:]
    # From abroad a land line is dialled without the 0 of its area.
    if from_abroad and re.fullmatch(r"10[0-9]{8}|[2-9][0-9]{8,10}", digits):
        digits = f"0{digits}"
    if not re.fullmatch(r"1[0-9]{10}|0[0-9]{9,11}", digits):
        raise BadNumber("phone_format")
    return digits


def id_check_digit(first_17: str) -> str:
    """Return the 18th character of a resident ID number (GB 11643-1999, ISO 7064 MOD 11-2)."""
    weighted = [weight * int(digit) for weight, digit in zip(ID_WEIGHTS, first_17, strict=True)]
    return ID_CHECKS[sum(weighted) % 11]


def parse_id_number(text: str) -> str:
    """Return an 18-character resident ID number in one form; raise BadNumber when it can't be one."""
    number = re.sub(r"[\s\-]", "", text.translate(FULL_WIDTH)).upper()
    if not re.fullmatch(r"[0-9]{17}[0-9X]", number):
        raise BadNumber("id_format")
    try:
        dt.date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError as error:
        raise BadNumber("id_date") from error
    if id_check_digit(number[:17]) != number[17]:
        raise BadNumber("id_checksum")
    return number


def birth_year(id_text: str) -> int:
    """Return the year of birth that an ID number (already in its one form) carries."""
    return int(id_text[6:10])


def masked(number: str) -> str:
    """Return a number for lists: only its last four characters."""
    return f"····{number[-4:]}" if number else ""


def masked_name(name: str) -> str:
    """Return a name for lists as the newspapers reduce it: the family name and 某."""
    return f"{name[0]}某" if name else ""
