"""What many rooms of tests share: a clock that stands, the desks, Lin's phone with a case on it, who stands where."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Person, Presence, PushSubscription, Shift
from accounts.people import go_off_duty
from households.models import Household, Resident
from tests.cast import HOME, VILLAGE, alert
from tests.dissuasion.actions.field.phone import Desk, Phone, standing_clock

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
    assert phone.held() == ["assigned"]
    return phone


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
def person(cast) -> Callable[[str, str], Person]:
    """Make another member of Lin's station with this role."""

    def make(name: str, role: str) -> Person:
        made = Person(username=name, name=name, role=role, unit=cast.lin.unit, language="en", password="!")
        made.phone = f"1008{len(cast.people):07d}"
        made.save()
        cast.people[name] = made
        return made

    return make


@pytest.fixture
def proven(cast) -> None:
    """Lin's phone has shown a push message today."""
    now = timezone.now()
    PushSubscription.objects.create(
        person=cast.lin, device="d", endpoint="http://127.0.0.1:9/x", endpoint_index="x", p256dh="k", auth="a",
        made_at=now, proven_at=now,
    )  # fmt: skip


@pytest.fixture
def neighbour(cast) -> Callable[[str], dict[str, Any]]:
    """Make another resident of the village; returns the body of a high-risk alert about them."""

    def make(phone: str) -> dict[str, Any]:
        home = Household.objects.create(division_id=VILLAGE, address="示范路20号", lat=HOME[0], lon=HOME[1])
        Resident.objects.create(household=home, name="邻某", phone=phone)
        return alert(external_id=f"n-{phone}", resident={"phone": phone})

    return make
