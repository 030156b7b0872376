"""A superior's instruction (上级指令) binds whatever the points say; a source that only advises is advice."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Shift
from dissuasion.actions.case import joining
from dissuasion.actions.clocks import due
from dissuasion.models import Alert, AlertSource, Assignment, Case, Policy, TriageEntry
from dissuasion.rules import triage
from households.models import Household, Resident
from tests.cast import HOME, VILLAGE, alert
from tests.dissuasion.api.sources.refusal import refused

pytestmark = pytest.mark.django_db
QUIET = {"risk": "", "channel": "sms", "amount_at_risk": "0", "already_transferred": "0", "scam_type": "shopping"}


@pytest.fixture
def superior(cast):
    """The city's own source passes on instructions."""
    cast.source.instructs = True
    cast.source.save()
    return cast.source


def villager(number):
    """Register somebody else in the village; return their telephone."""
    home = Household.objects.create(division_id=VILLAGE, address="示范路", lat=HOME[0], lon=HOME[1])
    return Resident.objects.create(household=home, name="邻某", phone=f"1000002{number:04d}").phone


def quiet(**changes):
    return alert(**QUIET | changes)


@pytest.mark.parametrize(
    ("given", "level", "reason"),
    [
        ("medium", "medium", "instructed_medium"),
        ("high", "high", "instructed_high"),
        ("urgent", "high", "instructed_urgent"),
        ("中危", "medium", "instructed_medium"),
        ("高危", "high", "instructed_high"),
        ("紧急", "high", "instructed_urgent"),
    ],
)
def test_it_binds_whatever_the_points_say(superior, post, given, level, reason):
    assert post(quiet(instruction=given)).json()["risk"] == level
    case = Case.objects.get()
    assert (case.risk, case.reasons[0]["code"]) == (level, reason)


def test_its_grade_binds_too_where_it_says_no_more(superior, post):
    assert post(quiet(risk="high")).json()["risk"] == "high"
    assert Case.objects.get().instruction == "high"


def test_it_asks_for_no_more_than_it_says(superior, post):
    assert post(quiet(instruction="medium", risk="high")).json()["risk"] == "medium"


@pytest.mark.parametrize("kind", ["commercial", "carrier", "police", "bank"])
def test_without_the_right_it_is_advice(cast, post, kind):
    AlertSource.objects.update(kind=kind, instructs=False)
    assert post(quiet(instruction="urgent")).json()["risk"] == "medium"
    kept = Alert.objects.get()
    assert (kept.instruction, kept.risk_claimed, kept.raw["instruction"]) == ("", "high", "urgent")


@pytest.mark.parametrize("kind", ["commercial", "carrier"])
def test_an_adviser_can_not_be_given_the_right(cast, kind):
    with pytest.raises(IntegrityError), transaction.atomic():
        AlertSource.objects.update(kind=kind, instructs=True)


def test_only_a_desk_lowers_it_and_says_why(superior, cast, post):
    case = post(quiet(instruction="high")).json()["case"]
    gu = cast.client("gu")
    assert gu.post(f"/api/v1/cases/{case}/risk", {"risk": "low"}, "application/json").status_code == 400
    body = {"risk": "low", "reason": "与本人核实"}
    assert gu.post(f"/api/v1/cases/{case}/risk", body, "application/json").status_code == 200
    assert Case.objects.get().risk == "low"
    post(quiet(external_id="a-2"))
    assert Case.objects.get().risk == "low"
    post(quiet(external_id="a-3", instruction="high"))
    assert Case.objects.get().risk == "high"


def test_an_earlier_instruction_holds_for_the_next_warning(superior, post):
    post(quiet(instruction="medium"))
    Case.objects.update(status="closed")
    assert post(quiet(external_id="a-2")).json()["risk"] == "medium"


def test_it_holds_when_a_person_has_named_the_resident(superior, cast, post):
    post(quiet(instruction="urgent", resident={"phone": "10000000099", "division_code": VILLAGE}))
    entry = TriageEntry.objects.get()
    assert (entry.risk, [reason["code"] for reason in entry.reasons][1]) == ("high", "instructed_urgent")
    body = {"resident": str(cast.zhao_resident.pk)}
    told = cast.client("zhao").post(f"/api/v1/triage/{entry.pk}/settle", body, "application/json")
    assert told.status_code == 200, told.content
    assert (Case.objects.get().risk, Case.objects.get().instruction) == ("high", "urgent")


def test_urgent_goes_first(superior, cast, post_batch, post):
    phones = [villager(number) for number in range(3)]
    rows = [
        alert(external_id="points", resident={"phone": phones[0]}),
        alert(external_id="calm", resident={"phone": phones[1]}, **QUIET),
        alert(external_id="urgent", resident={"phone": phones[2]}, instruction="urgent", **QUIET),
    ]
    post_batch(rows)
    by_points, _calm, urgent = (Alert.objects.get(external_id=row["external_id"]).case for row in rows)
    assert urgent.points < by_points.points
    assert list(Assignment.objects.order_by("pk").values_list("case", flat=True)) == [urgent.pk, by_points.pk]
    board = cast.client("gu").get("/api/v1/board").json()["cases"]
    assert [row["id"] for row in board] == [str(urgent.pk), str(by_points.pk)]


def test_urgent_goes_first_among_those_who_wait(superior, cast, post):
    Shift.objects.all().delete()
    post(alert(external_id="points"))
    post(alert(external_id="urgent", resident={"phone": villager(1)}, instruction="urgent", **QUIET))
    assert not Assignment.objects.exists()
    now = timezone.now()
    Shift.objects.create(person=cast.lin, starts_at=now - dt.timedelta(hours=1), ends_at=now + dt.timedelta(hours=9))
    due.tick(at=now + dt.timedelta(minutes=1))
    first, second = (given.case.alerts.get().external_id for given in Assignment.objects.order_by("pk"))
    assert (first, second) == ("urgent", "points")


@pytest.mark.parametrize("word", ["HIGH", "低危", "3", 3, ["high"], {}])
def test_it_is_one_of_the_words(door, post, word):
    refused(post, ("instruction", "invalid_choice"), instruction=word)


@pytest.mark.parametrize("word", ["", None])
def test_it_may_be_left_empty(cast, post, word):
    assert post(quiet(instruction=word)).json()["risk"] == "low"


def test_a_fund_alert_is_met_face_to_face_with_or_without_amounts(cast, post):
    assert post(quiet(channel="funds")).json()["risk"] == "high"
    case = Case.objects.get()
    assert (case.due_way, case.reasons[0]["code"]) == ("visit", "fund_alert")


@pytest.mark.parametrize("kind", ["commercial", "carrier"])
def test_an_advisers_word_on_funds_is_none(cast, post, kind):
    AlertSource.objects.update(kind=kind)
    assert post(quiet(channel="funds")).json()["risk"] == "medium"


def test_a_fund_alert_of_another_source_holds_for_seven_days(cast, post):
    post(quiet(channel="funds"))
    Case.objects.update(status="closed")
    AlertSource.objects.update(kind="bank")
    assert post(quiet(external_id="a-2")).json()["risk"] == "high"


def test_the_case_that_the_points_called_medium(cast, post):
    body = quiet(scam_type="virtual_currency", channel="funds", already_transferred="80000")
    assert post(body).json()["risk"] == "high"
    without = triage.FIRST_WEIGHTS | {"floors": dict.fromkeys(triage.FIRST_WEIGHTS["floors"], "")}
    Policy.objects.create(kind="triage", content=without)
    Case.objects.update(status="closed")
    Alert.objects.all().delete()
    assert post(body | {"external_id": "a-2", "resident": {"phone": "10000000002"}}).json()["risk"] == "medium"


@pytest.mark.parametrize(
    ("column", "value"), [("instruction", "urgent"), ("risk_by_chief", True), ("settled_at", timezone.now())]
)
def test_a_plan_that_was_made_before_it_is_made_again(cast, post, column, value):
    """Two batches about one case at once: the later one must not write back what it read before."""
    post(alert())
    seen = joining.appearance(Case.objects.get())
    Case.objects.update(**{column: value})
    assert joining.appearance(Case.objects.get()) != seen
