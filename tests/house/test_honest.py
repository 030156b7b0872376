"""The suite's own honesty: what fails has failed."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SECOND_GO = re.compile(r"pytest_runtest_protocol|runtestprotocol|\bflaky\b|--reruns|pytest-(re)?run\w*failures")


def test_nothing_runs_a_test_a_second_time():
    asked = [*(ROOT / "tests").rglob("*.py"), ROOT / "pyproject.toml", ROOT / "Makefile", ROOT / ".ci/run"]
    found = [str(path.relative_to(ROOT)) for path in asked if SECOND_GO.search(path.read_text())]
    assert found in ([], [str(Path(__file__).relative_to(ROOT))])
