"""Two at once, on both databases: one winner, and the other is told who."""

from functools import partial

import pytest
from django.utils import timezone

from dissuasion.actions import watching
from dissuasion.models import Assignment, CaseEvent, Policy
from tests.acts.crowd import at_once
from tests.acts.phone import Desk, Phone, standing_clock
from tests.cast import TOWNSHIP

pytestmark = pytest.mark.django_db(transaction=True)
clock = pytest.fixture(standing_clock)


@pytest.fixture
def lin(clock, live_cast, send_alert) -> Phone:
    """Lin's phone with a case on it, really committed."""
    send_alert()
    phone = Phone(live_cast, "lin")
    phone.work()
    return phone


def to_the_end(clock):
    """Let everybody be asked, and stop right before the last rung."""
    for seconds in (61, 60, 60):
        clock.shift(seconds)
        watching.tick(at=timezone.now())
    clock.shift(121)


def kinds(kind):
    return CaseEvent.objects.filter(kind=kind).count()


def test_it_lets_one_of_many_watchers_act(lin, live_cast, clock):
    clock.shift(61)
    at_once([partial(watching.tick, at=timezone.now())] * 4)
    assert (kinds("rung"), kinds("assigned")) == (3, 2)
    assert Phone(live_cast, "qin").held() == ["assigned"]


def test_it_lets_one_of_many_watchers_dispatch(lin, live_cast, clock):
    lin.does("decline", reason="unwell")
    at_once([partial(watching.tick, at=timezone.now())] * 4)
    assert kinds("assigned") == 2
    assert Assignment.objects.filter(part="lead", status="assigned").count() == 1


def test_it_either_lapses_or_is_acknowledged_and_never_both(lin, clock):
    act = lin.envelope("acknowledge", {})
    to_the_end(clock)
    at_once([partial(watching.tick, at=timezone.now()), partial(lin.send, act)])
    assert (kinds("lapsed") > 0) + kinds("acknowledged") == 1
    lead = Assignment.objects.filter(part="lead", status__in=("assigned", "acknowledged"))
    assert lead.count() == 1


def test_it_lets_one_of_two_desks_choose_and_tells_the_other_who(lin, live_cast):
    gu, zhao = Desk(live_cast, "gu"), Desk(live_cast, "zhao")
    gu.recalls(lin)
    answers = at_once([
        partial(gu.assigns, lin, str(live_cast.lin.pk)),
        partial(zhao.assigns, lin, str(live_cast.qin.pk)),
    ])  # fmt: skip
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    won, lost = sorted(answers, key=lambda answer: answer.status_code)
    assert lost.json()["holder"]["name"] == won.json()["name"]


def test_it_opens_one_case_for_parallel_warnings_about_one_resident(clock, live_cast, send_alert):
    Policy.current("triage")
    answers = at_once([partial(send_alert, external_id=f"p-{number}") for number in range(8)])
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["case"] for answer in answers}) == 1
    assert kinds("assigned") == 1


def test_it_keeps_one_truth_when_a_recall_meets_a_lapse(lin, live_cast, clock):
    gu = Desk(live_cast, "gu")
    to_the_end(clock)
    at_once([partial(watching.tick, at=timezone.now()), partial(gu.recalls, lin)])
    open_leads = Assignment.objects.filter(status="assigned").count()
    assert (open_leads, kinds("lapsed")) in ((0, 0), (1, 2), (0, 2))


def test_it_never_makes_two_desks_wait_for_each_other(live_cast, send_alert):
    gu, zhao = Desk(live_cast, "gu"), Desk(live_cast, "zhao")
    send_alert()
    lin = Phone(live_cast, "lin")
    lin.work()
    send_alert(external_id="o-1", resident={"phone": "10000000002", "division_code": f"{TOWNSHIP}200"})
    qin = Phone(live_cast, "qin")
    qin.work()
    for holder, other in ((lin, qin), (qin, lin)) * 2:
        answers = at_once([
            partial(gu.assigns, lin, str(other.person.pk), instead_of=lin.assignment),
            partial(zhao.assigns, qin, str(holder.person.pk), instead_of=qin.assignment),
        ])  # fmt: skip
        assert [answer.status_code for answer in answers] == [200, 200]
        lin.assignment, qin.assignment = (answer.json()["id"] for answer in answers)
