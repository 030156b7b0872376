"""The record of a visit: what is hidden isn't sent, sums are read or asked back, and no letter is cut."""

import re

import pytest

from dissuasion.models import Act, CheckIn, Visit
from tests.browser.support import steps
from tests.browser.support.chromium import PERMISSIONS
from tests.browser.support.phone import until

pytestmark = pytest.mark.django_db(transaction=True)
# A screen and three quarters, as the mock-up has it; Chinese on the ordinary narrow phone.
MOST_PX = 1361
PHONE = {"width": 360, "height": 780}


def arrived(phone) -> Visit:
    """Save the record, send it, and return what the server has kept of it."""
    steps.saves(phone)
    phone.hurries().sent()
    return Visit.objects.get()


def kept_by(visit: Visit) -> list[tuple[str, str, int]]:
    return [(row.meaning, row.evidence, int(row.quantity)) for row in visit.amounts.order_by("pk")]


def test_what_was_typed_for_a_meeting_is_not_sent_when_nobody_was_met(phone, source):
    lin = phone()
    steps.at_the_record(lin, source)
    steps.fills_record(lin, kept=("180000", "bank"), lost=("10000", "seen"))
    steps.known_sum(lin, "kept", "risk")
    steps.chip(lin, "record:app_removed").click()
    steps.chip(lin, "record:met.no").click()
    steps.chip(lin, "record:not_met").click()
    visit = arrived(lin)
    assert (visit.met, kept_by(visit), visit.done) == (False, [], [])
    assert "amounts" not in Act.objects.get(kind="visit").body["payload"]


def test_what_was_kept_safe_by_telephone_has_a_field_of_its_own(phone, source):
    lin = phone()
    steps.at_the_record(lin, source)
    steps.fills_record(lin, kept=("180000", "bank"))
    steps.chip(lin, "record:met.no").click()
    steps.chip(lin, "record:by_phone_only").click()
    part = lin.page.get_by_role("group", name=lin.word("record:kept.by_phone"), exact=True)
    part.get_by_role("button", name=re.compile(re.escape(lin.word("record:known.risk")))).click()
    visit = arrived(lin)
    assert (visit.met, kept_by(visit)) == (False, [("protected", "said", 200_000)])


def test_an_unclear_sum_is_asked_back_and_said_in_words(phone, source):
    lin = phone(language="zh-hans")
    steps.at_the_record(lin, source)
    steps.fills_record(lin)
    part = steps.sums_of(lin, "kept")
    part.locator(".known--other").click()
    field = part.get_by_label(lin.word("record:kept.amount"))
    field.fill("5000元")
    lin.sees("五千元")
    field.fill("12,5")
    lin.sees(lin.word("record:doubt.comma", what="12,5"))
    lin.sees_not("五千元")
    part.get_by_role("button", name="12.5\N{NO-BREAK SPACE}万元", exact=True).click()
    lin.sees("十二万五千元")
    assert kept_by(arrived(lin)) == [("protected", "said", 125_000)]


def test_a_long_paste_is_kept_whole_and_what_is_too_long_is_said(phone, source):
    lin = phone()
    steps.at_the_record(lin, source)
    steps.fills_record(lin)
    note = "字" * 4999 + "😀"
    steps.note_field(lin).fill(note + "多" * 6000)
    lin.sees(re.compile(r"11,000 letters, 10,000 at most: the last 1,000"))
    steps.note_field(lin).fill(note)
    lin.sees_not(re.compile("letters, 10000 at most"))
    assert arrived(lin).note == note


def test_a_reason_is_cut_between_letters_and_the_arrival_is_kept(phone, source):
    lin = phone(permissions=[one for one in PERMISSIONS if one != "geolocation"])
    source.sends()
    steps.acknowledges(lin)
    steps.sets_out(lin)
    lin.taps("app:next.arrive")
    lin.sees("check-in:denied")
    lin.page.get_by_label(lin.word("check-in:why.words")).fill("字" * 299 + "😀" * 5 + "\ud83d")
    lin.sees(re.compile("305 letters, 300 at most"))
    lin.taps(lin.word("check-in:go", g="D"))
    until(CheckIn.objects.exists, what="the check-in on the server")
    assert CheckIn.objects.get().manual_reason == "字" * 299 + "😀"


def test_the_filled_record_is_not_longer_than_its_drawing(phone, source):
    lin = phone(language="zh-hans", viewport=PHONE)
    steps.at_the_record(lin, source)
    steps.fills_record(lin, note="女儿在场，一起劝。")
    steps.known_sum(lin, "kept", "risk", "seen")
    steps.known_sum(lin, "lost", "sent", "bank")
    steps.takes_photo(lin)
    for code in ("app_removed", "screen_sharing_off", "family_informed", "bank", "follow.tomorrow"):
        steps.chip(lin, f"record:{code}").click()
    assert lin.page.evaluate("() => document.documentElement.scrollHeight") <= MOST_PX
