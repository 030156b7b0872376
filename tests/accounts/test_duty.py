"""On duty and off: kept in the database, bounded, and what the machine goes by."""

import datetime as dt

import pytest
from django.utils import timezone

from accounts.models import Shift
from accounts.people import go_off_duty, go_on_duty, on_duty_until
from dissuasion.models import Assignment, Case
from tests.cast import make_cast
from tests.dissuasion.actions.field.phone import standing_clock

clock = pytest.fixture(standing_clock)
HOUR = dt.timedelta(hours=1)
OUT_OF_RANGE = ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59Z", "9999-12-31T23:59:59-14:00")
JUNK = ("soon", "", 7, [], {}, True, "\x00", "2026-02-30T09:00:00Z", *OUT_OF_RANGE)


@pytest.fixture
def cast(clock, db):
    """The cast by the clock that stands; nobody of it is on duty."""
    made = make_cast()
    Shift.objects.all().delete()
    return made


@pytest.fixture
def lin(cast):
    return cast.client("lin")


def duty(client):
    return client.get("/api/v1/duty").json()


def go(client, **body):
    return client.post("/api/v1/duty", body, "application/json")


def hours(answer):
    """Return for how many hours from now somebody is on duty."""
    return (dt.datetime.fromisoformat(answer["until"]) - timezone.now()) / HOUR


def test_it_begins_off_duty(lin):
    assert duty(lin) == {"on_duty": False, "until": None}


def test_it_goes_on_duty_for_twelve_hours(lin):
    answer = go(lin, on_duty=True)
    assert (answer.status_code, answer.json()["on_duty"], hours(answer.json())) == (200, True, 12)


def test_it_goes_on_duty_until_a_moment(lin):
    until = (timezone.now() + 3 * HOUR).isoformat()
    assert hours(go(lin, on_duty=True, until=until).json()) == 3


def test_it_stays_a_day_at_most(lin):
    for until in ("2026-03-14T09:00:00+08:00", "9999-12-30T23:59:59Z"):
        assert hours(go(lin, on_duty=True, until=until).json()) == 24


def test_it_is_no_duty_until_a_moment_that_is_over(lin):
    assert go(lin, on_duty=True, until="2026-03-04T08:59:59+08:00").json() == {"on_duty": False, "until": None}


@pytest.mark.parametrize(
    "until",
    [
        "soon",
        "",
        7,
        [],
        {},
        True,
        "2026-02-30T09:00:00Z",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
        "\x00",
    ],
)
def test_it_refuses_a_moment_that_is_none(lin, until):
    answer = go(lin, on_duty=True, until=until)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "until")
    assert duty(lin)["on_duty"] is False


@pytest.mark.parametrize("body", [{}, {"on_duty": "maybe"}, {"on_duty": None}, {"on_duty": []}])
def test_it_refuses_what_says_nothing(lin, body):
    answer = go(lin, **body)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "on_duty")


def test_it_is_still_on_duty_on_another_phone_and_after_a_restart(cast, lin):
    go(lin, on_duty=True)
    assert duty(cast.client("lin")) == duty(lin)
    assert on_duty_until(cast.lin, at=timezone.now()) == timezone.now() + 12 * HOUR


def test_it_ends_by_itself(cast, lin, clock):
    go(lin, on_duty=True)
    clock.shift(12 * HOUR - dt.timedelta(seconds=1))
    assert duty(lin)["on_duty"] is True
    clock.shift(1)
    assert duty(lin)["on_duty"] is False


def test_it_prolongs_a_running_shift(cast, lin, clock):
    go(lin, on_duty=True)
    clock.shift(2 * HOUR)
    assert hours(go(lin, on_duty=True).json()) == 12
    assert Shift.objects.filter(person=cast.lin).count() == 1


def test_it_goes_by_the_longest_of_overlapping_shifts(cast):
    now = timezone.now()
    for starts, ends in ((-2, 3), (-1, 8), (-5, 1), (-9, -6), (20, 30)):
        Shift.objects.create(person=cast.lin, starts_at=now + starts * HOUR, ends_at=now + ends * HOUR)
    assert on_duty_until(cast.lin, at=now) == now + 8 * HOUR


def test_it_prolongs_where_shifts_overlap(cast):
    now = timezone.now()
    for ends in (3, 8):
        Shift.objects.create(person=cast.lin, starts_at=now - HOUR, ends_at=now + ends * HOUR)
    go_on_duty(cast.lin, at=now, until=now + 12 * HOUR)
    assert on_duty_until(cast.lin, at=now) == now + 12 * HOUR
    assert Shift.objects.filter(person=cast.lin).count() == 2


def test_it_ends_every_running_shift_at_once(cast, lin):
    now = timezone.now()
    for ends in (3, 8):
        Shift.objects.create(person=cast.lin, starts_at=now - HOUR, ends_at=now + ends * HOUR)
    assert go(lin, on_duty=False).json() == {"on_duty": False, "until": None}
    assert go_off_duty(cast.lin, at=now) == 0


def test_it_leaves_the_shift_of_tomorrow(cast, lin, clock):
    tomorrow = timezone.now() + 10 * HOUR
    Shift.objects.create(person=cast.lin, starts_at=tomorrow, ends_at=tomorrow + 8 * HOUR)
    go(lin, on_duty=True, until=(timezone.now() + HOUR).isoformat())
    go(lin, on_duty=False)
    clock.shift(11 * HOUR)
    assert duty(lin)["on_duty"] is True


def test_it_changes_nobody_elses_duty(cast, lin):
    go(cast.client("qin"), on_duty=True)
    go(lin, on_duty=True)
    go(lin, on_duty=False)
    assert duty(cast.client("qin"))["on_duty"] is True


def test_it_sends_nobody_who_is_off_duty(cast, lin, send_alert):
    go(lin, on_duty=True)
    go(lin, on_duty=False)
    go(cast.client("qin"), on_duty=True)
    send_alert()
    assert Assignment.objects.get().person == cast.qin


def test_it_tells_the_desk_when_everybody_is_off_duty(cast, send_alert):
    send_alert()
    assert not Assignment.objects.exists()
    assert Case.objects.get().attention == "shortfall"


def test_it_leaves_the_case_with_who_goes_off_duty(cast, lin, send_alert):
    go(lin, on_duty=True)
    send_alert()
    go(lin, on_duty=False)
    assert Assignment.objects.get().status == "assigned"
    assert len(lin.get("/api/v1/work").json()["assignments"]) == 1
