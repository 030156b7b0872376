"""What the walks share: a recorded case on its ground at its hour."""

from collections.abc import Iterator

import pytest
import time_machine

from tests.cast import make_cast
from tests.dissuasion.consumers.line import leave_nothing
from tests.flows.places import RECORDED, Told, hour_of, settle


@pytest.fixture(autouse=True)
async def nothing_left_behind():
    """End what a walk left running."""
    yield
    await leave_nothing()


@pytest.fixture
def told(request, transactional_db) -> Iterator[Told]:
    """The recorded case that the test names by its key; the clock stands and is moved by the test."""
    record = RECORDED[request.param]
    with time_machine.travel(hour_of(record), tick=False) as clock:
        cast = make_cast()
        settle(cast, record)
        yield Told(record, cast, clock)
