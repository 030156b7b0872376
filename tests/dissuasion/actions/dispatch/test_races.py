"""Two at once, on both databases: one winner, and the other is told who."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Event

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone

from dissuasion.actions.clocks import due
from dissuasion.models import Assignment, Case, CaseEvent, Policy
from tests.cast import TOWNSHIP
from tests.dissuasion.actions.field.crowd import at_once
from tests.dissuasion.actions.field.phone import Desk, Phone

pytestmark = pytest.mark.django_db(transaction=True)


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
        due.tick(at=timezone.now())
    clock.shift(121)


def kinds(kind):
    return CaseEvent.objects.filter(kind=kind).count()


def test_it_lets_one_of_many_watchers_act(lin, live_cast, clock):
    clock.shift(61)
    at_once([partial(due.tick, at=timezone.now())] * 4)
    assert (kinds("rung"), kinds("assigned")) == (3, 2)
    assert Phone(live_cast, "qin").held() == ["assigned"]


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one lock for all: there is nothing to pass over")
def test_it_passes_over_a_case_that_somebody_holds_and_takes_its_rung_later(lin, live_cast, clock, send_alert):
    send_alert(external_id="o-1", resident={"phone": "10000000002", "division_code": f"{TOWNSHIP}200"})
    held, holding, let_go = Assignment.objects.get(person=lin.person).case_id, Event(), Event()

    def hold() -> None:
        try:
            with transaction.atomic():
                Case.objects.select_for_update().get(pk=held)
                holding.set()
                let_go.wait(20)
        finally:
            connections.close_all()

    clock.shift(16)
    with ThreadPoolExecutor(1) as pool:
        other = pool.submit(hold)
        assert holding.wait(10)
        due.tick(at=timezone.now())
        taken = set(CaseEvent.objects.filter(kind="rung").values_list("case_id", flat=True))
        assert (other.done(), held in taken, len(taken)) == (False, False, 1)
        let_go.set()
    due.tick(at=timezone.now())
    assert CaseEvent.objects.filter(kind="rung", case_id=held).exists()


def test_it_lets_one_of_many_watchers_dispatch(lin, live_cast, clock):
    lin.does("decline", reason="unwell")
    at_once([partial(due.tick, at=timezone.now())] * 4)
    assert kinds("assigned") == 2
    assert Assignment.objects.filter(part="lead", status="assigned").count() == 1


def test_it_either_lapses_or_is_acknowledged_and_never_both(lin, clock):
    act = lin.envelope("acknowledge", {})
    to_the_end(clock)
    at_once([partial(due.tick, at=timezone.now()), partial(lin.send, act)])
    assert (kinds("lapsed") > 0) + kinds("acknowledged") == 1
    clock.shift(2)  # where the act held the case when the next officer was to be chosen, the next tick chooses
    due.tick(at=timezone.now())
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
    at_once([partial(due.tick, at=timezone.now()), partial(gu.recalls, lin)])
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
