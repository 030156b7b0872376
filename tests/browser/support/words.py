"""The words of the phone as the tests know them: read from its catalogues, so that a better word breaks no test."""

import functools
import re
from pathlib import Path

STATIC = Path(__file__).resolve().parents[3] / "static"
PAIR = re.compile(r'^\s*(?:"([^"]+)"|(\w+)):\s*"((?:[^"\\]|\\.)*)"', re.MULTILINE)
HOLE = re.compile(r"\{\w+\}")


@functools.cache
def catalogue(area: str) -> dict[str, dict[str, str]]:
    """Return the catalogue of an area, such as `core`: {"zh-hans": {key: text}, "en": …}."""
    text = files()[area].read_text()
    halves = re.split(r"^  \},\n", text.split("catalogue(", 1)[1], flags=re.MULTILINE)
    zh, en = ({a or b: words for a, b, words in PAIR.findall(half)} for half in halves[:2])
    return {"zh-hans": zh, "en": en}


def word(address: str, language: str = "en", **values: object) -> str:
    """Return the text of a key such as `app:next.arrive`, its holes filled."""
    area, key = address.split(":")
    words = catalogue(area)[language]
    text = words.get(f"{key}.one", words[key]) if str(values.get("n")) == "1" else words[key]
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", str(value))
    return text


def pattern(address: str, language: str = "en") -> re.Pattern[str]:
    """Return a pattern for the text of a key whatever its holes hold."""
    area, key = address.split(":")
    words = catalogue(area)[language]
    ways = [words[key], words.get(f"{key}.one", words[key])]
    return re.compile("|".join(".*".join(map(re.escape, HOLE.split(way))) for way in dict.fromkeys(ways)))


@functools.cache
def files() -> dict[str, Path]:
    """Return where the words of each area stand: what several screens say by its file, a screen's own by the screen."""
    shared = [*STATIC.glob("shared/words/*.ts"), *STATIC.glob("phone/words/*.ts")]
    own = {file.parent.name: file for file in STATIC.glob("phone/screens/*/words.ts")}
    return {
        area: file
        for area, file in ({file.stem: file for file in shared} | own).items()
        if "= catalogue(" in file.read_text()
    }


def areas() -> list[str]:
    """Return every area that has a catalogue."""
    return sorted(files())
