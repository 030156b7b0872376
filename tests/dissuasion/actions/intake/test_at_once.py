"""Many senders at the same moment: one row, one case, one holder, the same answer for all."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connections

from dissuasion.models import Alert, Assignment, Case, CaseEvent, Policy, TriageEntry
from tests.cast import alert

pytestmark = pytest.mark.django_db(transaction=True)
SENDERS = 8


@pytest.fixture(autouse=True)
def rules(live_cast):
    """The rules in force, as any running city has them."""
    return [Policy.current(kind) for kind in Policy.Kind.values]


@pytest.fixture
def at_once(send_alert):
    """Send these alerts in as many threads, all released at the same moment; return their answers in order."""

    def run(bodies: list[dict[str, Any]], send: Callable[..., Any] = send_alert) -> list[Any]:
        gate = Barrier(len(bodies))

        def one(body: dict[str, Any]) -> Any:
            try:
                gate.wait(timeout=10)
                return send(**body)
            finally:
                connections.close_all()

        with ThreadPoolExecutor(len(bodies)) as pool:
            return list(pool.map(one, bodies))

    return run


def test_it_keeps_the_same_alert_once(live_cast, at_once):
    answers = at_once([alert()] * SENDERS)
    assert sorted(answer.status_code for answer in answers) == [200] * (SENDERS - 1) + [201]
    assert len({json.dumps(answer.json(), sort_keys=True) for answer in answers}) == 1
    assert (Alert.objects.count(), Case.objects.count(), Assignment.objects.count()) == (1, 1, 1)
    assert CaseEvent.objects.filter(kind="heard").count() == 1


def test_it_joins_concurrent_repeats_in_one_case(live_cast, at_once):
    answers = at_once([alert(external_id=f"a-{n}") for n in range(SENDERS)])
    assert [answer.status_code for answer in answers] == [201] * SENDERS
    case = Case.objects.get()
    assert {answer.json()["case"] for answer in answers} == {str(case.pk)}
    assert case.alerts.count() == SENDERS
    assert Assignment.objects.count() == 1
    assert CaseEvent.objects.filter(case=case, kind__in=["heard", "joined"]).count() == SENDERS


def test_it_joins_concurrent_repeats_in_a_case_that_is_open(live_cast, send_alert, at_once):
    case = send_alert().json()["case"]
    answers = at_once([alert(external_id=f"b-{n}") for n in range(SENDERS)])
    assert {(answer.status_code, answer.json()["case"]) for answer in answers} == {(201, case)}
    assert Alert.objects.filter(case=case).count() == SENDERS + 1


def test_it_has_one_triage_entry_for_the_same_unclear_alert(live_cast, at_once):
    answers = at_once([alert(resident={"phone": "10000000099"})] * SENDERS)
    assert len({json.dumps(answer.json(), sort_keys=True) for answer in answers}) == 1
    assert (Alert.objects.count(), TriageEntry.objects.count()) == (1, 1)


def test_it_keeps_one_of_two_contents_under_one_id(live_cast, at_once):
    answers = at_once([alert(note=str(n % 2), occurred_at="2026-01-01T00:00:00Z") for n in range(SENDERS)])
    counted = sorted(answer.status_code for answer in answers)
    assert counted == [200] * (SENDERS // 2 - 1) + [201] + [409] * (SENDERS // 2)
    assert Alert.objects.count() == 1


def test_it_lets_batches_of_the_same_rows_cross(live_cast, at_once, post_batch):
    rows = [alert(external_id=f"a-{n}", resident={"phone": f"100000000{n:02d}"}) for n in range(12)]
    answers = at_once([{"rows": rows}, {"rows": rows[::-1]}] * 2, lambda rows: post_batch(rows))
    assert {row["status"] for answer in answers for row in answer.json()["rows"]} == {200, 201}
    assert Alert.objects.count() == 12
    assert Case.objects.count() == 2
