"""Who was met face to face, what came of it, and what was kept safe or lost, by how well it is proven."""

import pytest

from tests.dissuasion.actions.field.phone import Desk, Phone, protected

LOW = {"risk": "low", "channel": "web", "amount_at_risk": "0", "already_transferred": "0", "scam_type": "other"}


def met(desk):
    """Return what is not nothing."""
    return {name: number for name, number in desk.reads("figures")["face_to_face"].items() if number}


def amounts(desk):
    rows = desk.reads("figures")["amounts"]
    return {(row["meaning"], row["kind"], row["evidence"]): (row["sum"], row["unit"], row["n"]) for row in rows}


@pytest.fixture
def twice(cast, gu, warn):
    """Visit one case twice: Lin's record goes back to the desk, which sends Qin."""

    def walk(first, second):
        lin, qin = Phone(cast, "lin"), Phone(cast, "qin")
        warn()
        lin.work()
        lin.records(first, met=first == "refused")
        assert gu.assigns(lin, to=str(cast.qin.pk)).status_code == 200
        qin.work()
        assert qin.records(second)["verdict"] == "applied"

    return walk


def test_it_counts_a_case_once_however_often_it_was_visited(gu, twice):
    twice("refused", "dissuaded")
    assert met(gu) == {"due": 1, "visited": 1, "met": 1, "rate": 1.0}
    assert gu.reads("figures")["dispositions"] == {"refused": 1, "dissuaded": 1}


def test_it_counts_a_case_as_met_when_the_second_visit_met_her(gu, twice):
    twice("not_met", "dissuaded")
    assert met(gu) == {"due": 1, "visited": 1, "met": 1, "rate": 1.0}


def test_it_tells_met_from_visited(gu, visit):
    visit("dissuaded")
    visit("not_met", met=False)
    visit("by_phone_only", met=False)
    assert met(gu) == {"due": 3, "visited": 3, "met": 1, "rate": 0.3333}


def test_it_counts_high_risk_visits_only(cast, gu, warn):
    case, phone = warn()["case"], Phone(cast, "lin")
    phone.work()
    gu.asks(f"cases/{case}/risk", risk="medium", reason="calm now")
    phone.records()
    assert met(gu) == {"lowered": 1}
    assert gu.reads("figures")["dispositions"] == {"dissuaded": 1}


def test_it_takes_the_level_of_the_moment_of_the_visit(cast, gu, warn, visit):
    phone = visit("dissuaded")
    gu.asks(f"cases/{phone.case}/risk", risk="medium", reason="calm now")
    assert met(gu) == {"due": 1, "visited": 1, "met": 1, "rate": 1.0}
    low = warn(**LOW)["case"]
    gu.asks(f"cases/{low}/assign", person=str(cast.lin.pk))
    Phone(cast, "lin").records("refused")  # it is this that raises the level: the visit due is the next one
    assert met(gu) == {"due": 2, "visited": 1, "met": 1, "in_hand": 1, "rate": 1.0}


def test_it_keeps_cases_in_hand_out_of_the_rate_and_not_those_closed_unvisited(cast, gu, visit, warn):
    visit("dissuaded")
    case, phone = warn()["case"], Phone(cast, "lin")
    phone.work()
    assert met(gu) == {"due": 2, "visited": 1, "met": 1, "in_hand": 1, "rate": 1.0}
    gu.recalls(phone)
    assert gu.asks(f"cases/{case}/decide", decision="close", reason="moved away").status_code == 200
    assert met(gu) == {"due": 2, "visited": 1, "met": 1, "closed_unvisited": 1, "rate": 0.5}


def test_it_keeps_amounts_apart_by_evidence(gu, visit):
    visit(amounts=[protected("1000.50"), protected("20", evidence="said")])
    visit(amounts=[protected("0.25"), protected("5", evidence="seen")])
    assert amounts(gu) == {
        ("protected", "money", "bank"): ("1000.75", "yuan", 2),
        ("protected", "money", "said"): ("20.00", "yuan", 1),
        ("protected", "money", "seen"): ("5.00", "yuan", 1),
    }


def test_it_counts_gold_in_grams_and_losses_apart(gu, visit):
    gold = {"meaning": "protected", "evidence": "seen", "kind": "gold", "quantity": "35.125"}
    lost = {"meaning": "lost", "evidence": "bank", "kind": "money", "quantity": "9999999999.99"}
    other = {"meaning": "protected", "evidence": "said", "kind": "other", "quantity": "300"}
    visit(amounts=[gold, lost, other])
    assert amounts(gu) == {
        ("protected", "gold", "seen"): ("35.125", "gram", 1),
        ("lost", "money", "bank"): ("9999999999.99", "yuan", 1),
        ("protected", "other", "said"): ("300.00", "yuan", 1),
    }


def test_it_counts_no_amount_twice_when_two_record_one_visit(cast, gu, warn):
    case, lin, mei = warn()["case"], Phone(cast, "lin"), Phone(cast, "mei")
    lin.work()
    asked = {"companion": str(cast.mei.pk), "instead_of": lin.assignment}
    assert gu.asks(f"cases/{case}/assign", person=str(cast.qin.pk), **asked).status_code == 200
    qin = Phone(cast, "qin")
    mei.work(), qin.work()
    mei.records(amounts=[protected("700")])
    qin.records(amounts=[protected("700")])
    assert amounts(gu) == {("protected", "money", "bank"): ("700.00", "yuan", 1)}
    assert gu.reads("figures")["dispositions"] == {"dissuaded": 1}


def test_it_shows_no_outcome_to_the_neighbours(cast, gu, visit):
    visit(amounts=[protected("700")])
    wengu = Desk(cast, "wengu")
    assert (met(wengu), amounts(wengu)) == ({}, {})
