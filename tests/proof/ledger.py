"""Which slices are done: a line each, kept as soon as a slice ends, so that a run may be stopped at any moment."""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

# What a proof is about: when one of these files changes, it begins anew.
ROOMS = ("accounts", "config", "dissuasion", "households")


@dataclass(frozen=True)
class Row:
    """One slice: of which form, with which seed, on which database and of which code, whether it held, its seconds."""

    form: str
    seed: int
    database: str
    code: str
    held: bool
    seconds: float


class Ledger:
    """The file in which they stand."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def rows(self) -> list[Row]:
        """Return all that is written; a line that a crash has cut short counts for nothing."""
        found = []
        for line in self.path.read_text().splitlines() if self.path.exists() else ():
            try:
                found.append(Row(**json.loads(line)))
            except (ValueError, TypeError):
                continue
        return found

    def done(self, form: str, *, database: str, code: str) -> set[int]:
        """Return the seeds of a form that have held."""
        same = [row for row in self.rows() if (row.form, row.database, row.code) == (form, database, code)]
        return {row.seed for row in same if row.held}

    def add(self, row: Row) -> None:
        """Write one more line."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("a") as file:
            file.write(json.dumps(asdict(row)) + "\n")


def code_of(root: Path) -> str:
    """Return what tells one state of the server's code from another."""
    digest = hashlib.sha256()
    for room in ROOMS:
        for path in sorted((root / room).rglob("*.py")):
            digest.update(str(path.relative_to(root)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]
