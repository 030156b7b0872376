"""The faults in miniature, in processes of their own: nothing is lost, doubled or skipped."""

import json
import os

import pytest
from django.db import connection

from tests.faults.services import Missing, postgres_folder, redis_program
from tests.miniature import run

# A calm machine needs a minute; beside a whole suite on its cores it may take longer than that, and never this long.
MOST_S = 240
# As long as a deaf socket may take; five seconds is the goal of `make faults`, which has the machine for itself.
HEALED_S = 15.0

pytestmark = [
    pytest.mark.skipif(
        connection.vendor == "sqlite",
        reason="the faults are those of PostgreSQL and Redis: they run in the suite's run on PostgreSQL (.ci/run)",
    ),
]


def test_the_programs_are_here():
    try:
        assert postgres_folder()
        assert redis_program()
    except Missing as missing:
        pytest.fail(str(missing))


def test_it_loses_doubles_and_skips_nothing(tmp_path):
    summary = tmp_path / "summary.json"
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_", "REDIS_"))}
    arguments = ["--miniature", "--json", tmp_path / "table.json", "--summary", summary, "--keep", tmp_path / "kept"]
    told = run("tests.faults", arguments, environment=ours, most_s=MOST_S)
    assert summary.is_file(), told
    found = json.loads(summary.read_text())
    assert found["findings"] == {"lost": [], "doubled": [], "skipped": []}, told
    # What was compared was really there.
    counted = found["counts"]
    assert counted["faults"] >= 7
    assert counted["alerts"] >= 300
    assert counted["assignments seen"] >= 50
    assert counted["acts"] >= 200
    assert counted["phones"] >= 40
    assert found["slowest_next_s"] <= HEALED_S, told
