"""How long each step took: three cases whose times are known by hand, and what is left out."""

import datetime as dt

import pytest
from django.utils import timezone

from dissuasion.actions.clocks import due
from dissuasion.models import Policy
from dissuasion.reports.intervals import percentile
from tests.dissuasion.actions.field.phone import Desk, Phone

# Seconds from the assignment to receipt, acknowledgement and arrival, and from there to the record.
TIMES = ((5, 30, 600, 300), (15, 120, 1200, 3600), (20, 130, 1500, 4000))


def measured(desk, name):
    return desk.reads("figures")["intervals"][name]


@pytest.fixture
def go(cast, clock, warn):
    """Walk one case in which each step takes its time."""

    def walk(shown, acknowledged, arrived, recorded):
        warn()
        phone = Phone(cast, "lin")
        waits = {"receipt": shown, "acknowledge": acknowledged - shown, "arrive": arrived - acknowledged}
        for kind, seconds in waits.items():
            clock.shift(seconds)
            assert phone.does(kind)["verdict"] == "applied"
        clock.shift(recorded)
        assert phone.records()["verdict"] == "applied"
        return phone

    return walk


def test_it_measures_three_cases(cast, go):
    for times in TIMES:
        go(*times)
    found = Desk(cast, "gu").reads("figures")["intervals"]
    assert {name: (row["n"], row["p50_s"], row["p90_s"], row["within_target"]) for name, row in found.items()} == {
        "assign": (3, 0.0, 0.0, 1.0),
        "show": (3, 15.0, 20.0, 0.6667),
        "acknowledge": (3, 120.0, 130.0, 0.6667),
        "arrive": (3, 1200.0, 1500.0, 0.6667),
        "record": (3, 3600.0, 4000.0, 0.6667),
    }


def test_it_names_the_targets(gu):
    targets = {name: row["target_s"] for name, row in gu.reads("figures")["intervals"].items()}
    assert targets == {"assign": 1, "show": 15, "acknowledge": 120, "arrive": 1200, "record": 3600}


def test_it_measures_leads_only(cast, clock, gu, warn):
    case, phone = warn()["case"], Phone(cast, "lin")
    phone.work()
    asked = {"companion": str(cast.mei.pk), "instead_of": phone.assignment}
    assert gu.asks(f"cases/{case}/assign", person=str(cast.qin.pk), **asked).status_code == 200
    clock.shift(50)
    Phone(cast, "mei").does("acknowledge")
    clock.shift(10)
    Phone(cast, "qin").does("acknowledge")
    found = gu.reads("figures")["intervals"]["acknowledge"]
    assert (found["n"], found["p50_s"]) == (1, 60.0)


def test_it_measures_the_first_assignment_of_a_case(cast, clock, gu, warn):
    case, phone = warn()["case"], Phone(cast, "lin")
    phone.work()
    clock.shift(900)
    gu.asks(f"cases/{case}/assign", person=str(cast.qin.pk), instead_of=phone.assignment)
    found = gu.reads("figures")["intervals"]["assign"]
    assert (found["n"], found["p90_s"]) == (1, 0.0)


def test_it_counts_a_wait_for_somebody_into_the_assignment(cast, clock, gu, warn):
    cast.lin.shifts.all().delete()
    case = warn()["case"]
    clock.shift(300)
    gu.asks(f"cases/{case}/assign", person=str(cast.lin.pk))
    found = gu.reads("figures")["intervals"]["assign"]
    assert (found["n"], found["p50_s"], found["within_target"]) == (1, 300.0, 0.0)


def test_it_waits_from_when_a_visit_fell_due(cast, clock, gu, warn):
    case = warn(risk="low", channel="web", amount_at_risk="0", already_transferred="0", scam_type="other")["case"]
    clock.shift(900)
    gu.asks(f"cases/{case}/risk", risk="high", reason="seen")
    clock.shift(5)
    gu.asks(f"cases/{case}/assign", person=str(cast.lin.pk))
    found = measured(gu, "assign")
    assert (found["n"], found["p50_s"], found["missed"]) == (1, 5.0, 0)


def test_it_counts_a_case_that_waits_for_somebody_as_missed(cast, clock, gu, warn):
    cast.lin.shifts.all().delete()
    warn()
    clock.shift(60)
    assert (measured(gu, "assign")["n"], measured(gu, "assign")["missed"]) == (0, 1)


def test_it_counts_what_lapsed_as_missed(cast, clock, gu, warn):
    warn()
    for seconds in (60, 240, 0):  # a second is asked, both are let go, and one of them is asked anew
        clock.shift(seconds)
        due.tick(at=timezone.now())
    Phone(cast, "lin").does("acknowledge")
    found = measured(gu, "acknowledge")
    assert gu.reads("figures")["counts"]["lapsed"] == 1
    assert (found["n"], found["missed"], found["within_target"]) == (1, 1, 0.5)
    assert measured(gu, "arrive")["missed"] == 0  # taken away long before it was due


def test_it_counts_an_open_lead_as_missed_once_its_deadline_has_passed(cast, clock, gu, warn):
    warn()
    Phone(cast, "lin").does("acknowledge")
    clock.shift(1199)
    assert (measured(gu, "arrive")["missed"], measured(gu, "arrive")["within_target"]) == (0, None)
    clock.shift(2)
    assert (measured(gu, "arrive")["missed"], measured(gu, "arrive")["within_target"]) == (1, 0.0)


def test_it_misses_no_step_that_was_left_out(cast, clock, gu, warn):
    warn()
    phone = Phone(cast, "lin")
    clock.shift(10)
    phone.does("arrive")
    clock.shift(600)
    assert [measured(gu, name)["missed"] for name in ("show", "acknowledge", "arrive")] == [0, 0, 0]


def test_it_follows_a_lead_past_the_end_of_the_period(cast, clock, gu, warn):
    clock.move_to(timezone.localtime().replace(hour=23, minute=59, second=50))
    warn()
    clock.shift(30)
    Phone(cast, "lin").does("acknowledge")
    gu = Desk(cast, "gu")  # nobody stays signed in overnight
    today = gu.reads("figures?start=2026-03-04&end=2026-03-04")["intervals"]["acknowledge"]
    assert (today["n"], today["p50_s"], today["missed"]) == (1, 30.0, 0)
    assert measured(gu, "acknowledge")["n"] == 0


def test_it_judges_by_the_deadlines_of_each_assignment(cast, clock, gu, go):
    go(5, 100, 600, 300)
    content = Policy.current("deadlines").content
    strict = content["high"] | {"acknowledge": 60}
    Policy.objects.create(kind="deadlines", version=99, content=content | {"high": strict})
    go(5, 100, 600, 300)
    found = measured(gu, "acknowledge")
    assert (found["n"], found["within_target"], found["target_s"]) == (2, 0.5, 60)


def test_it_leaves_out_what_ended_before_it_began(cast, clock, gu, warn):
    warn()
    phone = Phone(cast, "lin")
    phone.work()
    clock.shift(30)
    before = timezone.now() - dt.timedelta(hours=1)
    phone.does("acknowledge", sent={"happened_at": before.isoformat()})
    found = measured(gu, "acknowledge")
    assert (found["n"], found["clock"], found["missed"], found["within_target"]) == (0, 1, 0, None)


@pytest.mark.parametrize(
    ("values", "share", "expected"),
    [([], 0.5, None), ([7.0], 0.9, 7.0), ([1.0, 2.0], 0.5, 1.0), ([*map(float, range(1, 11))], 0.9, 9.0)],
)
def test_it_takes_the_nearest_rank(values, share, expected):
    assert percentile(values, share) == expected
