"""What the tests of the desk share: a clock that stands, the desks of three levels, alerts that nobody can place."""

from collections.abc import Callable
from typing import Any

import pytest

from households.models import Household, Resident
from tests.cast import HOME, VILLAGE
from tests.dissuasion.actions.field.phone import Desk, standing_clock

clock = pytest.fixture(standing_clock)


@pytest.fixture
def gu(clock, cast) -> Desk:
    """The desk of Lin's station chief."""
    return Desk(cast, "gu")


@pytest.fixture
def zhao(clock, cast) -> Desk:
    """The county desk above it."""
    return Desk(cast, "zhao")


@pytest.fixture
def city(clock, cast) -> Desk:
    """The city desk."""
    return Desk(cast, "city")


@pytest.fixture
def unclear(clock, cast, send_alert) -> Callable[..., dict[str, Any]]:
    """Send an alert about somebody unknown in Lin's village; returns the entry as the county's board shows it."""

    def send(**changes: Any) -> dict[str, Any]:
        who = {"phone": "10000000555", "name": "未某", "address": "示范路99号", "division_code": VILLAGE}
        answer = send_alert(**{"external_id": "u-1", "resident": who | changes.pop("resident", {})} | changes)
        assert answer.json()["way"] == "triage", answer.content
        entries: list[dict[str, Any]] = Desk(cast, "zhao").reads("board")["triage"]
        return entries[-1]

    return send


@pytest.fixture
def cases(cast, send_alert) -> Callable[..., list[str]]:
    """Open so many high-risk cases in the village, each about another resident; returns their ids."""

    def open_cases(count: int, *, start: int = 0, **changes: Any) -> list[str]:
        made = []
        for number in range(start, start + count):
            home = Household.objects.create(division_id=VILLAGE, address="示范路", lat=HOME[0], lon=HOME[1])
            phone = f"1000001{number:04d}"
            Resident.objects.create(household=home, name="邻某", phone=phone)
            answer = send_alert(external_id=f"c-{number}", resident={"phone": phone}, **changes)
            made.append(answer.json()["case"])
        return made

    return open_cases
