"""What the tests of acts share: a clock that stands, Lin's phone with Mrs Zhao's case on it, the chief's desk."""

import pytest

from tests.dissuasion.actions.field.phone import Desk, Phone, standing_clock

clock = pytest.fixture(standing_clock)


@pytest.fixture
def lin(clock, cast, send_alert) -> Phone:
    """Lin's phone, to which the machine has just sent a high-risk case."""
    send_alert()
    phone = Phone(cast, "lin")
    assert phone.held() == ["assigned"]
    return phone


@pytest.fixture
def gu(lin, cast) -> Desk:
    """The desk of Lin's station chief."""
    return Desk(cast, "gu")
