"""What residents are told: for every scam type, in both languages, short, harmless, and never a link."""

import re

import pytest

from dissuasion.rules import scam_types
from dissuasion.rules.residents.warning_words import LANGUAGES, WORDS, words_for

# One text message of Chinese holds 70 characters, the "again" of a repetition among them; one of English 160.
LONGEST = {"text": {"zh-hans": 70 - len("再次提醒："), "en": 160}, "voice": {"zh-hans": 120, "en": 360}}
CASES = [(code, channel, language) for code in scam_types.NAMES for channel in LONGEST for language in LANGUAGES]


def test_it_has_words_for_every_scam_type():
    assert set(WORDS) == set(scam_types.NAMES)
    assert {tuple(said) for said in WORDS.values()} == {("text", "voice")}


@pytest.mark.parametrize(("code", "channel", "language"), CASES)
def test_it_is_short_and_harmless(code, channel, language):
    said = words_for(code, channel=channel, language=language)
    assert 20 <= len(said) <= LONGEST[channel][language], len(said)
    assert ("96110" in said, "警察" in said or "olice" in said) == (True, True)
    assert not re.search(r"https?:|www\.|\.(?:com|cn)|[%{}<>]", said)
    assert re.findall(r"\d+", said) == ["96110"]
    assert not re.search(r"[!！]|[\u4e00-\u9fff]\d|\d[\u4e00-\u9fff]", said)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_something_else_for_each(language):
    for channel in LONGEST:
        said = {words_for(code, channel=channel, language=language) for code in scam_types.NAMES}
        assert len(said) == len(scam_types.NAMES)


def test_it_says_something_of_an_unknown_type():
    assert words_for("new_kind", channel="text", language="en") == WORDS["other"]["text"]["en"]


def test_it_opens_with_what_they_feel_and_ends_with_whom_to_call():
    for code in scam_types.NAMES:
        assert "96110" in words_for(code, channel="text", language="zh-hans")[-10:]
