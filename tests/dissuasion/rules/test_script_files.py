"""The dissuasion scripts as files: whole, the same in both languages, short enough to speak, and harmless."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[3] / "dissuasion" / "data" / "scripts"
LANGUAGES = ("zh-hans", "en")
SCRIPTS = (
    "credit_record.resident",
    "investment.family",
    "investment.resident",
    "loan.resident",
    "other.resident",
    "police_impersonation.family",
    "police_impersonation.resident",
)
FILES = [f"{script}.{language}.json" for script in SCRIPTS for language in LANGUAGES]

FIELDS = ["scam_type", "audience", "language", "title", "before", "steps", "objections"]
FIELDS += ["never_ask", "never_say", "show", "agree", "follow_up", "basis"]
STEP_FIELDS = ["key", "title", "say", "key_phrase", "ask", "do", "dont_say"]
OBJECTION_FIELDS = ["key", "they_say", "answer", "key_phrase", "then"]
CARD_FIELDS = ["key", "title", "lines"]
MAY_BE_NULL = {"ask", "dont_say", "then"}
COUNTS = {
    "before": (2, 4),
    "steps": (5, 8),
    "objections": (4, 8),
    "never_ask": (3, 8),
    "never_say": (3, 8),
    "show": (1, 3),
    "agree": (2, 4),
    "basis": (1, 30),
}
# Characters that still fit a phone in large type, in one breath.
LONGEST = {
    "zh-hans": {
        "title": 14,
        "say": 80,
        "ask": 30,
        "do": 50,
        "they_say": 12,
        "answer": 60,
        "then": 45,
        "line": 16,
    },
    "en": {
        "title": 40,
        "say": 220,
        "ask": 75,
        "do": 130,
        "they_say": 34,
        "answer": 170,
        "then": 130,
        "line": 44,
    },
}
# What the four recorded residents said at the door, and where it has to be answered.
RECORDED = {
    "police_impersonation.resident": {"buying_house_for_child", "police_said_keep_secret", "denies_call"},
    "police_impersonation.family": {"buying_house_for_child", "police_said_keep_secret"},
    "investment.resident": {"already_earned", "frozen_second_transfer"},
    "investment.family": {"already_earned", "frozen_second_transfer"},
    "loan.resident": {"refuses_to_cooperate", "frozen_second_transfer"},
    "credit_record.resident": {"bad_credit_mark", "refuses_to_cooperate"},
    "other.resident": {
        "already_earned",
        "bad_credit_mark",
        "buying_house_for_child",
        "frozen_second_transfer",
        "police_said_keep_secret",
        "refuses_to_cooperate",
    },
}
BLAME = re.compile(
    "上当|受骗|被骗|中招|你怎么|您怎么|贪心|糊涂|请勿|务必"
    r"|\b(?:fell for|fallen for|duped|gullible|stupid|foolish|greedy|naive|victim|should have known)\b",
    re.IGNORECASE,
)
SECRETS = re.compile(r"卡号|密码|验证码|身份证号|card number|password|verification code|\bpin\b", re.IGNORECASE)
ASKS_FOR_SECRET = re.compile(
    "(?:问|念|报|告诉|输入)[^。；，]{0,8}(?:卡号|密码|验证码)"
    r"|\b(?:ask|read|tell|give|type)\b[^.;,]{0,30}(?:card number|\bpassword|verification code)",
    re.IGNORECASE,
)
MOVE_IT = re.compile(r"先把钱(?:转|存)|转到您|\b(?:move|put) it (?:on|somewhere|in)\b", re.IGNORECASE)
BASIS = re.compile(r"(?:[OPT][1-9]\d?b?|seed)\Z")
BASIS_ENDS = {"O": 22, "P": 65, "T": 11}
BASIS_GAPS = {"O7", "O12", "P2", "P36"}
HALF_WIDTH_TOUCHING = re.compile(r"[\u4e00-\u9fff]\d|\d[\u4e00-\u9fff]")


def load(name: str) -> dict:
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


def to_the_resident(script: dict) -> Iterator[str]:
    """Every sentence meant for the ears or eyes of the resident or the family."""
    for step in script["steps"]:
        yield step["say"]
        yield step["ask"] or ""
    yield from (objection["answer"] for objection in script["objections"])
    for card in script["show"]:
        yield card["title"]
        yield from card["lines"]
    yield from script["follow_up"].values()
    yield from script["agree"]


def to_the_officer(script: dict) -> Iterator[str]:
    yield script["title"]
    yield from script["before"]
    for step in script["steps"]:
        yield step["title"]
        yield step["do"]
    yield from (objection["then"] or "" for objection in script["objections"])


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for part in value.values() for text in strings(part))
    elif isinstance(value, list):
        yield from (text for part in value for text in strings(part))


def outline(script: dict) -> dict:
    """What two languages of one script must have in common: keys, counts, and which fields are empty."""
    return {
        "steps": [(step["key"], step["ask"] is None, step["dont_say"] is None) for step in script["steps"]],
        "objections": [(item["key"], item["then"] is None) for item in script["objections"]],
        "show": [(card["key"], len(card["lines"]), card.get("pictures")) for card in script["show"]],
        "counts": [len(script[field]) for field in ("before", "never_ask", "never_say", "agree")],
        "basis": script["basis"],
    }


@pytest.fixture(params=FILES)
def name(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def script(name: str) -> dict:
    return load(name)


def test_every_script_is_there_and_no_other():
    assert sorted(path.name for path in FOLDER.iterdir()) == sorted(FILES)


def test_all_files_together_are_small():
    assert sum((FOLDER / name).stat().st_size for name in FILES) < 300_000


def test_file_name_says_what_is_inside(name, script):
    assert name == f"{script['scam_type']}.{script['audience']}.{script['language']}.json"


def test_file_is_plain_readable_json(name, script):
    text = (FOLDER / name).read_text(encoding="utf-8")
    assert text == json.dumps(script, ensure_ascii=False, indent=2) + "\n"


def test_fields_are_exactly_these_in_this_order(script):
    assert list(script) == FIELDS
    assert all(list(step) == STEP_FIELDS for step in script["steps"])
    assert all(list(item) == OBJECTION_FIELDS for item in script["objections"])
    assert all([name for name in card if name != "pictures"] == CARD_FIELDS for card in script["show"])
    assert list(script["follow_up"]) == ["1", "14", "28"]


@pytest.mark.parametrize("field", COUNTS)
def test_lists_have_a_sensible_length(script, field):
    least, most = COUNTS[field]
    assert least <= len(script[field]) <= most


def test_only_some_fields_may_be_null_and_none_is_blank(script):
    assert all(text and text == text.strip() for text in strings(script))
    for part in [*script["steps"], *script["objections"]]:
        assert {field for field, value in part.items() if value is None} <= MAY_BE_NULL


@pytest.mark.parametrize("field", ["steps", "objections", "show"])
def test_keys_are_plain_and_unique(script, field):
    keys = [part["key"] for part in script[field]]
    assert len(set(keys)) == len(keys)
    assert all(re.fullmatch(r"[a-z]+(?:_[a-z]+)*", key) for key in keys)


@pytest.mark.parametrize("script_name", SCRIPTS)
def test_both_languages_are_parallel(script_name):
    chinese, english = (load(f"{script_name}.{language}.json") for language in LANGUAGES)
    assert outline(chinese) == outline(english)


def test_language_is_the_one_it_claims(script):
    spoken = [text for text in [*to_the_resident(script), *to_the_officer(script)] if text]
    chinese = [text for text in spoken if re.search(r"[\u4e00-\u9fff]", text)]
    assert chinese == (spoken if script["language"] == "zh-hans" else [])


def test_emotion_comes_first_and_a_plan_last(script):
    keys = [step["key"] for step in script["steps"]]
    assert keys[0] == "calm"
    assert keys[-1] == "plan"
    assert "predict" in keys


def test_resident_can_check_by_dialling_96110(script):
    assert any("96110" in step["say"] for step in script["steps"])
    assert any("96110" in line for card in script["show"] for line in card["lines"]) or (script["audience"] == "family")


def test_the_key_phrase_stands_once_in_what_is_said_and_is_short(script):
    parts = [(step["key_phrase"], step["say"]) for step in script["steps"]]
    parts += [(item["key_phrase"], item["answer"]) for item in script["objections"]]
    assert [phrase for phrase, said in parts if said.count(phrase) != 1] == []
    assert [phrase for phrase, said in parts if len(phrase) >= 0.6 * len(said)] == []


def test_the_steps_of_a_scam_are_drawn(script):
    named = [card for card in script["show"] if card["key"] == "five_steps"]
    assert all(len(card["pictures"]) == 5 for card in named)
    assert not any(card.get("pictures") for card in script["show"] if card not in named)


def test_what_the_recorded_residents_said_is_answered(script):
    keys = {item["key"] for item in script["objections"]}
    assert RECORDED[f"{script['scam_type']}.{script['audience']}"] <= keys


def test_lengths_fit_a_phone_in_large_type(script):
    most = LONGEST[script["language"]]
    parts = [*script["steps"], *script["objections"], *script["show"]]
    too_long = [
        (part["key"], field, len(part[field]))
        for part in parts
        for field in most
        if part.get(field) and field != "line" and len(part[field]) > most[field]
    ]
    too_long += [
        (card["key"], line, len(line)) for card in script["show"] for line in card["lines"] if len(line) > most["line"]
    ]
    assert too_long == []


def test_say_is_one_to_three_sentences_or_four_very_short_ones(script):
    short = 50 if script["language"] == "zh-hans" else 200
    for step in script["steps"]:
        sentences = len(re.findall(r"[。.](?=\s|$|[^\d\s])", step["say"]))
        assert 1 <= sentences <= 3 or (sentences == 4 and len(step["say"]) <= short), step["key"]


def test_one_question_a_step(script):
    for step in script["steps"]:
        assert not re.search("[？?]", step["say"]), step["key"]
        if step["ask"]:
            assert re.fullmatch(r"[^？?]+[？?]", step["ask"]), step["key"]


def test_nobody_is_blamed_or_lectured(script):
    assert [text for text in strings(script) if BLAME.search(text)] == []
    assert [text for text in strings(script) if re.search("[!！]", text)] == []


def test_no_secret_is_asked_for(script):
    assert [text for text in to_the_resident(script) if SECRETS.search(text)] == []
    assert [text for text in to_the_officer(script) if ASKS_FOR_SECRET.search(text)] == []
    assert len([text for text in script["never_ask"] if SECRETS.search(text)]) == 3


def test_nobody_is_told_to_move_the_money(script):
    texts = [*to_the_resident(script), *to_the_officer(script)]
    assert [text for text in texts if MOVE_IT.search(text)] == []


def test_what_must_not_be_said_is_not_said(script):
    forbidden = {*script["never_say"], *(step["dont_say"] for step in script["steps"] if step["dont_say"])}
    spoken = "\n".join(to_the_resident(script)).lower()
    assert [text for text in forbidden if text.rstrip("。.").lower() in spoken] == []


def test_the_resident_is_addressed_with_respect(script):
    spoken = "\n".join(to_the_resident(script))
    assert "你" not in spoken.replace("你们", "")


def test_no_numbers_but_the_hotlines(script):
    texts = [re.sub(r"^\d ", "", text) for text in [*to_the_resident(script), *to_the_officer(script)]]
    numbers = {number for text in texts for number in re.findall(r"\d+", text)}
    assert numbers <= {"96110", "110"}
    assert not any(re.search("[%％]|百分之", text) for text in texts)


def test_digits_stand_off_from_chinese(script):
    assert [text for text in strings(script) if HALF_WIDTH_TOUCHING.search(text)] == []


def test_basis_names_evidence_of_the_knowledge_file(script):
    assert len(set(script["basis"])) == len(script["basis"])
    for key in script["basis"]:
        assert BASIS.match(key), key
        assert key not in BASIS_GAPS
        assert key == "seed" or int(key[1:].rstrip("b")) <= BASIS_ENDS[key[0]]
