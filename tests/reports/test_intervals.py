"""How long each step took: three cases whose times are known by hand, and what is left out."""

import pytest

from dissuasion.reports.figures import _percentile
from tests.acts.phone import Desk, Phone

# Seconds from the assignment to receipt, acknowledgement and arrival, and from there to the record.
TIMES = ((5, 30, 600, 300), (15, 120, 1200, 3600), (20, 130, 1500, 4000))


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


@pytest.mark.parametrize(
    ("values", "share", "expected"),
    [([], 0.5, None), ([7.0], 0.9, 7.0), ([1.0, 2.0], 0.5, 1.0), ([*map(float, range(1, 11))], 0.9, 9.0)],
)
def test_it_takes_the_nearest_rank(values, share, expected):
    assert _percentile(values, share) == expected
