"""A browser test that fails is run once more, afresh, and says so: a real Chromium on a busy machine stumbles at times.

The first go stands among the warnings of the run. What fails twice has failed, and what needs its second go again and
again is a defect.
"""

import warnings

import pytest
from _pytest.runner import runtestprotocol

LONGEST = 4000


class NeededASecondGo(UserWarning):
    """A browser test failed once and then passed."""


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Function, nextitem: pytest.Item | None) -> bool:
    """Run a test, and a second time with new fixtures where the first failed."""
    item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
    reports = runtestprotocol(item, log=False, nextitem=nextitem)
    if any(report.failed for report in reports):
        first = "\n".join(report.longreprtext for report in reports if report.failed)
        item._initrequest()
        reports = runtestprotocol(item, log=False, nextitem=nextitem)
        _say(item, f"It needed a second go. The first:\n{first[-LONGEST:]}")
    for report in reports:
        item.ihook.pytest_runtest_logreport(report=report)
    item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
    return True


def _say(item: pytest.Item, sentence: str) -> None:
    said = warnings.WarningMessage(NeededASecondGo(sentence), NeededASecondGo, str(item.path), 0)
    item.ihook.pytest_warning_recorded.call_historic(
        kwargs={"warning_message": said, "when": "runtest", "nodeid": item.nodeid, "location": None}
    )
