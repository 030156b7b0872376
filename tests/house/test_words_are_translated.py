"""Whatever people read is in the Chinese catalogue: found by `make messages`, translated, in the house's tone."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.frontend import parse_keywords
from babel.messages.pofile import read_po
from django.conf import settings

from dissuasion.rules.words import BEARINGS, SENTENCES

ROOT: Path = settings.ROOT
PACKAGES = ("accounts", "config", "dissuasion", "households")
# Right in both languages as it stands.
SAME_IN_CHINESE = {"JSON"}

TAG = re.compile(r"""\{%\s*trans(?:late)?\s+(?:"([^"]+)"|'([^']+)')""")
INSIDE_A_TAG = re.compile(r"""\{[{%][^}]*?\b_\((?:"([^"]+)"|'([^']+)')\)""")
BLOCK = re.compile(r"\{%\s*blocktrans(?:late)?\b([^%]*)%\}(.*?)\{%\s*endblocktrans(?:late)?\s*%\}", re.DOTALL)
PLURAL = re.compile(r"\{%\s*plural\s*%\}")
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[sdf]|\{\w*\}")
CHINESE = "[\u4e00-\u9fff]"
# README of the design, 7: no ban, no shout, no failure; half-width digits, a gap between them and Chinese.
CLOCKING_IN = "打卡|打[过了完]卡"
NOT_OUR_TONE = re.compile(rf"请勿|失败|[!！０-９]|{CHINESE}(?:\d|%\(\w+\)d)|(?:\d|%\(\w+\)d){CHINESE}")


def modules() -> list[Path]:
    return [path for name in PACKAGES for path in (ROOT / name).rglob("*.py") if "migrations" not in path.parts]


def templates() -> list[Path]:
    return [path for path in (ROOT / "templates").rglob("*") if path.suffix in (".html", ".txt")]


def collected() -> set[tuple[str, str | None]]:
    """Return what `make messages` finds in the code, each with its context, by the keywords of the Makefile."""
    named = re.search(r"^KEYWORDS := (.+)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert named, "the Makefile names no KEYWORDS"
    keywords = {**DEFAULT_KEYWORDS, **parse_keywords(named[1].split())}
    found: set[tuple[str, str | None]] = set()
    for path in modules():
        with path.open("rb") as source:
            for _line, words, _comments, context in extract("python", source, keywords=keywords):
                found.add((words if isinstance(words, str) else words[1] if context else words[0], context))
    return found


def called(path: Path) -> Iterator[str]:
    """Yield what a module hands to gettext as a literal, whatever name it imports gettext under."""
    tree = ast.parse(path.read_text())
    imports = [n for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n.module == "django.utils.translation"]
    names = {a.asname or a.name: a.name for node in imports for a in node.names if "gettext" in a.name}
    for node in ast.walk(tree):
        name = names.get(node.func.id) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else None
        if name and isinstance(node, ast.Call):
            words = node.args[1 if "pgettext" in name else 0]
            if isinstance(words, ast.Constant):
                yield str(words.value)


def drawn(path: Path) -> Iterator[str]:
    """Yield what a template translates, as Django looks it up."""
    text = path.read_text()
    for pattern in (TAG, INSIDE_A_TAG):
        yield from (double or single for double, single in pattern.findall(text))
    for options, body in BLOCK.findall(text):
        words = re.sub(r"\{\{\s*(\w+)\s*\}\}", r"%(\1)s", PLURAL.split(body)[0])
        yield " ".join(filter(None, map(str.strip, words.splitlines()))) if "trimmed" in options else words


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    with (ROOT / "config/locale/zh_Hans/LC_MESSAGES/django.po").open("rb") as file:
        return read_po(file, locale="zh_Hans")


def translated(message: Message | None) -> str:
    """Return the Chinese of a message, which has one plural form; nothing for what is missing or fuzzy."""
    if message is None or message.fuzzy:
        return ""
    string: Any = message.string
    return string if isinstance(string, str) else string[0]


def english(message: Message) -> list[str]:
    identity: Any = message.id
    return [identity] if isinstance(identity, str) else list(identity)


def test_it_collects_every_sentence_of_the_code() -> None:
    # Missed: a name for gettext that KEYWORDS does not have, or words inside an f-string.
    found = {words for words, _context in collected()}
    missed = {f"{path.relative_to(ROOT)}: {words}" for path in modules() for words in called(path)
              if words not in found}  # fmt: skip
    assert not missed


def test_it_translates_every_sentence_of_the_code(catalogue: Catalog) -> None:
    assert not {words for words, context in collected() if not translated(catalogue.get(words, context))}


def test_it_translates_every_sentence_of_the_templates(catalogue: Catalog) -> None:
    missing = {f"{path.relative_to(ROOT)}: {words}" for path in templates() for words in drawn(path)
               if not translated(catalogue.get(words))}  # fmt: skip
    assert not missing


@pytest.mark.parametrize("words", [*SENTENCES.values(), *BEARINGS.values()], ids=[*SENTENCES, *BEARINGS])
def test_it_says_every_reason_in_chinese(words: str, catalogue: Catalog) -> None:
    assert re.search(CHINESE, translated(catalogue.get(words)))


def test_it_keeps_the_placeholders(catalogue: Catalog) -> None:
    for message in catalogue:
        if message.id:
            said = sorted(PLACEHOLDER.findall(translated(message)))
            assert all(sorted(PLACEHOLDER.findall(words)) == said for words in english(message)), message.id


def test_it_leaves_nothing_in_english_fuzzy_or_forgotten(catalogue: Catalog) -> None:
    for message in catalogue:
        if message.id and re.search("[A-Za-z]", PLACEHOLDER.sub("", english(message)[0])):
            assert re.search(CHINESE, translated(message)) or message.id in SAME_IN_CHINESE, message.id
    assert not catalogue.obsolete


def test_it_keeps_the_tone(catalogue: Catalog) -> None:
    assert not [said for message in catalogue if message.id and NOT_OUR_TONE.search(said := translated(message))]


def test_it_writes_english_with_english_signs(catalogue: Catalog) -> None:
    assert not [words for message in catalogue if message.id for words in english(message)
                if re.search("[\u3000-\u303f\uff00-\uffef]", words)]  # fmt: skip


def test_it_asks_nobody_to_clock_in(catalogue: Catalog) -> None:
    # Decision 0102: a check-in is 到场核验.
    assert not re.search(CLOCKING_IN, "".join(translated(message) for message in catalogue))
    words = [path for path in (ROOT / "static").rglob("*.ts*") if "built" not in path.parts]
    read = [*templates(), *words, *(ROOT / "docs").glob("*.md"), ROOT / "README.md"]
    assert not [str(path.relative_to(ROOT)) for path in read if re.search(CLOCKING_IN, path.read_text())]


def test_it_calls_the_number_at_the_door_by_one_name(catalogue: Catalog) -> None:
    # Decision 0141: 工号, on the card, on the page, at the sign-in and in the scripts.
    assert "警号" not in "".join(translated(message) for message in catalogue)
    words = [path for path in (ROOT / "static").rglob("*.ts*") if "built" not in path.parts]
    read = [*templates(), *words, *(ROOT / "dissuasion/data").rglob("*.json")]
    assert not [str(path.relative_to(ROOT)) for path in read if "警号" in path.read_text()]
