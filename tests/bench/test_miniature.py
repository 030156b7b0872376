"""Every part of the benchmark in miniature, so that none can rot: each runs to its end and says its figures."""

import json
import os

import pytest
from django.db import connection

from tests.miniature import run

MOST_S = 420  # 155 on a quiet machine of half speed, with the other worker beside it
# A beginning of what each part says.
UNDER = "alert → phone, 5/s, under"
SAID = (
    "alert → phone, 50 phones", "6 high-risk at 30/s", "memory a connected phone", "single intake", "batch intake",
    "a batch's high-risk rows", "50 of every kind", f"{UNDER} 6 anonymous GET /api/schema",
    f"{UNDER} 6 anonymous sign-ins", f"{UNDER} 6 anonymous requests", f"{UNDER} 2 requests", f"{UNDER} 4 readers",
    "2 ladders at once", "only watcher killed", "watch with nothing to do", "worklist, 300", "board, station",
    "board, county", "board, city",
)  # fmt: skip


@pytest.mark.skipif(
    connection.vendor == "sqlite",
    reason="the benchmark needs PostgreSQL and Redis: it runs in the suite's run on them (.ci/run)",
)
def test_every_part_runs_to_its_end(tmp_path):
    kept, url = tmp_path / "rows.json", connection.settings_dict
    server = f"postgres://{url['USER']}:{url['PASSWORD']}@{url['HOST']}:{url['PORT'] or 5432}/postgres"
    ours = os.environ | {"DATABASE_URL": server}
    # The alarm's part waits for a silent watcher, which may be sooner here than in operation.
    ours |= {"WATCHDOG_EVERY_S": "1", "WATCHDOG_SILENT_S": "6", "WATCHDOG_TOLERANCE_S": "2"}
    told = run("tests.bench", ["--miniature", "--json", kept], environment=ours, most_s=MOST_S)
    assert kept.is_file(), told
    rows = {row["what"]: row for row in json.loads(kept.read_text())}
    assert not [what for what in rows if what.endswith("broken")], told
    assert not [begins for begins in SAID if not any(what.startswith(begins) for what in rows)], told
