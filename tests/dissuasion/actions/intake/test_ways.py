"""Each level has its way: high is dispatched at once, medium and low wait with theirs."""

import pytest

from dissuasion.models import Assignment, Case, Policy
from dissuasion.rules import triage
from tests.cast import alert

pytestmark = pytest.mark.django_db
QUIET = {"channel": "sms", "amount_at_risk": "0", "already_transferred": "0", "scam_type": "gaming"}


def test_it_sends_an_officer_at_once_for_high_risk(cast, post):
    post(alert())
    given = Assignment.objects.get()
    assert (given.person, given.part, given.status) == (cast.lin, "lead", "assigned")
    assert given.assigned_by is None
    assert given.case.dispatch_due_at is None
    assert cast.client("lin").get("/api/v1/work").json()["assignments"][0]["case"]["risk"] == "high"


@pytest.mark.parametrize(("risk", "level", "way"), [("high", "medium", "hotline"), ("low", "low", "message")])
def test_it_records_the_others_with_their_due_way(cast, post, risk, level, way):
    assert post(alert(risk=risk, **QUIET)).json()["risk"] == level
    case = Case.objects.get()
    assert (case.risk, case.due_way, case.dispatch_due_at, case.attention) == (level, way, None, "")
    assert not Assignment.objects.exists()
    assert cast.client("gu").get("/api/v1/board").json()["waiting"][way] == 1


def test_it_says_why_in_the_file_of_the_case(cast, post):
    case = post(alert()).json()["case"]
    document = cast.client("gu").get(f"/api/v1/cases/{case}").json()
    assert [(reason["points"], reason["text"]) for reason in document["reasons"]] == [
        (40, "Money is already moving"),
        (30, "The source says high risk"),
        (25, "About to send ¥200,000"),
        (16, "Fake online investment: losses are high and rarely recovered"),
        (8, "76 years old"),
    ]
    assert (document["points"], document["weights_version"]) == (119, 1)
    assert [event["kind"] for event in document["history"]] == ["heard", "judged", "assigned"]


def test_it_tells_the_desk_when_nobody_can_go(cast, post):
    cast.lin.shifts.all().delete()
    cast.qin.shifts.all().delete()
    cast.client("gu")
    assert post(alert()).status_code == 201
    case = Case.objects.get()
    assert (case.attention, case.shortfall[0]["code"]) == ("shortfall", "off_duty")
    assert case.dispatch_due_at is not None


def test_it_is_judged_by_the_version_in_force(cast, post):
    strict = triage.FIRST_WEIGHTS | {"thresholds": {"medium": 1, "high": 2}}
    Policy.objects.create(kind="triage", content=triage.FIRST_WEIGHTS)
    newest = Policy.objects.create(kind="triage", content=strict)
    assert post(alert(risk="low", **QUIET, resident={"id_number": ""})).json()["risk"] == "high"
    assert Case.objects.get().weights == newest


@pytest.mark.parametrize(
    ("column", "code"), [("lives_alone", "lives_alone"), ("earlier_victim", "earlier_victim"), ("birth_year", "aged")]
)
def test_it_counts_what_the_register_knows(cast, post, column, code):
    resident = cast.zhao_resident
    resident.lives_alone = resident.earlier_victim = True
    resident.save()
    post(alert(risk="low", **QUIET))
    assert code in [reason["code"] for reason in Case.objects.get().reasons]


def test_it_counts_an_earlier_denial_at_the_door(cast, post, act):
    post(alert())
    given = Assignment.objects.get()
    act(cast.client("lin"), "visit", given.pk, {"met": True, "disposition": "refused"})
    Case.objects.update(status="closed")
    post(alert(external_id="a-2"))
    reasons = Case.objects.exclude(status="closed").get().reasons
    assert "denied_before" in [reason["code"] for reason in reasons]
