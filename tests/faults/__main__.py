"""`make faults`: kills and restarts everything under load, compares the three ledgers, prints the table."""

import argparse
import json
import shutil
import signal
import sys
import tempfile
from pathlib import Path

from tests.bench.report import show
from tests.faults import plan
from tests.faults.books import report
from tests.faults.run import Run, environment
from tests.faults.services import Missing, Services

MOST_SHOWN = 40


def asked_for() -> argparse.Namespace:
    """Return what the command line asks for."""
    reader = argparse.ArgumentParser(prog="make faults FAULTSARGS=…", description=__doc__)
    reader.add_argument("--miniature", action="store_true", help="the short form of the test suite")
    reader.add_argument("--alerts", type=int, default=20_000)
    reader.add_argument("--faults", type=int, default=24)
    reader.add_argument("--seconds", type=float, default=600, help="how long alerts come in")
    reader.add_argument("--phones", type=int, default=plan.PHONES)
    reader.add_argument("--json", type=Path, default=Path("var/faults.json"), help="the table")
    reader.add_argument("--summary", type=Path, help="counts and findings")
    reader.add_argument("--keep", type=Path, help="copy logs and ledgers here")
    return reader.parse_args()


def main() -> int:
    """Run, print, and return the exit code: 0 when every goal was reached."""
    asked = asked_for()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # what was started is ended in any case
    chosen = plan.MINIATURE if asked.miniature else plan.long(
        alerts=asked.alerts, faults=asked.faults, seconds=asked.seconds, phones=asked.phones
    )  # fmt: skip
    scratch = Path(tempfile.mkdtemp(prefix="doorstep-faults-"))
    try:
        return carry_out(chosen, scratch, asked)
    except Missing as missing:
        print(missing, file=sys.stderr)
        return 2
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def carry_out(chosen: plan.Plan, scratch: Path, asked: argparse.Namespace) -> int:
    """Carry out a plan below a scratch folder; say what went wrong where something did."""
    services = Services(scratch, environment(scratch))
    try:
        outcome = Run(chosen, services).carry_out()
        found = report.findings(outcome)
        title = f"Doorstep under {len(chosen.faults)} faults, PostgreSQL and Redis"
        good = show(report.rows(outcome), asked.json, title=title)
        for name, sentences in found.items():
            for sentence in sentences[:MOST_SHOWN]:
                print(f"{name}: {sentence}")
        if asked.summary:
            asked.summary.write_text(json.dumps(report.summary(outcome), ensure_ascii=False, indent=2) + "\n")
        return 0 if good else 1
    except BaseException:
        print(services.tail(), file=sys.stderr)
        raise
    finally:
        services.stop()
        if asked.keep:
            shutil.copytree(scratch, asked.keep, ignore=shutil.ignore_patterns("postgres", "state"), dirs_exist_ok=True)


if __name__ == "__main__":
    sys.exit(main())
