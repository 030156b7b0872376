"""What a person has decided about is settled: only what is heard after that raises the level again."""

import datetime as dt
from importlib import import_module

import pytest
from django.apps import apps
from django.utils import timezone

from accounts.models import Person
from dissuasion.actions.case import conclusion
from dissuasion.actions.dispatch import hold
from dissuasion.models import Alert, Assignment, Case
from dissuasion.telling.stamp import Stamp
from tests.cast import alert

pytestmark = pytest.mark.django_db
QUIET = {"risk": "", "channel": "sms", "amount_at_risk": "0", "already_transferred": "0", "scam_type": "shopping"}
LOUD = [
    {"instruction": "urgent"},
    {"channel": "funds"},
    {"already_transferred": "80000"},
    {"amount_at_risk": "90000"},
    {"risk": "high"},
]


@pytest.fixture(autouse=True)
def superior(cast):
    """The city's own source passes on instructions."""
    cast.source.instructs = True
    cast.source.save()


@pytest.fixture
def warn(post):
    """A further quiet warning about the same resident; return its case as it is then."""

    def send(**changes):
        number = Alert.objects.count()
        answer = post(alert(external_id=f"a-{number}", **QUIET | changes))
        assert answer.status_code == 201, answer.content
        return Case.objects.get(pk=answer.json()["case"])

    return send


@pytest.fixture
def asks(cast):
    gu = cast.client("gu")

    def send(path, **body):
        answer = gu.post(f"/api/v1/cases/{path}", body, "application/json")
        assert answer.status_code == 200, answer.content

    return send


def lower(asks, case, risk="low"):
    asks(f"{case.pk}/risk", risk=risk, reason="与本人核实")


def close(asks, case):
    Assignment.objects.update(status="recalled")
    asks(f"{case.pk}/decide", decision="close", reason="与本人核实")


@pytest.mark.parametrize("loud", LOUD)
def test_what_a_chief_has_closed_raises_no_new_case(warn, asks, loud):
    case = warn(**loud)
    assert case.risk == "high"
    close(asks, case)
    fresh = warn()
    assert (fresh.pk != case.pk, fresh.risk, fresh.instruction) == (True, "low", "")
    assert (fresh.amount_at_risk, fresh.already_transferred) == (0, 0)
    assert [reason["code"] for reason in fresh.reasons] == ["repeat", "aged"]


@pytest.mark.parametrize("loud", LOUD)
def test_what_a_chief_has_lowered_stays_settled_after_the_end(warn, asks, loud):
    case = warn(**loud)
    lower(asks, case)
    conclusion.close(hold.lock(case.pk), Stamp(timezone.now()), disposition="message_sent")
    fresh = warn()
    assert (fresh.pk != case.pk, fresh.risk, fresh.instruction) == (True, "low", "")


def test_what_a_chief_has_lowered_counts_no_repeat_of_it(warn, asks):
    """Of the warnings they knew not even the number raises it; of those that come since it does."""
    case = [warn(scam_type="loan") for _number in range(3)][-1]
    lower(asks, case)
    assert [warn(scam_type="loan").risk for _number in range(3)] == ["low", "medium", "medium"]


def test_a_lowering_sets_its_instruction_aside(warn, asks):
    case = warn(instruction="urgent")
    lower(asks, case, "medium")
    case.refresh_from_db()
    assert (case.risk, case.instruction) == ("medium", "")
    raised = warn(channel="funds")
    assert (raised.pk, raised.risk, raised.instruction) == (case.pk, "high", "")


def test_an_instruction_that_still_holds_is_kept(warn, asks):
    case = warn(instruction="medium", channel="funds")
    lower(asks, case, "medium")
    case.refresh_from_db()
    assert case.instruction == "medium"


@pytest.mark.parametrize("loud", LOUD)
def test_what_is_heard_after_the_decision_counts_anew(warn, asks, loud):
    case = warn(**loud)
    lower(asks, case)
    again = warn(**loud)
    assert (again.pk, again.risk) == (case.pk, "high")
    close(asks, again)
    assert warn(**loud).risk == "high"


def test_what_the_machine_alone_has_closed_counts_on(warn):
    case = warn(already_transferred="80000")
    Case.objects.filter(pk=case.pk).update(risk="low", due_way="message")
    Assignment.objects.update(status="recalled")
    conclusion.close(hold.lock(case.pk), Stamp(timezone.now()), disposition="message_sent")
    assert warn().risk == "high"


def test_what_came_while_an_officer_was_out_of_reach_is_not_settled(warn, cast, act):
    """They closed it at the door before a further warning; their phone said so only afterwards."""
    case = warn(channel="funds")
    met = timezone.now() - dt.timedelta(minutes=10)
    Alert.objects.update(received_at=met - dt.timedelta(minutes=5))
    warn(instruction="urgent")
    given = Assignment.objects.get(case=case)
    act(cast.client("lin"), "visit", given.pk, {"met": True, "disposition": "no_fraud"}, happened_at=met.isoformat())
    assert Case.objects.get(pk=case.pk).status == "closed"
    fresh = warn()
    assert (fresh.risk, fresh.reasons[0]["code"], fresh.amount_at_risk) == ("high", "instructed_urgent", 0)


def test_a_record_that_comes_late_takes_nothing_back(warn, asks):
    case = warn(channel="funds")
    lower(asks, case)
    decided_at = Case.objects.get().settled_at
    before = Stamp(timezone.now(), Person.objects.get(username="lin"), decided_at - dt.timedelta(hours=1))
    conclusion.close(hold.lock(case.pk), before, disposition="no_fraud")
    assert Case.objects.get().settled_at == decided_at


def test_the_migration_reads_the_last_week_from_the_history(warn, asks):
    lowered = warn(amount_at_risk="90000")
    lower(asks, lowered)
    decided_at = Case.objects.get().settled_at
    conclusion.close(hold.lock(lowered.pk), Stamp(timezone.now()), disposition="message_sent")
    by_machine = warn()
    conclusion.close(hold.lock(by_machine.pk), Stamp(timezone.now()), disposition="message_sent")
    Case.objects.update(settled_at=None)
    import_module("dissuasion.migrations.0026_settled").read_from_history(apps, None)
    assert Case.objects.get(pk=lowered.pk).settled_at == decided_at
    assert Case.objects.get(pk=by_machine.pk).settled_at is None
