"""Codes into sentences: all of them, in the reader's language."""

import re
from decimal import Decimal

import pytest
from django.utils import translation

from config.lib import geo
from dissuasion.rules import scam_types, triage, words

PARAMS = {
    "amount": "200000", "transferred": "10000", "scam_type": "investment", "count": 2, "age": 71,
    "reason": "他女儿来电", "unit": "周营派出所", "km": "1.2", "bearing": "NE", "seconds": 180, "dialect": "周口话",
}  # fmt: skip


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize("code", [*words.SENTENCES, *words.COUNTED])
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_it_says_every_code(code, language):
    with translation.override(language):
        said = words.sentence(code, PARAMS)
    assert said
    assert "%" not in said
    assert not re.search(r"\bNone\b", said)


def test_it_says_the_reasons_of_a_judgement():
    money = {"already_transferred": Decimal(10000), "amount_at_risk": Decimal(630000)}
    judgement = triage.judge(triage.Features("loan", "high", age=71, **money), triage.FIRST_WEIGHTS)
    said = [reason["text"] for reason in words.with_text(judgement.reasons)]
    assert said == [
        "Money is already moving",
        "The source says high risk",
        "About to send ¥630,000",
        "Fake loan: losses are high and rarely recovered",
        "71 years old",
    ]


def test_it_has_words_for_every_point_of_the_weights():
    assert set(triage.FIRST_WEIGHTS["points"]) <= {*words.SENTENCES, *words.COUNTED}


def test_it_keeps_the_code_beside_the_words():
    (reason,) = words.with_text([{"code": "free", "points": 0}])
    assert reason == {"code": "free", "points": 0, "text": "Has no case in hand"}


@pytest.mark.parametrize(
    ("code", "one", "more", "chinese"),
    [
        ("repeat", "1 earlier warning within seven days", "2 earlier warnings within seven days", "七天内已预警 1 次"),
        ("load", "Has 1 case in hand", "Has 2 cases in hand", "手上 1 件"),
    ],
)
def test_it_says_one_as_one(code, one, more, chinese):
    assert [words.sentence(code, {"count": count}) for count in (1, 2)] == [one, more]
    with translation.override("zh-hans"):
        assert words.sentence(code, {"count": 1}) == chinese


def test_it_lets_an_unknown_code_stand_for_itself():
    assert words.sentence("brand_new", {"count": 1}) == "brand_new"


def test_it_says_where_and_when():
    near = words.sentence("near", {"km": "1.2", "bearing": "NE", "seconds": 185})
    assert near == "1.2 km north-east, 3 min ago"
    assert words.sentence("near", {"km": "1.0", "bearing": "N", "seconds": 6}) == "1 km north, 6 s ago"


@pytest.mark.parametrize(
    ("seconds", "said"), [(0, "0 s"), (59, "59 s"), (60, "1 min"), (3599, "59 min"), (3600, "1 h"), (90_000, "25 h")]
)
def test_it_says_a_span_as_people_do(seconds, said):
    assert words.duration(seconds) == said


@pytest.mark.parametrize(
    ("amount", "english_", "chinese"),
    [
        ("0", "¥0", "0 元"), ("5000", "¥5,000", "5,000 元"), ("9999.5", "¥9,999.50", "9,999.50 元"),
        ("10000", "¥10,000", "1 万元"), ("200000.00", "¥200,000", "20 万元"), ("635000", "¥635,000", "63.5 万元"),
        ("123456789", "¥123,456,789", "12,345.7 万元"),
    ],
)  # fmt: skip
def test_it_says_money_as_people_do(amount, english_, chinese):
    assert words.yuan(amount) == english_
    with translation.override("zh-hans"):
        assert words.yuan(Decimal(amount)) == chinese


def test_it_has_words_for_every_compass_point():
    assert set(words.BEARINGS) == set(geo.POINTS)


def test_it_names_fifteen_scam_types_in_both_languages():
    assert len(scam_types.NAMES) == 15
    for code in scam_types.NAMES:
        assert scam_types.known_or_other(code) == code
        assert scam_types.name(code, "zh-hans") != scam_types.name(code, "en")


@pytest.mark.parametrize("code", ["pig_butchering", "", "Loan", "投资"])
def test_it_calls_an_unknown_scam_type_other(code):
    assert scam_types.known_or_other(code) == "other"
    assert (scam_types.name(code, "en"), scam_types.name(code, "zh-hans")) == ("Other", "其他")
