"""The suite's own honesty: what fails has failed."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SECOND_GO = re.compile(r"pytest_runtest_protocol|runtestprotocol|\bflaky\b|--reruns|pytest-(re)?run\w*failures")


def test_nothing_runs_a_test_a_second_time():
    tests = set((ROOT / "tests").rglob("*.py")) - {Path(__file__).resolve()}
    asked = [*tests, ROOT / "pyproject.toml", ROOT / "Makefile", ROOT / ".ci/run"]
    assert [path.name for path in asked if SECOND_GO.search(path.read_text())] == []
