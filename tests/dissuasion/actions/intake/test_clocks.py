"""Sources' clocks stand still or go wrong: what is counted is counted by ours, and a time that can't be is flagged."""

import datetime as dt

import pytest
from django.utils import timezone

from dissuasion.models import Alert, Assignment, Case
from tests.cast import VILLAGE, alert

pytestmark = pytest.mark.django_db
QUIET = {"channel": "sms", "amount_at_risk": "0", "already_transferred": "0", "risk": "low"}
LONG_AGO = ["1970-01-01T00:00:00+08:00", "0001-01-01T00:00:00Z", "2000-01-01T00:00:00Z"]


def sent(post, **changes):
    answer = post(alert(**QUIET | changes))
    assert answer.status_code == 201, answer.content
    return answer.json()


def reasons():
    return [reason["code"] for reason in Case.objects.get().reasons]


@pytest.mark.parametrize("moment", LONG_AGO)
def test_a_stopped_clock_makes_nobody_younger(cast, post, moment):
    assert sent(post, scam_type="loan", risk="medium", occurred_at=moment)["risk"] == "medium"
    assert "aged" in reasons()  # born 1950


@pytest.mark.parametrize("moment", LONG_AGO)
def test_its_warnings_are_repeats_all_the_same(cast, post, moment):
    for number in range(2):
        sent(post, external_id=f"a-{number}", scam_type="loan", occurred_at=moment)
    assert "repeat" in reasons()
    assert Case.objects.get().risk == "medium"


def test_repeats_are_those_received_within_seven_days(cast, post):
    for number, days in enumerate((1, 6, 8)):
        sent(post, external_id=f"a-{number}", scam_type="loan")
        Alert.objects.filter(external_id=f"a-{number}").update(received_at=timezone.now() - dt.timedelta(days=days))
    sent(post, external_id="now", scam_type="loan")
    repeat = next(reason for reason in Case.objects.get().reasons if reason["code"] == "repeat")
    assert repeat["params"]["count"] == 2


@pytest.mark.parametrize("moment", LONG_AGO)
def test_a_time_that_can_not_be_is_flagged(cast, post, moment):
    (fault,) = sent(post, occurred_at=moment)["faults"]
    assert (fault["field"], fault["code"]) == ("occurred_at", "time_implausible")
    assert reasons()[-1] == "time_implausible"
    assert Alert.objects.get().faults == [{"field": "occurred_at", "code": "time_implausible"}]
    case = cast.client("gu").get(f"/api/v1/cases/{Case.objects.get().pk}").json()
    assert case["reasons"][-1]["text"] == "The source's time can't be right; ours counts"


def test_a_further_warning_does_not_take_the_flag_away(cast, post):
    sent(post, occurred_at=LONG_AGO[0])
    sent(post, external_id="a-2")
    assert reasons().count("time_implausible") == 1
    sent(post, external_id="a-3", occurred_at=LONG_AGO[1])
    assert reasons().count("time_implausible") == 1


def test_it_is_flagged_for_whoever_settles_it(cast, post):
    sent(post, occurred_at=LONG_AGO[0], resident={"phone": "10000000099", "division_code": VILLAGE})
    (entry,) = cast.client("zhao").get("/api/v1/board").json()["triage"]
    assert entry["reasons"][-1]["code"] == "time_implausible"


def test_a_phone_with_a_stopped_clock_is_believed_about_a_denial(cast, post, act):
    post(alert())
    visit = {"met": True, "disposition": "refused"}
    act(cast.client("lin"), "visit", Assignment.objects.get().pk, visit, happened_at="2001-01-01T00:00:00Z")
    Case.objects.update(status="closed")
    post(alert(external_id="a-2"))
    told = Case.objects.exclude(status="closed").get().reasons
    assert "denied_before" in [reason["code"] for reason in told]


@pytest.mark.parametrize("days", [0, 1, 29])
def test_a_warning_that_comes_late_is_no_fault(cast, post, days):
    moment = timezone.now() - dt.timedelta(days=days)
    assert "faults" not in sent(post, occurred_at=moment.isoformat())
