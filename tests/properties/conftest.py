"""What the properties share: a clock that stands and the station in miniature."""

import pytest

from tests.dissuasion.actions.field.phone import standing_clock
from tests.properties.world import World

clock = pytest.fixture(standing_clock)


@pytest.fixture
def world(settings, clock, cast, monkeypatch) -> World:
    """The station, inside the test's transaction; a session outlasts every walk."""
    settings.SESSION_COOKIE_AGE = 90 * 86400
    return World(cast, clock, monkeypatch)
