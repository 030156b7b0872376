"""What the tests of the figures share: a clock that stands, a village of people to be visited, whole cases in steps."""

import itertools
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from accounts.people import go_off_duty
from households.models import Household, Resident
from tests.cast import HOME, VILLAGE, Cast, make_cast
from tests.dissuasion.actions.field.phone import Desk, Phone


@pytest.fixture
def cast(clock: Any, db: None) -> Cast:
    """The cast, whose duty begins by the clock that stands: in these tests it always stands first."""
    return make_cast()


@pytest.fixture
def gu(clock: Any, cast: Cast) -> Desk:
    """The desk of Lin's station chief; of the people there only Lin is on duty."""
    for name in ("qin", "mei"):
        go_off_duty(cast.people[name], at=timezone.now())
    return Desk(cast, "gu")


@pytest.fixture
def warn(gu: Desk, send_alert: Callable[..., Any]) -> Callable[..., Any]:
    """Send a high-risk alert about somebody new in Lin's village; returns the answer."""
    numbers = itertools.count(1)

    def send(**changes: Any) -> Any:
        number = next(numbers)
        home = Household.objects.create(division_id=VILLAGE, address=f"示范路{number}号", lat=HOME[0], lon=HOME[1])
        phone = f"1000001{number:04d}"
        Resident.objects.create(household=home, name="邻某", phone=phone)
        answer = send_alert(**{"external_id": f"w-{number}", "resident": {"phone": phone}} | changes)
        assert answer.json()["way"] == "case", answer.content
        return answer.json()

    return send


@pytest.fixture
def visit(cast: Cast, warn: Callable[..., Any]) -> Callable[..., Phone]:
    """Let somebody new be warned about and visited by Lin at once, with this record; returns Lin's phone."""

    def walk(disposition: str = "dissuaded", **record: Any) -> Phone:
        warn()
        phone = Phone(cast, "lin")
        assert phone.records(disposition, **record)["verdict"] == "applied"
        return phone

    return walk
