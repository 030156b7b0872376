"""The figures: what was counted in a unit and a period, read from the history, nothing estimated."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Person
from dissuasion.actions import watching
from dissuasion.reports import figures as figures_module
from tests.acts.phone import Desk, Phone, protected, standing_clock
from tests.cast import OTHER_PHONE, VILLAGE

clock = pytest.fixture(standing_clock)
INTERVALS = {"assign", "show", "acknowledge", "arrive", "record"}


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


def test_it_measures_each_interval_with_its_target(visited, gu):
    intervals = gu.reads("figures")["intervals"]
    assert {name: row["p50_s"] for name, row in intervals.items()} == {
        "assign": 0.0, "show": 5.0, "acknowledge": 30.0, "arrive": 600.0, "record": 1500.0,
    }  # fmt: skip
    assert {name: row["target_s"] for name, row in intervals.items()} == {
        "assign": 1, "show": 15, "acknowledge": 120, "arrive": 1200, "record": 3600,
    }  # fmt: skip
    assert {row["within_target"] for row in intervals.values()} == {1.0}


def test_it_says_outcomes_and_amounts_apart_by_evidence(visited, gu):
    told = gu.reads("figures")
    assert told["face_to_face"] == {"visited": 1, "met": 1, "rate": 1.0}
    assert told["dispositions"] == {"dissuaded": 1}
    assert {row["evidence"]: (row["sum"], row["n"], row["unit"]) for row in told["amounts"]} == {
        "bank": ("200000.00", 1, "yuan"),
        "said": ("30000.00", 1, "yuan"),
    }


def test_it_says_nothing_of_an_empty_period(gu):
    told = gu.reads("figures?start=2020-01-01&end=2020-01-31")
    assert set(told["counts"].values()) == {0}
    assert told["face_to_face"] == {"visited": 0, "met": 0, "rate": None}
    assert (told["dispositions"], told["amounts"]) == ({}, [])
    assert set(told["intervals"]) == INTERVALS
    assert {(row["n"], row["p50_s"], row["within_target"]) for row in told["intervals"].values()} == {(0, None, None)}


def test_it_counts_by_the_citys_calendar(gu, cast, send_alert, clock):
    clock.move_to(dt.datetime.fromisoformat("2026-03-04T23:59:59+08:00"))
    send_alert()
    clock.shift(2)
    gu = Desk(cast, "gu")
    assert gu.reads("figures")["counts"]["alerts"] == 0
    assert gu.reads("figures?start=2026-03-04&end=2026-03-04")["counts"]["alerts"] == 1
    assert gu.reads("figures?start=2026-03-04&end=2026-03-05")["counts"]["alerts"] == 1


def test_it_counts_what_is_below_a_unit_and_nothing_beside(visited, cast, send_alert):
    send_alert(external_id="o-1", resident={"phone": OTHER_PHONE})
    seen = {name: Desk(cast, name).reads("figures")["counts"]["alerts"] for name in ("gu", "zhao", "wengu", "city")}
    assert seen == {"gu": 1, "zhao": 1, "wengu": 1, "city": 2}


def test_it_shows_a_unit_below_when_asked(visited, cast):
    zhao = Desk(cast, "zhao")
    told = zhao.reads(f"figures?unit={cast.lin.unit_id}")
    assert (told["unit"]["id"], told["counts"]["alerts"]) == (cast.lin.unit_id, 1)
    beside = cast.units["411681113"]
    assert zhao.reads(f"figures?unit={beside.pk}")["counts"]["alerts"] == 0


@pytest.mark.parametrize("unit", ["411624114", "411624", "city"])
def test_it_knows_no_unit_beside_or_above(visited, gu, cast, unit):
    assert gu.client.get(f"/api/v1/figures?unit={cast.units[unit].pk}").status_code == 404


def test_it_lets_the_auditor_read_figures_and_nothing_else(visited, cast):
    cast.people["auditor"] = Person.objects.create(
        username="auditor", name="督察", role="auditor", unit=cast.units["411681"], password="!"
    )
    auditor = Desk(cast, "auditor")
    assert auditor.reads("figures")["counts"]["alerts"] == 1
    assert auditor.client.get("/api/v1/board").status_code == 403


def test_it_counts_lapses_declines_and_shortfalls(gu, cast, send_alert, clock):
    send_alert()
    Phone(cast, "lin").does("decline", reason="unwell")
    watching.tick(at=timezone.now())
    clock.shift(121)
    watching.tick(at=timezone.now())
    Person.objects.exclude(username="gu").update(is_active=False)
    watching.tick(at=timezone.now())
    counts = gu.reads("figures")["counts"]
    assert (counts["declined"], counts["lapsed"], counts["shortfalls"], counts["assignments"]) == (1, 1, 1, 2)


def test_it_counts_repeats_apart_from_cases(gu, send_alert):
    send_alert()
    send_alert(external_id="a-2")
    send_alert(external_id="a-2")
    counts = gu.reads("figures")["counts"]
    assert (counts["alerts"], counts["cases"], counts["repeats"]) == (2, 1, 1)


def test_it_counts_an_unclear_alert_once_before_and_after_it_is_settled(gu, cast, send_alert):
    send_alert(resident={"phone": "10000000555", "division_code": VILLAGE})
    zhao = Desk(cast, "zhao")
    before = zhao.reads("figures")["counts"]
    (entry,) = zhao.reads("board")["triage"]
    zhao.asks(f"triage/{entry['id']}/settle", resident=str(cast.zhao_resident.pk))
    after = zhao.reads("figures")["counts"]
    assert (before["alerts"], before["triage"], before["cases"]) == (1, 1, 0)
    assert (after["alerts"], after["triage"], after["cases"]) == (1, 1, 1)


def test_it_counts_a_case_once_that_was_visited_twice(gu, cast, send_alert):
    send_alert()
    lin = Phone(cast, "lin")
    lin.records("not_met", met=False)
    gu.assigns(lin, str(cast.qin.pk))
    Phone(cast, "qin").records("dissuaded")
    told = gu.reads("figures")
    assert told["face_to_face"] == {"visited": 1, "met": 1, "rate": 1.0}
    assert told["dispositions"] == {"not_met": 1, "dissuaded": 1}


def test_it_counts_who_was_not_met(gu, cast, send_alert):
    send_alert()
    Phone(cast, "lin").records("not_met", met=False)
    assert gu.reads("figures")["face_to_face"] == {"visited": 1, "met": 0, "rate": 0.0}


def test_it_measures_leads_and_not_companions(visited, gu, cast, send_alert, clock):
    send_alert(external_id="a-9")
    (row,) = gu.reads("board")["cases"]
    mei = {"instead_of": row["team"][0]["id"], "companion": str(cast.mei.pk)}
    gu.asks(f"cases/{row['id']}/assign", person=str(cast.lin.pk), **mei)
    clock.shift(60)
    Phone(cast, "mei").does("acknowledge")
    assert gu.reads("figures")["intervals"]["acknowledge"]["n"] == 1


def test_it_takes_the_time_of_the_phone_where_an_act_came_late(gu, cast, send_alert, clock):
    send_alert()
    lin = Phone(cast, "lin")
    lin.work()
    clock.shift(3600)
    lin.does("arrive", sent={"happened_at": "2026-03-04T09:08:20+08:00"})
    assert gu.reads("figures")["intervals"]["arrive"]["p50_s"] == 500.0


PERCENTILES = [
    ([], 0.5, None),
    ([7.0], 0.5, 7.0),
    ([7.0], 0.9, 7.0),
    ([1.0, 2.0, 3.0, 4.0], 0.5, 2.0),
    ([1.0, 2.0, 3.0, 4.0], 0.9, 4.0),
    ([float(n) for n in range(1, 11)], 0.9, 9.0),
    ([float(n) for n in range(1, 101)], 0.9, 90.0),
]


@pytest.mark.parametrize(("ordered", "share", "expected"), PERCENTILES)
def test_it_takes_the_nearest_rank(ordered, share, expected):
    assert figures_module._percentile(ordered, share) == expected


@pytest.mark.parametrize(
    "query",
    [
        "start=x",
        "start=2026-03-05&end=2026-03-04",
        "start=2024-01-01&end=2026-01-01",
        "unit=x",
        "unit=0",
        "end=2026-02-30",
    ],
)
def test_it_names_what_it_cannot_read(gu, query):
    answer = gu.client.get(f"/api/v1/figures?{query}")
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")
    assert answer.json()["errors"][0]["reason"]


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
