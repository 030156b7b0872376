"""What the tests of dispatch share: a clock that stands, a high-risk case, the chief's desk, who stands where."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Presence, Shift
from accounts.people import go_off_duty
from households.models import Household, Resident
from tests.acts.phone import Desk, Phone, standing_clock
from tests.cast import HOME, VILLAGE, alert

clock = pytest.fixture(standing_clock)


@pytest.fixture
def gu(clock, cast) -> Desk:
    """The desk of Lin's station chief."""
    return Desk(cast, "gu")


@pytest.fixture
def lin(gu, cast, send_alert) -> Phone:
    """Lin's phone with a case that the machine sent."""
    send_alert()
    phone = Phone(cast, "lin")
    phone.work()
    return phone


@pytest.fixture
def place(cast) -> Callable[..., None]:
    """Put somebody's phone so many metres north of Mrs Zhao's door, heard so many seconds ago."""

    def put(name: str, metres: float, *, old: float = 30, silent: float = 0) -> None:
        now = timezone.now()
        where = {"lat": HOME[0] + metres / 110_922, "lon": HOME[1], "accuracy_m": 10}
        when = {"position_at": now - dt.timedelta(seconds=old), "seen_at": now - dt.timedelta(seconds=silent)}
        Presence.objects.update_or_create(person=cast.people[name], defaults=where | when)

    return put


@pytest.fixture
def off_duty(cast) -> Callable[..., None]:
    """Send people home; without names everybody."""

    def go(*names: str) -> None:
        for name in names or cast.people:
            go_off_duty(cast.people[name], at=timezone.now())

    return go


@pytest.fixture
def on_duty(cast) -> Callable[[str], None]:
    """Put somebody on duty for a shift."""

    def go(name: str) -> None:
        now = timezone.now()
        Shift.objects.create(person=cast.people[name], starts_at=now, ends_at=now + dt.timedelta(hours=8))

    return go


@pytest.fixture
def neighbour(cast) -> Callable[[str], dict[str, Any]]:
    """Make another resident of the village; returns the body of a high-risk alert about them."""

    def make(phone: str) -> dict[str, Any]:
        home = Household.objects.create(division_id=VILLAGE, address="示范路20号", lat=HOME[0], lon=HOME[1])
        Resident.objects.create(household=home, name="邻某", phone=phone)
        return alert(external_id=f"n-{phone}", resident={"phone": phone})

    return make
