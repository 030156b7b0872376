"""`make proof`: what the long forms still lack, slice by slice. Stop it whenever you like: it goes on where it was."""

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path

from tests.proof.forms import FORMS, Form
from tests.proof.ledger import Ledger, Row, code_of

ROOT = Path(__file__).resolve().parents[2]


def asked_for() -> argparse.Namespace:
    """Return the options."""
    names = [form.name for form in FORMS]
    reader = argparse.ArgumentParser(prog="make proof PROOFARGS=…", description=__doc__)
    reader.add_argument("--only", nargs="+", choices=names, default=names, metavar="FORM", help=", ".join(names))
    reader.add_argument("--minutes", type=float, help="begin no slice after so many minutes")
    reader.add_argument("--status", action="store_true", help="only say what is done")
    reader.add_argument("--ledger", type=Path, default=ROOT / "var/proof.jsonl", help="where the seeds done stand")
    return reader.parse_args()


def main() -> int:
    """Run what is missing; return 0 when nothing failed."""
    asked = asked_for()
    proof = Proof(Ledger(asked.ledger), code_of(ROOT), until=_end(asked.minutes))
    forms = [form for form in FORMS if form.name in asked.only]
    failed = 0 if asked.status else sum(proof.runs(form) for form in forms)
    for form in forms:
        print(proof.says(form))
    return 1 if failed else 0


def _end(minutes: float | None) -> float | None:
    return None if minutes is None else time.monotonic() + minutes * 60


class Proof:
    """One run over what is missing, on the database of the environment."""

    def __init__(self, ledger: Ledger, code: str, *, until: float | None) -> None:
        self.ledger, self.code, self.until = ledger, code, until
        self.database = os.environ.get("DATABASE_URL", "sqlite").partition(":")[0]

    def missing(self, form: Form) -> list[int]:
        """Return the seeds of a form that have not held yet."""
        done = self.ledger.done(form.name, database=self.database, code=self.code)
        return [seed for seed in form.slices if seed not in done]

    def runs(self, form: Form) -> int:
        """Run the missing slices of a form as long as there is time; return how many failed."""
        failed = 0
        for seed in self.missing(form):
            if self.until is not None and time.monotonic() >= self.until:
                break
            failed += not self.holds(form, seed)
        return failed

    def holds(self, form: Form, seed: int) -> bool:
        """Run one slice, keep what came of it, and return whether it held; one that fails is shown whole."""
        begun = time.monotonic()
        # A folder of its own: a suite that runs beside it has its database in the usual one.
        own = {"STATE_DIR": str(self.ledger.path.parent / "proof")}
        ran = subprocess.run(
            [sys.executable, *form.arguments(seed)], cwd=ROOT, env=os.environ | own | form.environment(seed),
            capture_output=True, text=True, errors="replace", check=False,
        )  # fmt: skip
        row = Row(form.name, seed, self.database, self.code, ran.returncode == 0, round(time.monotonic() - begun, 1))
        self.ledger.add(row)
        if not row.held:
            print(ran.stdout, ran.stderr, sep="\n")
        print(f"{form.name}, seed {seed}: {'held' if row.held else 'FAILED'} in {row.seconds:.0f} s", flush=True)
        return row.held

    def says(self, form: Form) -> str:
        """Return in a line how far a form is."""
        done = len(form.slices) - len(self.missing(form))
        return f"{form.name} (promise {form.promise}): {done} of {len(form.slices)} slices on {self.database}"


if __name__ == "__main__":
    raise SystemExit(main())
