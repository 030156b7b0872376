"""The figures of one whole visit: the auditor's look, a phone that comes late, and a constant number of queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Person
from tests.dissuasion.actions.field.phone import Desk, Phone, protected


@pytest.fixture
def gu(clock, cast) -> Desk:
    """The desk of Lin's station chief."""
    return Desk(cast, "gu")


@pytest.fixture
def visited(gu, cast, send_alert, clock) -> Phone:
    """Lin's phone after a visit: shown after 5 s, acknowledged after 30, there after 600, recorded 1,500 later."""
    send_alert()
    lin = Phone(cast, "lin")
    for kind, seconds in (("receipt", 5), ("acknowledge", 25), ("arrive", 570)):
        clock.shift(seconds)
        lin.does(kind)
    clock.shift(1500)
    lin.records("dissuaded", amounts=[protected("200000"), protected("30000", evidence="said")])
    return lin


def test_it_counts_the_way_of_one_alert(visited, gu):
    counts = gu.reads("figures")["counts"]
    assert {name: number for name, number in counts.items() if number} == {
        "alerts": 1, "cases": 1, "high": 1, "assignments": 1,
    }  # fmt: skip


def test_it_lets_the_auditor_read_figures_and_nothing_else(visited, cast):
    cast.people["auditor"] = Person.objects.create(
        username="auditor", name="督察", role="auditor", unit=cast.units["411681"], password="!"
    )
    auditor = Desk(cast, "auditor")
    assert auditor.reads("figures")["counts"]["alerts"] == 1
    assert auditor.client.get("/api/v1/board").status_code == 403


def test_it_takes_the_time_of_the_phone_where_an_act_came_late(gu, cast, send_alert, clock):
    send_alert()
    lin = Phone(cast, "lin")
    lin.work()
    clock.shift(3600)
    lin.does("arrive", sent={"happened_at": "2026-03-04T09:08:20+08:00"})
    assert gu.reads("figures")["intervals"]["arrive"]["p50_s"] == 500.0


def test_it_asks_the_database_the_same_however_much_happened(visited, gu, send_alert, cast):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            gu.reads("figures")
        return len(captured)

    few = queries()
    for number in range(4):
        send_alert(external_id=f"more-{number}")
    Phone(cast, "lin").records("refused", amounts=[protected("5")])
    assert queries() == few
