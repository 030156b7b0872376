"""The words of a warning to a resident by kind of fraud, as text and as voice, from data/warnings.json. Pure."""

import json
from pathlib import Path

from dissuasion.rules import scam_types

FILE = Path(__file__).resolve().parents[2] / "data" / "warnings.json"
WORDS: dict[str, dict[str, dict[str, str]]] = json.loads(FILE.read_text("utf-8"))
LANGUAGES = ("zh-hans", "en")


def words_for(scam_type: str, *, channel: str, language: str) -> str:
    """Return the words for a scam type, spoken ones for `voice`; those of `other` for a type that has none."""
    said = WORDS.get(scam_types.known_or_other(scam_type)) or WORDS[scam_types.OTHER]
    return said["voice" if channel == "voice" else "text"]["en" if language.startswith("en") else "zh-hans"]
