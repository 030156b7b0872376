"""Rules of the phone's house: its tables are fresh, imports go down only, files are short, both languages say it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from dissuasion.api.app_tables import module
from tests.house.test_words_are_translated import CHINESE, NOT_OUR_TONE

PHONE: Path = settings.ROOT / "static/phone"
SHARED: Path = settings.ROOT / "static/shared"
WORKER: Path = settings.ROOT / "static/sw"
# Imports go to the same room or one further left.
ROOMS = ("domain", "words", "data", "parts", "screens", "top")
PURE = ("domain",)
IMPORT = re.compile(r"""(?:\bfrom\s*|\bimport\s*\(?\s*)["']([^"']+)["']""")
MADE = {"api.d.ts", "generated.ts"}
LONGEST = 300

ENTRY = re.compile(r"""^\s*(?:"([^"]+)"|(\w+)):\s*\n?\s*(["'`])((?:\\.|(?!\3).)*)\3""", re.MULTILINE)
PLACE = re.compile(r"\{\w+\}")
# Right in both languages as it stands.
SAME = re.compile(r"[\d\W_]*|Doorstep|GPS|QR|JSON")
# Each language is named in itself, for those who read only that one.
NAMES_OF_LANGUAGES = "languages.tsx"


def sources(folder: Path) -> list[Path]:
    code = [path for path in folder.rglob("*.ts*") if path.suffix in (".ts", ".tsx")]
    return [path for path in code if ".test." not in path.name and "testing" not in path.parts]


def room(path: Path) -> str:
    inside = path.relative_to(PHONE).parts
    return inside[0] if len(inside) > 1 else "top"


def imports(path: Path) -> list[str]:
    return IMPORT.findall(path.read_text())


def ours(path: Path) -> Iterator[Path]:
    """Yield the modules of the phone that a module imports."""
    for name in imports(path):
        target = (path.parent / name).resolve()
        if name.startswith(".") and target.is_relative_to(PHONE):
            yield target


def test_it_takes_over_the_tables_as_they_are_now():
    assert (SHARED / "server/generated.ts").read_text() == module(), "stale: run make types"


def test_every_file_has_a_room():
    assert {room(path) for path in sources(PHONE)} <= set(ROOMS)


def test_imports_go_down_only():
    up = [
        f"{path.relative_to(PHONE)} imports {target.relative_to(PHONE)}"
        for path in sources(PHONE)
        for target in ours(path)
        if ROOMS.index(room(target)) > ROOMS.index(room(path))
    ]
    assert not up


def test_rules_and_tools_need_no_library():
    assert not [
        f"{path.relative_to(PHONE)} imports {name}"
        for path in sources(PHONE)
        if room(path) in PURE
        for name in imports(path)
        if not name.startswith(".")
    ]


def test_the_worker_sees_the_data_only():
    seen = {room(target) for path in sources(WORKER) for target in ours(path)}
    assert seen <= {"data", "domain"}


def test_files_open_with_what_they_are_and_are_short():
    for path in [*sources(PHONE), *sources(SHARED), *sources(WORKER)]:
        lines = path.read_text().splitlines()
        if path.name not in MADE:
            assert lines[0].startswith("// "), path
            assert len(lines) <= LONGEST, path


def test_nothing_is_left_for_later_and_nothing_writes_markup():
    for path in [*sources(PHONE), *sources(SHARED), *sources(WORKER)]:
        text = path.read_text()
        assert not re.search(r"\b(TODO|FIXME|XXX)\b|innerHTML|console\.|eval\(|@ts-ignore", text), path


def catalogues() -> Iterator[tuple[str, dict[str, str], dict[str, str]]]:
    """Yield every catalogue of the phone: where it stands, the Chinese and the English."""
    for path in [*sources(PHONE), *sources(SHARED)]:
        text = path.read_text()
        for found in re.finditer(r"= catalogue\(", text):
            chinese, rest = braced(text, found.end())
            english, _rest = braced(text, rest)
            yield str(path.relative_to(PHONE.parent)), entries(chinese), entries(english)


def braced(text: str, start: int) -> tuple[str, int]:
    """Return what stands in the next pair of braces at the beginning of lines, and where it ends."""
    begin = text.index("{", start)
    depth = 0
    quoted = ""
    for place in range(begin, len(text)):
        sign = text[place]
        if quoted:
            quoted = "" if sign == quoted and text[place - 1] != "\\" else quoted
        elif sign in "\"'`":
            quoted = sign
        else:
            depth += (sign == "{") - (sign == "}")
            if not depth:
                return text[begin + 1 : place], place
    raise AssertionError("a catalogue does not end")


def entries(text: str) -> dict[str, str]:
    return {key or bare: words for key, bare, _quote, words in ENTRY.findall(text)}


ALL = list(catalogues())


def test_it_finds_the_catalogues():
    assert len(ALL) == sum(path.read_text().count("= catalogue(") for path in [*sources(PHONE), *sources(SHARED)])
    assert all(chinese for _where, chinese, _english in ALL)


@pytest.mark.parametrize(("where", "chinese", "english"), ALL, ids=[where for where, _zh, _en in ALL])
def test_both_languages_say_the_same(where, chinese, english):
    assert chinese.keys() == english.keys()
    for key, words in chinese.items():
        assert sorted(PLACE.findall(words)) == sorted(PLACE.findall(english[key])), key
        assert re.search(CHINESE, words) or SAME.fullmatch(PLACE.sub("", words)), f"{key} is not Chinese: {words}"
        assert not re.search(CHINESE, english[key]) or key.startswith("language"), f"{key} is not English"
        assert not re.search("[!！]", english[key]), key


@pytest.mark.parametrize(("where", "chinese", "english"), ALL, ids=[where for where, _zh, _en in ALL])
def test_the_chinese_keeps_the_tone(where, chinese, english):
    assert not {key: words for key, words in chinese.items() if NOT_OUR_TONE.search(words)}


def test_no_screen_says_what_is_in_no_catalogue():
    """Chinese outside a catalogue would stand in English screens as well."""
    for path in sources(PHONE):
        text = re.sub(r"//[^\n]*|/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)
        if (
            room(path) in ("parts", "screens")
            and "catalogue(" not in text
            and path.name not in (NAMES_OF_LANGUAGES, "words.ts")
        ):
            assert not re.search(CHINESE, text), path
