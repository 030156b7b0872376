"""Telephone and ID numbers in their one form."""

import datetime as dt

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from config.lib import identity

MOBILE, LAND = "13900000001", "03941234567"
BORN = st.dates(dt.date(1900, 1, 1), dt.date(2026, 1, 1))


@pytest.mark.parametrize(
    "written",
    [
        "13900000001", "139 0000 0001", "139-0000-0001", "+86 139 0000 0001", "+8613900000001", "008613900000001",
        "8613900000001", "(139)00000001", "139.0000.0001", "１３９ ００００ ０００１",
        "＋８６ １３９ ００００ ０００１",
        "139\u00a00000\u30000001", "\t13900000001\n",
        "（+86）13900000001", "(+86)13900000001", "【+86】139 0000 0001", "（８６）13900000001", "+86·139·0000·0001",
        "tel:13900000001", "tel:+86-139-0000-0001", "TEL：139 0000 0001", "tel:13900000001;phone-context=+86",
        "电话：139 0000 0001", "手机号:13900000001", "聯絡電話：13900000001", "139—0000—0001",
        "139‐0000‑0001", "139～0000～0001",
        "139，0000，0001", "139、0000、0001", "139。0000。0001", "“13900000001”", "'13900000001", "13900000001；",
        "\u202a13900000001\u202c", "139\u200b0000\u200d0001", "\ufeff13900000001", "1\ufe0f\u20e33900000001",
        "139\u28000000\u11600001",
        "013900000001", "086-139-0000-0001", "00 86 139 0000 0001", "86-13900000001", "⁺⁸⁶13900000001",
    ],
)  # fmt: skip
def test_it_gives_a_mobile_one_form(written):
    assert identity.parse_phone(written) == MOBILE


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("0394-1234567", LAND), ("(0394) 123 4567", LAND), ("０３９４－１２３４５６７", LAND),
        ("+86 394 1234567", LAND), ("0086 394 1234567", LAND), ("+86 0394 1234567", LAND),
        ("010-12345678", "01012345678"), ("+86 10 1234 5678", "01012345678"), ("0371 12345678", "037112345678"),
        ("（0394）1234567", LAND), ("0394—1234567", LAND), ("86 394 1234567", LAND), ("+86 (0)394-1234567", LAND),
        ("tel:+86-394-1234567", LAND), ("座机：0394－1234567", LAND), ("86-10-12345678", "01012345678"),
        ("0394-1234567-801", LAND), ("0394-1234567转801", LAND), ("(0394) 1234567 ext. 12", LAND),
        ("010-12345678-6", "01012345678"), ("0371-1234-5678", "037112345678"), ("tel:03941234567;ext=801", LAND),
    ],
)  # fmt: skip
def test_it_gives_a_land_line_one_form(written, meant):
    assert identity.parse_phone(written) == meant


@pytest.mark.parametrize(
    "written",
    [
        "", "110", "1390000000", "139000000012", "+86 1390000000", "+1 202 555 0100", "2390000000", "394 1234567",
        "1390000000a", "phone", "+", "tel:", "电话", "139#00000001", "139*00000001",
        "1٣900000001", "139０００００００１x", "13900000001,13900000002",
    ],
)  # fmt: skip
def test_it_refuses_what_is_no_telephone_number(written):
    with pytest.raises(identity.BadNumber) as refused:
        identity.parse_phone(written)
    assert refused.value.code == "phone_format"


@given(st.text(max_size=20))
def test_it_leaves_only_ascii_digits_of_a_telephone_number(written):
    try:
        number = identity.parse_phone(written)
    except identity.BadNumber:
        return
    assert number.isascii()
    assert number.isdigit()
    assert identity.parse_phone(number) == number


@given(st.from_regex(r"1[0-9]{10}", fullmatch=True), st.sampled_from(["", "+86", "0086", "+86 ", "86"]))
def test_it_knows_a_mobile_with_and_without_the_country(number, prefix):
    assert identity.parse_phone(prefix + number) == number


def test_it_computes_the_published_check_character():
    # The example of the standard GB 11643-1999.
    assert identity.id_check_digit("11010519491231002") == "X"


def made_up(born: dt.date, number: int) -> str:
    first = f"999999{born:%Y%m%d}{number:03d}"
    return first + identity.id_check_digit(first)


@given(BORN, st.integers(0, 999))
def test_it_takes_every_right_id_number_in_any_writing(born, number):
    right = made_up(born, number)
    assert identity.parse_id_number(right) == right
    assert identity.parse_id_number(f" {right[:6]} {right[6:14]}-{right[14:].lower()} ") == right
    assert identity.parse_id_number(f"身份证号：{right[:6]}\u200b{right[6:14]}—{right[14:]}。") == right
    assert identity.parse_id_number(right.replace("X", "×")) == identity.parse_id_number(right.replace("X", "Х"))
    assert identity.parse_id_number(right.translate(str.maketrans("0123456789X", "０１２３４５６７８９ｘ"))) == right
    assert identity.birth_year(right) == born.year


@given(BORN, st.integers(0, 999), st.integers(0, 16), st.integers(1, 9))
def test_it_notices_one_wrong_digit(born, number, place, by):
    right = made_up(born, number)
    wrong = right[:place] + str((int(right[place]) + by) % 10) + right[place + 1 :]
    with pytest.raises(identity.BadNumber):
        identity.parse_id_number(wrong)


@given(BORN, st.integers(0, 999), st.integers(0, 15))
def test_it_notices_two_neighbours_swapped(born, number, place):
    right = made_up(born, number)
    swapped = right[:place] + right[place + 1] + right[place] + right[place + 2 :]
    if swapped != right:
        with pytest.raises(identity.BadNumber):
            identity.parse_id_number(swapped)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "id_format"),
        ("99999919500101001", "id_format"),
        ("9999991950010100XX", "id_format"),
        ("110105194912310", "id_format"),  # the fifteen digits of before 1999
        ("110105１949123100２x\x00", "id_format"),
        ("9999991950٠101001X", "id_format"),
        ("999999195002300010", "id_date"),
        ("999999000001010010", "id_date"),
        ("999999299901010010", "id_date"),  # born in the future
        ("999999189912310010", "id_date"),  # nobody is that old
        ("999999195013010010", "id_date"),
        ("11010519491231002" + "0", "id_checksum"),
    ],
)
def test_it_says_what_is_wrong_with_an_id_number(text, code):
    with pytest.raises(identity.BadNumber) as refused:
        identity.parse_id_number(text)
    assert refused.value.code == code


@pytest.mark.parametrize(("days", "right"), [(-1, True), (0, True), (1, False)])
def test_nobody_is_born_tomorrow(days, right):
    number = made_up(timezone.localdate() + dt.timedelta(days=days), 7)
    if right:
        assert identity.parse_id_number(number) == number
        return
    with pytest.raises(identity.BadNumber) as refused:
        identity.parse_id_number(number)
    assert refused.value.code == "id_date"


@pytest.mark.parametrize(("full", "list_form"), [("13900000001", "····0001"), ("", "")])
def test_it_masks_a_number(full, list_form):
    assert identity.masked(full) == list_form
