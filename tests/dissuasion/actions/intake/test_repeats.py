"""A repeat joins the open case, raises its level when the rules say so, and rings whoever has it."""

import pytest
from django.utils import timezone

from dissuasion.models import Alert, Assignment, Case, CaseEvent
from tests.cast import alert

pytestmark = pytest.mark.django_db
QUIET = {"channel": "sms", "amount_at_risk": "0", "already_transferred": "0", "scam_type": "gaming", "risk": "low"}


def version(cast, name):
    return cast.client(name).get("/api/v1/work").json()["version"]


def history():
    return list(CaseEvent.objects.values_list("kind", flat=True))


def codes(case):
    return [reason["code"] for reason in case.reasons]


def test_it_joins_the_open_case(cast, post):
    first, second = post(alert()).json(), post(alert(external_id="a-2")).json()
    assert second["case"] == first["case"]
    assert Case.objects.get().alerts.count() == 2
    assert history() == ["heard", "judged", "assigned", "joined"]


def test_it_rings_whoever_has_the_case(cast, post):
    post(alert())
    before = version(cast, "lin")
    post(alert(external_id="a-2"))
    assert version(cast, "lin") == before + 1


def test_it_rings_the_companion_too_and_nobody_else(cast, post):
    case = post(alert()).json()["case"]
    given = Assignment.objects.get()
    body = {"person": str(cast.lin.pk), "companion": str(cast.mei.pk), "instead_of": str(given.pk)}
    told = cast.client("gu").post(f"/api/v1/cases/{case}/assign", body, "application/json")
    assert told.status_code == 200, told.content
    before = {name: version(cast, name) for name in ("lin", "mei", "qin", "wen")}
    post(alert(external_id="a-2"))
    assert {name: version(cast, name) - before[name] for name in before} == {"lin": 1, "mei": 1, "qin": 0, "wen": 0}


def test_it_gives_nobody_a_second_assignment(cast, post):
    for number in range(4):
        post(alert(external_id=f"a-{number}"))
    assert Assignment.objects.count() == 1


def test_it_raises_the_level_and_then_sends_somebody(cast, post):
    assert post(alert(**QUIET)).json()["risk"] == "low"
    assert not Assignment.objects.exists()
    assert post(alert(external_id="a-2")).json()["risk"] == "high"
    case = Case.objects.get()
    assert (case.risk, case.due_way) == ("high", "visit")
    assert Assignment.objects.get().person == cast.lin
    raised = CaseEvent.objects.filter(kind="judged").last()
    assert (raised.data["before"], raised.data["risk"]) == ("low", "high")


def test_it_rises_by_repetition_alone(cast, post):
    levels = [post(alert(external_id=f"a-{n}", **QUIET | {"scam_type": "loan"})).json()["risk"] for n in range(4)]
    assert levels == ["low", "medium", "medium", "medium"]
    assert Case.objects.get().points == 54  # high-loss type 16, aged 8, three repeats counted


def test_it_never_lowers_the_level(cast, post):
    post(alert())
    post(alert(external_id="a-2", **QUIET))
    case = Case.objects.get()
    assert (case.risk, case.due_way, str(case.amount_at_risk)) == ("high", "visit", "200000.00")


def test_it_keeps_the_largest_amounts(cast, post):
    post(alert())
    post(alert(external_id="a-2", amount_at_risk="900000", already_transferred="5"))
    case = Case.objects.get()
    assert (str(case.amount_at_risk), str(case.already_transferred)) == ("900000.00", "10000.00")


def test_it_takes_the_newest_place(cast, post):
    post(alert())
    post(alert(external_id="a-2", resident={"lat": 33.48, "lon": 114.89}))
    assert Case.objects.get().place == (33.48, 114.89)


def test_it_counts_warnings_of_closed_cases_too(cast, post):
    post(alert())
    Case.objects.update(status="closed")
    post(alert(external_id="a-2"))
    assert "repeat" in codes(Case.objects.exclude(status="closed").get())


def test_it_opens_a_monitored_case_again_and_sends_somebody(cast, post, act):
    post(alert())
    act(cast.client("lin"), "visit", Assignment.objects.get().pk, {"met": True, "disposition": "dissuaded"})
    assert Case.objects.get().status == "monitoring"
    post(alert(external_id="a-2"))
    case = Case.objects.get()
    assert (case.status, case.follow_up_on) == ("open", None)
    assert "reopened" in history()
    assert Assignment.objects.filter(case=case, status="assigned").count() == 1


def test_it_opens_a_monitored_case_of_low_risk_without_sending_anybody(cast, post):
    post(alert(**QUIET))
    Case.objects.update(status="monitoring", follow_up_on=timezone.localdate())
    post(alert(external_id="a-2", **QUIET))
    assert Case.objects.get().status == "open"
    assert not Assignment.objects.exists()


def test_it_keeps_the_reason_of_the_chief(cast, post):
    case = post(alert(**QUIET)).json()["case"]
    body = {"risk": "medium", "reason": "他女儿来电"}
    assert cast.client("gu").post(f"/api/v1/cases/{case}/risk", body, "application/json").status_code == 200
    post(alert(external_id="a-2", **QUIET))
    kept = Case.objects.get()
    assert kept.risk == "medium"
    assert codes(kept)[0] == "set_by_chief"


def test_it_sends_somebody_when_only_the_companion_is_left(cast, post, act):
    case = post(alert()).json()["case"]
    given = Assignment.objects.get()
    body = {"person": str(cast.lin.pk), "companion": str(cast.mei.pk), "instead_of": str(given.pk)}
    cast.client("gu").post(f"/api/v1/cases/{case}/assign", body, "application/json")
    lead = Assignment.objects.get(part="lead", status="assigned")
    Assignment.objects.filter(pk=lead.pk).update(status="lapsed")
    post(alert(external_id="a-2"))
    assert Assignment.objects.filter(part="lead", status="assigned").count() == 1


def test_it_keeps_cases_of_different_residents_apart(cast, post):
    post(alert())
    post(alert(external_id="a-2", resident={"phone": "10000000002"}))
    assert Case.objects.count() == 2
    assert {case.alerts.count() for case in Case.objects.all()} == {1}
    assert Alert.objects.filter(resident=cast.other_resident).count() == 1
