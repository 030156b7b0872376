"""What the tests of the live doors share: Lin's phone, and a hub left empty behind."""

import pytest

from tests.dissuasion.actions.field.phone import Phone
from tests.dissuasion.consumers.line import leave_nothing


@pytest.fixture
def lin(live_cast) -> Phone:
    """Lin's phone; nothing is on it yet."""
    return Phone(live_cast, "lin")


@pytest.fixture(autouse=True)
async def nothing_left_behind():
    """End what a test left running."""
    yield
    await leave_nothing()
