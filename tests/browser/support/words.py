"""The words of the phone as the tests know them: read from its catalogues, so that a better word breaks no test."""

import functools
import re
from pathlib import Path

STATIC = Path(__file__).resolve().parents[3] / "static"
PAIR = re.compile(r'^\s*(?:"([^"]+)"|(\w+)):\s*"((?:[^"\\]|\\.)*)"', re.MULTILINE)
COUNTED = re.compile(r"\{(?P<name>\w+)\|(?P<one>[^|}]*)\|(?P<other>[^}]*)\}")  # the word for one, or for more
HOLE = re.compile(r"\{[^}]+\}")
HYPHEN = re.compile(r"(?<=[a-z])-(?=[a-z])")  # the app draws one that ends no line


@functools.cache
def catalogue(area: str) -> dict[str, dict[str, str]]:
    """Return the catalogue of an area, such as `core`: {"zh-hans": {key: text}, "en": …}."""
    text = files()[area].read_text()
    halves = re.split(r"^  \},\n", text.split("catalogue(", 1)[1], flags=re.MULTILINE)
    zh, en = ({a or b: HYPHEN.sub("\u2011", words) for a, b, words in PAIR.findall(half)} for half in halves[:2])
    return {"zh-hans": zh, "en": en}


def word(address: str, language: str = "en", **values: object) -> str:
    """Return the text of a key such as `app:next.arrive`, its holes filled."""
    area, key = address.split(":")
    text = COUNTED.sub(
        lambda hole: hole["one"] if str(values.get(hole["name"])) == "1" else hole["other"],
        catalogue(area)[language][key],
    )
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", str(value))
    return text


def pattern(address: str, language: str = "en") -> re.Pattern[str]:
    """Return a pattern for the text of a key whatever its holes hold, and whether a line may break at its spaces."""
    area, key = address.split(":")
    parts = HOLE.split(catalogue(area)[language][key])
    return re.compile(".*".join(re.escape(part).replace(r"\ ", r"\s") for part in parts))


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
