"""Facts from the field that come after an assignment ended: kept, flagged, and told to everybody concerned."""

import datetime as dt

import pytest
from django.utils import timezone

from dissuasion.actions.clocks import due
from dissuasion.models import CheckIn, Visit
from tests.dissuasion.actions.field.phone import Phone, codes, history


@pytest.fixture
def qin(lin, gu, cast) -> Phone:
    """Qin's phone: the chief has given Lin's case to Qin."""
    assert gu.assigns(lin, str(cast.qin.pk), instead_of=lin.assignment).status_code == 200
    phone = Phone(cast, "qin")
    assert phone.held() == ["assigned"]
    return phone


def lapse(phone: Phone, clock) -> None:
    for seconds in (60, 240):  # a second is asked, then both are let go
        clock.shift(seconds)
        due.tick(at=timezone.now())
    assert phone.held() == []


STEPS = ["acknowledge", "depart", "arrive", "visit"]


def does(phone: Phone, kind: str) -> dict:
    return phone.records() if kind == "visit" else phone.does(kind)


@pytest.mark.parametrize("kind", STEPS)
def test_it_keeps_what_comes_after_a_recall(lin, gu, kind):
    gu.recalls(lin)
    receipt = does(lin, kind)
    assert (receipt["verdict"], codes(receipt)) == ("flagged", ["after_recall"])
    case = gu.case(lin)
    assert (history(case)[-1], case["status"], case["attention"]) == ("flagged", "open", "recalled")
    assert case["assignments"][0]["status"] == "recalled"


@pytest.mark.parametrize("kind", STEPS)
def test_it_keeps_what_comes_after_a_lapse(lin, gu, clock, kind):
    lapse(lin, clock)
    receipt = does(lin, kind)
    assert codes(receipt) == ["after_lapse"]
    assert gu.case(lin)["attention"] == "flagged"


@pytest.mark.parametrize("kind", STEPS)
def test_it_keeps_what_comes_after_a_reassignment_and_tells_the_new_holder(lin, qin, gu, kind):
    before = qin.work()["version"]
    assert codes(does(lin, kind)) == ["after_recall"]
    assert qin.held() == ["assigned"]
    assert qin.work()["version"] > before
    assert gu.case(lin)["attention"] == "flagged"


def test_it_shows_the_new_holder_the_late_record(lin, qin):
    lin.records("refused", note="she was on the phone with them")
    (visit,) = qin.work()["assignments"][0]["history"]["visits"]
    assert (visit["by"], visit["disposition"]) == (lin.person.name, "refused")


def test_it_lets_the_new_holder_decide_the_case(lin, qin, gu, clock):
    lin.records("no_fraud")
    assert gu.case(lin)["status"] == "open"
    clock.shift(60)
    receipt = qin.records("dissuaded")
    assert (receipt["verdict"], gu.case(lin)["status"]) == ("applied", "monitoring")
    assert [visit["decides"] for visit in gu.case(lin)["visits"]] == [False, True]


def test_it_flags_a_record_after_the_new_holders(lin, qin, gu):
    qin.records("dissuaded")
    assert codes(lin.records("refused")) == ["after_recall", "second_record"]
    case = gu.case(lin)
    assert (case["status"], case["attention"], case["disposition"]) == ("monitoring", "flagged", "dissuaded")


def test_it_lists_a_monitored_case_again_when_a_late_record_came(lin, qin, gu):
    qin.records("dissuaded")
    assert gu.reads("board")["cases"] == []
    lin.records("refused")
    assert [row["attention"] for row in gu.reads("board")["cases"]] == ["flagged"]


def test_it_keeps_a_record_after_closure(lin, qin, gu):
    qin.records("no_fraud")
    receipt = lin.records("refused")
    assert (receipt["verdict"], codes(receipt)) == ("flagged", ["after_close", "second_record"])
    case = gu.case(lin)
    assert (case["status"], case["attention"]) == ("closed", "flagged")
    assert history(case)[-1] == "flagged"


def test_it_keeps_a_second_record_of_the_same_person(lin, gu, clock):
    lin.records("dissuaded")
    clock.shift(60)
    assert codes(lin.records("dissuaded")) == ["after_clear", "second_record"]
    assert [visit["decides"] for visit in gu.case(lin)["visits"]] == [True, False]


def test_it_keeps_a_check_in_and_an_amount_after_the_end(lin, gu):
    gu.recalls(lin)
    lin.does("arrive", position={"lat": 33.466, "lon": 114.875, "accuracy_m": 9})
    lin.records(amounts=[{"meaning": "protected", "evidence": "seen", "quantity": "70"}])
    assert CheckIn.objects.get().grade == "A"
    assert Visit.objects.get().amounts.count() == 1


def test_it_does_not_count_a_late_record_in_the_figures(lin, gu):
    gu.recalls(lin)
    lin.records(amounts=[{"meaning": "protected", "evidence": "seen", "quantity": "70"}])
    figures = gu.reads("figures")
    assert figures["face_to_face"]["visited"] == 0
    assert figures["amounts"] == []


def test_it_takes_a_note_and_a_device_receipt_at_any_time(lin, gu):
    gu.recalls(lin)
    assert [lin.does(kind, **({"text": "x"} if kind == "note" else {}))["verdict"] for kind in ("note", "receipt")] == [
        "applied",
        "applied",
    ]


def test_it_does_not_bring_a_case_back_to_the_phone(lin, gu):
    gu.recalls(lin)
    lin.does("arrive")
    assert lin.held() == []


@pytest.mark.parametrize("kind", STEPS)
def test_it_tells_who_has_it_now_and_since_when(lin, qin, clock, kind):
    since = qin.work()["assignments"][0]["assigned_at"]
    clock.shift(60)
    receipt = does(lin, kind)
    assert receipt["holder"] == qin.person.name
    assert dt.datetime.fromisoformat(receipt["holder_since"]) == dt.datetime.fromisoformat(since)


def test_it_names_nobody_where_nobody_has_it(lin, gu):
    gu.recalls(lin)
    assert "holder" not in lin.does("arrive")


def test_it_shows_a_late_record_of_an_earlier_case_to_whoever_visits_the_same_resident_now(lin, send_alert):
    earlier = lin.assignment
    lin.records("no_fraud")
    send_alert(external_id="a-2")
    before = lin.work()
    lin.does("visit", {"assignment": earlier}, met=True, disposition="refused")
    after = lin.work()
    visits = [len(document["assignments"][0]["history"]["visits"]) for document in (before, after)]
    assert (visits, after["version"] > before["version"]) == ([1, 2], True)
