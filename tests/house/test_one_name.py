"""One thing has one name on every screen: the table of the glossary, held to what people read in both languages."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po
from django.conf import settings

from dissuasion.rules import scam_types

ROOT: Path = settings.ROOT
HEADING = "## On the screens"
CHINESE = re.compile("[\u4e00-\u9fff]")
COMMENT = re.compile(r"^\s*//.*$|^\s*/\*[^*]*(?:\*(?!/)[^*]*)*\*/", re.MULTILINE)
STRING = re.compile(r'"((?:[^"\\\n]|\\.)*)"(\s*:)?|`((?:[^`\\]|\\.)*)`')
REMARK = re.compile(r"\{%\s*comment\s*%\}.*?\{%\s*endcomment\s*%\}|\{#.*?#\}|<!--.*?-->", re.DOTALL)


@dataclass(frozen=True)
class Row:
    """One thing: its names, and the names that it does not have, each in both languages."""

    thing: str
    names: tuple[str, ...]
    others: tuple[str, ...]


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def parts(cell: str) -> list[str]:
    return [part.strip() for part in re.split("[,、]", cell) if part.strip()]


def rows() -> list[Row]:
    """Return the table of the glossary."""
    section = (ROOT / "docs/glossary.md").read_text().split(HEADING, 1)[1].split("\n## ", 1)[0]
    lines = [cells(line) for line in section.splitlines() if line.startswith("|")][2:]
    return [Row(thing, (*parts(en), *parts(zh)), (*parts(not_en), *parts(not_zh)))
            for thing, en, zh, not_en, not_zh in lines]  # fmt: skip


def holds(said: str, name: str) -> bool:
    """Whether a name stands in a text: in English as whole words, whatever the case."""
    if CHINESE.search(name):
        return name in said
    start, end = (r"\b" if re.match(r"\w", edge) else "" for edge in (name[0], name[-1]))
    return re.search(start + re.escape(name) + end, said, re.IGNORECASE) is not None


def second_name(row: Row, said: str) -> str | None:
    """Return a name in a text that the thing does not have, if there is one."""
    rest = said
    for name in row.names:  # which may hold another: 正要转 holds 要转
        rest = rest.replace(name, "…")
    return next((other for other in row.others if holds(rest, other)), None)


def of_the_phone() -> Iterator[tuple[str, str]]:
    """Yield what the phone and its service worker say."""
    paths = [*(ROOT / "static").glob("**/words*.ts"), *(ROOT / "static").glob("**/words/*.ts")]
    for path in [*paths, ROOT / "static/sw/notices.ts"]:
        if "built" not in path.parts:
            for double, is_key, back in STRING.findall(COMMENT.sub("", path.read_text())):
                if not is_key:
                    yield str(path.relative_to(ROOT)), double or back


def texts(found: Any) -> Iterator[str]:
    """Yield every text of a JSON document."""
    if isinstance(found, str):
        yield found
    elif isinstance(found, dict | list):
        for part in found.values() if isinstance(found, dict) else found:
            yield from texts(part)


def of_the_data() -> Iterator[tuple[str, str]]:
    """Yield what is said at the door, on the telephone and in messages, and the names of the kinds of fraud."""
    for path in (ROOT / "dissuasion/data").rglob("*.json"):
        yield from ((path.name, said) for said in texts(json.loads(path.read_text())))
    yield from (("scam_types.py", name) for names in scam_types.NAMES.values() for name in names.values())


def of_the_server() -> Iterator[tuple[str, str]]:
    """Yield what stands in the catalogue, in English and in Chinese, and in the templates."""
    path = next((ROOT / "config/locale").glob("*/LC_MESSAGES/django.po"))
    with path.open("rb") as file:
        for message in read_po(file):
            both: tuple[Any, ...] = (message.id, message.string) if message.id else ()
            for text in both:
                yield from ((path.name, one) for one in ([text] if isinstance(text, str) else text))
    for template in (ROOT / "templates").rglob("*"):
        if template.suffix in (".html", ".txt", ".js"):
            yield str(template.relative_to(ROOT)), REMARK.sub("", template.read_text())


@pytest.fixture(scope="module")
def read() -> list[tuple[str, str]]:
    return [*of_the_phone(), *of_the_data(), *of_the_server()]


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.thing)
def test_one_thing_has_one_name(row: Row, read: list[tuple[str, str]]) -> None:
    assert not [f"{place}: {said!r} says {other!r}" for place, said in read if (other := second_name(row, said))]


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.thing)
def test_each_name_is_read_somewhere(row: Row, read: list[tuple[str, str]]) -> None:
    assert not [name for name in row.names if not any(holds(said, name) for _place, said in read)]


def test_it_reads_all_that_people_read(read: list[tuple[str, str]]) -> None:
    sides = {"static/phone/words/app.ts", "static/shared/words/core.ts", "static/phone/screens/outbox/words.ts",
             "static/sw/notices.ts", "loan.resident.en.json", "django.po", "templates/verify.html"}  # fmt: skip
    assert sides <= {place for place, _said in read}
    assert {"记录去哪了", "Outbox", "officer card", "亮证"} <= {said for _place, said in read}


def planted(other: str) -> str:
    return f"先看{other}。" if CHINESE.search(other) else f"First see {other} now."


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.thing)
def test_it_finds_every_second_name_that_is_planted(row: Row) -> None:
    assert row.others
    assert not [other for other in row.others if second_name(row, planted(other)) is None]
    assert second_name(row, planted(row.names[0])) is None


def test_it_reads_words_where_they_stand() -> None:
    assert not holds("Interrupted at the threshold", "rupt")
    assert holds("Where Records Are", "where records are")
    row = next(row for row in rows() if "正要转" in row.names)
    assert second_name(row, "正要转 {money}") is None
    assert second_name(row, "要转 {money}") == "要转 {"
