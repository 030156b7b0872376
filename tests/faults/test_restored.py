"""A dump restored under phones that have seen more than it holds (promises.md 6)."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from tests.faults import plan
from tests.faults.books import reconcile
from tests.faults.run import Run, environment
from tests.faults.services import Services

pytestmark = pytest.mark.skipif(
    connection.vendor == "sqlite", reason="a dump of PostgreSQL: it runs in the suite's run on PostgreSQL (.ci/run)"
)


@pytest.fixture
def services() -> Iterator[Services]:
    # Not below the folder of pytest, into which PostgreSQL's own user cannot walk.
    scratch = Path(tempfile.mkdtemp(prefix="doorstep-restored-"))
    made = Services(scratch, environment(scratch))
    try:
        yield made
    finally:
        made.stop()
        shutil.rmtree(scratch, ignore_errors=True)


def test_every_phone_drops_what_it_had_and_takes_over_the_restored_history(services):
    outcome = Run(plan.RESTORED, services).carry_out()
    kept = {row["external_id"] for row in outcome.base.alerts}
    lost = [line for line in outcome.sent if line.status in reconcile.ANSWERED and line.external_id not in kept]
    restored, there = outcome.windows[-1], {row["id"] for row in outcome.base.assignments}
    gone = [row for row in outcome.phones.seen if row.at_s < restored.from_s and row.assignment not in there]
    anew = [row for row in outcome.phones.seen if row.at_s > restored.until_s]
    # The history really went back, phones had seen what is gone, and the work goes on.
    assert (len(lost) >= 20, len(gone) >= 5, len(anew) >= 5) == (True, True, True), (
        len(lost), len(gone), len(anew), services.tail(),
    )  # fmt: skip
    held, fresh = ({getattr(final, of)["epoch"] for final in outcome.phones.finals} for of in ("held", "fresh"))
    assert (len(held), held) == (1, fresh)
    assert len(outcome.phones.finals) == outcome.started
    assert reconcile.skipped(outcome.phones, outcome.base) == []
    open_unseen = [row for row in outcome.base.assignments if row["status"] in reconcile.OPEN]
    seen = {(row.person, row.assignment) for row in outcome.phones.seen}
    assert [row["id"] for row in open_unseen if (row["person"], row["id"]) not in seen] == []
    receipts = [act for act in outcome.phones.done if not act.verdict]
    assert receipts == []
