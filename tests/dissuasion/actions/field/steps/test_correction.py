"""A record said anew, with a reason: a row of its own, which decides where the old one still decides."""

from uuid import uuid4

import pytest

from dissuasion.models import Act, Visit
from tests.dissuasion.actions.field.phone import Phone, codes, history, protected


def recorded(lin, disposition="dissuaded", **more):
    """Send the record of a visit; return its UUID."""
    return lin.records(disposition, **more)["uuid"]


def corrects(phone, act, disposition="wavering", *, met=True, sent=None, **more):
    record = {"met": met, "disposition": disposition, **more}
    return phone.does("correction", sent, corrects=act, reason="tapped the wrong one", record=record)


def standing(gu, phone):
    return [(visit["disposition"], visit["decides"], visit["corrects"]) for visit in gu.case(phone)["visits"]]


def test_it_decides_instead_of_the_old_record_which_stays(lin, gu, clock):
    first = recorded(lin)
    clock.shift(900)
    receipt = corrects(lin, first, "refused", note="she did not promise")
    assert (receipt["verdict"], codes(receipt)) == ("applied", [])
    assert standing(gu, lin) == [("dissuaded", False, None), ("refused", True, first)]
    case = gu.case(lin)
    assert (case["status"], case["attention"], case["disposition"]) == ("open", "returned", "refused")
    assert history(case)[-3:] == ["reopened", "corrected", "returned"]
    assert case["visits"][1]["reason"] == "tapped the wrong one"


def test_it_happened_when_the_visit_did(lin, clock):
    first = recorded(lin)
    clock.shift(36_000)
    corrects(lin, first)
    assert Visit.objects.get(corrects=first).happened_at == Visit.objects.get(pk=first).happened_at


@pytest.mark.parametrize("first", ["dissuaded", "no_fraud", "refused", "wavering"])
@pytest.mark.parametrize("second", ["dissuaded", "no_fraud", "refused"])
def test_it_leads_on_from_any_result_to_any_other(lin, gu, first, second):
    corrects(lin, recorded(lin, first), second)
    case = gu.case(lin)
    ways = {"dissuaded": ("monitoring", ""), "no_fraud": ("closed", ""), "refused": ("open", "returned")}
    assert (case["status"], case["attention"]) == ways[second]
    assert (case["closed_at"] is None) is (second != "no_fraud")


def test_it_corrects_a_correction_by_either_uuid(lin, gu):
    first = recorded(lin)
    second = corrects(lin, first, "wavering")["uuid"]
    third = corrects(lin, first, "refused")["uuid"]
    corrects(lin, third, "no_fraud")
    assert [result for result, decides, _c in standing(gu, lin) if decides] == ["no_fraud"]
    assert second != third
    assert gu.case(lin)["status"] == "closed"


def test_it_counts_only_what_the_last_record_says(lin, gu):
    corrects(lin, recorded(lin, amounts=[protected("200000")]), "dissuaded", amounts=[protected("20000")])
    (row,) = gu.reads("figures")["amounts"]
    assert (row["sum"], row["n"]) == ("20000.00", 1)
    assert gu.reads("figures")["dispositions"] == {"dissuaded": 1}


def test_it_takes_a_meeting_back_from_the_figures(lin, gu):
    first = recorded(lin)
    assert gu.reads("figures")["face_to_face"]["met"] == 1
    corrects(lin, first, "not_met", met=False)
    assert (gu.reads("figures")["face_to_face"]["visited"], gu.reads("figures")["face_to_face"]["met"]) == (1, 0)


def reassigned(lin, gu, cast, send_alert):
    gu.assigns(lin, str(cast.qin.pk))


def decided(lin, gu, cast, send_alert):
    gu.asks(f"cases/{lin.case}/decide", decision="close", reason="moved away")


def level_set(lin, gu, cast, send_alert):
    gu.asks(f"cases/{lin.case}/risk", risk="low", reason="x")


@pytest.mark.parametrize("meanwhile", [reassigned, decided, level_set])
def test_it_decides_nothing_when_the_case_was_decided_otherwise(lin, gu, cast, send_alert, meanwhile):
    first = recorded(lin, "refused")
    meanwhile(lin, gu, cast, send_alert)
    before = gu.case(lin)
    receipt = corrects(lin, first, "no_fraud")
    assert (receipt["verdict"], codes(receipt)) == ("flagged", ["decided_meanwhile"])
    assert standing(gu, lin) == [("refused", True, None), ("no_fraud", False, first)]
    after = gu.case(lin)
    assert (after["status"], after["disposition"]) == (before["status"], before["disposition"])
    assert history(after)[-2:] == ["corrected", "flagged"]


def test_it_reopens_nothing_when_a_new_warning_opened_another_case(lin, gu, send_alert):
    first = recorded(lin, "no_fraud")
    send_alert(external_id="a-2")
    assert codes(corrects(lin, first, "refused")) == ["decided_meanwhile"]
    assert gu.case(lin)["status"] == "closed"


def test_it_decides_nothing_where_the_old_record_did_not(lin, gu, cast):
    gu.recalls(lin)
    late = recorded(lin)
    corrects(lin, late, "refused")
    assert [decides for _d, decides, _c in standing(gu, lin)] == [False, False]
    assert gu.case(lin)["attention"] in ("recalled", "flagged")


def test_it_needs_no_assignment_in_its_envelope(lin, gu):
    assert corrects(lin, recorded(lin), sent={"assignment": None})["verdict"] == "applied"
    assert len(standing(gu, lin)) == 2


def test_it_holds_what_corrects_no_record_of_ones_own(lin, gu, cast):
    first = recorded(lin)
    wen = Phone(cast, "wen")
    for phone, what in ((lin, str(uuid4())), (wen, first)):
        receipt = corrects(phone, what, sent={"assignment": lin.assignment})
        assert receipt["verdict"] == "held"
    assert corrects(lin, str(uuid4()))["code"] == "record_unknown"
    assert standing(gu, lin) == [("dissuaded", True, None)]


def test_it_asks_for_a_reason(lin):
    first = recorded(lin)
    record = {"met": True, "disposition": "refused"}
    for reason in ({}, {"reason": ""}, {"reason": "x" * 301}):
        assert lin.does("correction", corrects=first, record=record, **reason)["code"] == "payload_unreadable"


def test_it_is_applied_once(lin):
    first = recorded(lin)
    record = {"met": True, "disposition": "refused"}
    act = lin.envelope("correction", {"corrects": first, "reason": "slip", "record": record})
    assert [row["verdict"] for row in lin.send(act, act)] == ["applied", "already_applied"]
    assert (Visit.objects.count(), Act.objects.filter(kind="correction").count()) == (2, 1)


def test_it_leaves_what_the_desk_was_asked_beside_it(lin, gu, cast):
    first = recorded(lin, "refused")
    lin.does("visit", met="perhaps")
    lin.does("help")
    corrects(lin, first, "dissuaded")
    case = gu.case(lin)
    assert (case["status"], case["attention"]) == ("monitoring", "officer_safety")
