"""What many rooms of tests begin with: a clock that stands, the station chief's desk, Lin's phone with a case on it."""

import pytest

from tests.dissuasion.actions.field.phone import Desk, Phone, standing_clock

__all__ = ["clock", "gu", "lin"]

clock = pytest.fixture(standing_clock)


@pytest.fixture
def gu(clock, cast) -> Desk:
    """The desk of Lin's station chief."""
    return Desk(cast, "gu")


@pytest.fixture
def lin(gu, cast, send_alert) -> Phone:
    """Lin's phone with a case that the machine sent; the phone has not shown it yet."""
    send_alert()
    phone = Phone(cast, "lin")
    phone.work()
    return phone
