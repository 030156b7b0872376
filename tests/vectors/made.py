"""Makes the vectors by which the phone's copies of the rules are held to Python's: `python -m tests.vectors`.

Each file is a list of questions with Python's answer; `tests/phone/vectors.test.ts` asks the phone the same.
"""

import datetime as dt
import itertools
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils import translation

from dissuasion.rules import clocks, grading
from dissuasion.rules.states import OPEN_ASSIGNMENT
from dissuasion.rules.words import yuan

FOLDER = Path(__file__).parent
NINE = dt.datetime(2026, 3, 4, 9, 0, tzinfo=dt.UTC)
METRES = (None, 0.0, 14.9, 15.0, 15.1, 50.0, 50.1, 149.0, 2049.0, 2051.0, 60000.0)
ACCURACIES = (None, 0.0, -1.0, 5.0, 30.0, 30.1, 100.0, 100.1, 2000.0, 2000.1)
AGES = (None, 0.0, 120.0, 120.1)
SUMS = (0, 1, 0.5, 999.99, 5000, 5000.5, 9999.99, 10000, 10500, 12500, 12499, 19999, 200000, 1234567.89, 99999999999)


@dataclass
class Lead:
    """A lead at one point of its way."""

    status: str
    contacted_at: dt.datetime | None
    arrived_at: dt.datetime | None
    calls_first: bool
    acknowledge_by: dt.datetime = NINE + dt.timedelta(minutes=2)
    contact_by: dt.datetime = NINE + dt.timedelta(minutes=5)
    arrive_by: dt.datetime = NINE + dt.timedelta(minutes=20)
    record_by: dt.datetime = NINE + dt.timedelta(minutes=80)


def clock_vectors() -> list[dict[str, Any]]:
    """Return for each state of a lead which clock runs and until when."""
    moments = (None, NINE + dt.timedelta(minutes=4))
    made = []
    for status, contacted, arrived, first in itertools.product(OPEN_ASSIGNMENT, moments, moments, (True, False)):
        lead = Lead(status.value, contacted, arrived, first)
        now = clocks.running(lead)
        told = {name: _said(value) for name, value in vars(lead).items()}
        made.append(told | {"what": now.clock.value if now else None, "by": _said(now.by) if now else None})
    return made


def grade_vectors() -> list[dict[str, Any]]:
    """Return for each position how well it proves presence."""
    made = []
    for metres, accuracy, age, known in itertools.product(METRES, ACCURACIES, AGES, (True, False)):
        found = grading.grade(distance_m=metres, accuracy_m=accuracy, age_s=age, address_known=known)
        asked = {"distance_m": metres, "accuracy_m": accuracy, "age_s": age, "address_known": known}
        made.append(asked | {"letter": found.letter, "reasons": list(found.reasons)})
    return made


def money_vectors() -> list[dict[str, Any]]:
    """Return for each sum in yuan how it is written in both languages."""
    made = []
    for amount in SUMS:
        row: dict[str, Any] = {"yuan": str(amount)}
        for language, name in (("zh-hans", "zh"), ("en", "en")):
            with translation.override(language):
                row[name] = yuan(str(amount))
        made.append(row)
    return made


VECTORS = {"clocks": clock_vectors, "grades": grade_vectors, "money": money_vectors}


def text_of(name: str) -> str:
    """Return a file of vectors, one question a line."""
    rows = ",\n".join(json.dumps(row, ensure_ascii=False) for row in VECTORS[name]())
    return f"[\n{rows}\n]\n"


def _said(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.datetime) else value


def main() -> None:
    """Write every file of vectors."""
    for name in VECTORS:
        (FOLDER / f"{name}.json").write_text(text_of(name), encoding="utf-8")
