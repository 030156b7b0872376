"""What follows a message: it arrived and the case is closed; it did not, and the hotline takes the case."""

import pytest
from django.utils import timezone

from dissuasion.actions.messages import notices
from dissuasion.models import Case, Delivery
from dissuasion.transports.base import Answer, Outcome
from households.models import Household, Resident
from tests.cast import VILLAGE
from tests.dissuasion.actions.field.phone import history
from tests.dissuasion.actions.residents.conftest import fate, messages, raised


def report(to):
    row = Delivery.objects.filter(purpose="warning").order_by("pk").last()
    return notices.reported(row.channel, message=row.pk, provider_id="", to=to, at=timezone.now())


def test_it_closes_the_case_when_it_was_delivered(warn, after, gu):
    case = warn()
    after(1)
    assert fate(case) == ("open", "low", "")
    report("delivered")
    after(1)
    assert fate(case) == ("closed", "low", "message_sent")
    assert history(gu.reads(f"cases/{case.pk}")) == ["heard", "judged", "closed"]
    assert gu.reads("board")["waiting"]["message"] == 0


def test_it_closes_the_case_half_an_hour_after_it_was_sent(warn, after):
    case = warn()
    after(1)
    after(minutes=29)
    assert fate(case)[0] == "open"
    after(minutes=2)
    assert fate(case) == ("closed", "low", "message_sent")
    after(minutes=5)
    assert case.events.filter(kind="closed").count() == 1


def test_it_raises_the_case_when_the_number_is_dead(warn, after, text, gu):
    text.answers = [Answer(Outcome.FAILED, reason="bad_number")]
    case = warn()
    after()
    assert (fate(case)[1], case.due_way, case.message_due_at) == ("medium", "hotline", None)
    assert raised(case)[-1] == ["message_failed"]
    assert gu.reads("board")["waiting"] == {"message": 0, "hotline": 1}
    assert gu.reads(f"cases/{case.pk}")["reasons"][0]["text"] == "The message did not arrive"


def test_it_raises_the_case_after_the_last_try(warn, after, text):
    text.answers = [Answer(Outcome.UNKNOWN, reason="timeout")] * 4
    case = warn()
    for _try in range(4):
        assert fate(case)[1] == "low"
        after(90)
    assert (fate(case)[1], len(text.got)) == ("medium", 4)


def test_a_repetition_says_the_words_of_the_same_scam(warn, after, text):
    text.answers = [Answer(Outcome.UNKNOWN, reason="timeout")]
    warn()
    after()
    after(11)
    first, second = (message.text for message in text.got)
    assert second == f"再次提醒：{first}"


def test_it_believes_a_report_of_any_try(warn, after, text):
    text.answers = [Answer(Outcome.UNKNOWN, reason="timeout"), Answer(Outcome.FAILED, reason="bad_number")]
    case = warn()
    after()
    first = Delivery.objects.get(state="unknown")
    notices.reported("text", message=first.pk, provider_id="", to="delivered", at=timezone.now())
    after(15)
    assert fate(case) == ("closed", "low", "message_sent")


def test_it_opens_the_case_again_when_the_failure_is_heard_late(warn, after, settled):
    case = warn()
    settled()
    assert fate(case)[0] == "closed"
    after(hours=5)
    report("failed")
    after(1)
    assert fate(case) == ("open", "medium", "")
    assert case.closed_at is None
    assert list(case.events.values_list("kind", flat=True))[-3:] == ["closed", "reopened", "judged"]


def test_it_leaves_a_late_failure_alone_when_there_is_another_case(warn, after, settled):
    old = warn()
    settled()
    new = warn(risk="high")
    row = Delivery.objects.get(case=old)
    notices.reported("text", message=row.pk, provider_id="", to="failed", at=timezone.now())
    after(1)
    assert (fate(old)[0], fate(new)[:2]) == ("closed", ("open", "medium"))


def test_it_does_not_close_what_somebody_holds(warn, after, gu, cast):
    case = warn()
    after(1)
    assert gu.asks(f"cases/{case.pk}/assign", person=str(cast.mei.pk)).status_code == 200
    after(minutes=31)
    assert fate(case)[0] == "open"


def test_it_does_not_close_what_the_desk_closed_otherwise(warn, after, gu):
    case = warn()
    gu.asks(f"cases/{case.pk}/decide", decision="close", reason="no fraud")
    after(minutes=31)
    assert (fate(case), messages()) == (("closed", "low", ""), [("text", "dropped", "closed")])


def test_it_waits_while_the_channel_takes_no_more(warn, after, text):
    text.answers = [Answer(Outcome.LATER, reason="busy")]
    case = warn()
    after()
    assert fate(case)[1] == "low"
    after(15)
    after(minutes=31)
    assert (fate(case)[0], len(text.got)) == ("closed", 2)


@pytest.mark.parametrize("state", ["sent", "failed"])
def test_it_looks_once_when_two_watchers_do(warn, after, state):
    case = warn()
    after()
    Delivery.objects.update(state=state)
    Case.objects.update(message_due_at=timezone.now())
    after(minutes=31)
    after()
    assert case.events.exclude(kind__in=["heard", "judged", "closed"]).count() == 0
    assert case.events.filter(kind="judged").count() == (2 if state == "failed" else 1)


def test_it_leaves_half_of_a_channel_to_staff(warn, after, text, cast, reader):
    text.per_minute = 4
    for number in range(4):
        Resident.objects.create(
            household=Household.objects.create(division_id=VILLAGE, address="示范路"), name="邻某",
            phone=f"1000000003{number}",
        )  # fmt: skip
        case = warn(resident={"phone": f"1000000003{number}"})
    after()
    assert (len(text.got), messages(state="planned")) == (2, [("text", "planned", "limit")] * 2)
    notices.tell(case, cast.gu, channel="text", purpose="overdue", at=timezone.now())
    after()
    assert text.got[-1].to == cast.gu.phone
    after(61)
    assert len(text.got) == 5


def test_it_lets_staff_go_first(warn, after, text, cast, monkeypatch):
    monkeypatch.setattr("dissuasion.actions.messages.sender.AT_ONCE", 1)
    case = warn()
    notices.tell(case, cast.gu, channel="text", purpose="overdue", at=timezone.now())
    Delivery.objects.update(urgent=False)
    after()
    assert [message.to for message in text.got] == [cast.gu.phone, cast.zhao_resident.phone]
