"""Many operators at once, on both databases: everybody calls somebody else."""

from functools import partial
from uuid import uuid4

import pytest

from dissuasion.models import Case, CaseEvent, HotlineAttempt, HotlineCall
from tests.dissuasion.actions.field.crowd import at_once
from tests.dissuasion.actions.field.phone import Desk
from tests.dissuasion.actions.hotline.conftest import Operator, neighbours

pytestmark = pytest.mark.django_db(transaction=True)
CROWD = 20


def test_it_hands_twenty_operators_twenty_different_calls(clock, live_cast, send_alert):
    neighbours(send_alert, CROWD + 3)
    crowd = [Operator(live_cast, f"op-{number}") for number in range(CROWD)]
    calls = at_once([operator.claims for operator in crowd])
    assert None not in calls
    assert len({call["resident"]["phone"] for call in calls}) == CROWD
    assert HotlineCall.objects.filter(status="claimed").count() == CROWD


def test_it_hands_one_call_to_one_of_many(clock, live_cast, send_alert):
    neighbours(send_alert, 1)
    crowd = [Operator(live_cast, f"op-{number}") for number in range(8)]
    calls = at_once([operator.claims for operator in crowd])
    assert sum(call is not None for call in calls) == 1
    assert HotlineAttempt.objects.count() == 1


def test_it_gives_an_operator_who_asks_twice_at_once_one_call(clock, live_cast, send_alert):
    neighbours(send_alert, 4)
    desks = [Operator(live_cast, "op") for _number in range(4)]
    calls = at_once([desk.claims for desk in desks])
    assert len({call["id"] for call in calls}) == 1
    assert HotlineCall.objects.filter(status="claimed").count() == 1


def test_it_counts_a_result_that_comes_many_times_at_once_once(clock, live_cast, send_alert):
    neighbours(send_alert, 1)
    operator = Operator(live_cast, "op")
    operator.claims()
    uuid = str(uuid4())
    answers = at_once([partial(operator.says, "no_answer", uuid=uuid)] * 6)
    assert {answer.status_code for answer in answers} == {200}
    assert HotlineCall.objects.get().misses == 1
    assert CaseEvent.objects.filter(kind="called").count() == 1


def test_it_keeps_one_truth_when_results_warnings_and_the_desk_meet(clock, live_cast, send_alert):
    cases = neighbours(send_alert, 6)
    crowd = [Operator(live_cast, f"op-{number}") for number in range(6)]
    for operator in crowd:
        operator.claims()
    phones, gu = [operator.call["resident"]["phone"] for operator in crowd], Desk(live_cast, "gu")
    said = [partial(operator.says, result) for operator, result in zip(crowd, ["paying", "denied"] * 3, strict=True)]
    warned = [partial(send_alert, external_id=f"w-{phone}", resident={"phone": phone}) for phone in phones]
    closing = [partial(gu.asks, f"cases/{case}/risk", risk="low", reason="x") for case in cases[:3]]
    late = Operator(live_cast, "late")
    answers = at_once([*said, *warned, *closing, partial(late.post, "claim")])
    assert {answer.status_code for answer in answers} <= {200, 201}
    waiting = set(HotlineCall.objects.filter(status__in=("waiting", "claimed")).values_list("case__due_way", flat=True))
    assert waiting <= {"hotline"}
    due = Case.objects.filter(status="open", due_way="hotline", reminder_at=None)
    assert not due.exclude(calls__status__in=("waiting", "claimed")).exists()
    assert CaseEvent.objects.filter(kind="called").count() == 6
