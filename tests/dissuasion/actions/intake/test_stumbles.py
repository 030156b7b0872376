"""Somebody was faster, or something is in the way: read again, answer truthfully, lose nothing."""

import pytest
from django.db import OperationalError
from django.db.models import F

from dissuasion.actions.case import visits
from dissuasion.actions.intake import reception
from dissuasion.models import Alert, Assignment, Case
from tests.cast import alert

pytestmark = pytest.mark.django_db
LOST = {"phone": "10000000099"}


@pytest.fixture
def faster(monkeypatch):
    """Let somebody else change every open case just after it was read, so many times."""

    def times(count):
        left = [count]
        plan = reception.plan

        def plan_and_lose(*args, **kwargs):
            made = plan(*args, **kwargs)
            if left[0]:
                left[0] -= 1
                Case.objects.update(points=F("points") + 1)
            return made

        monkeypatch.setattr(reception, "plan", plan_and_lose)

    return times


def test_it_reads_again_when_the_case_has_moved(cast, post, faster):
    first = post(alert()).json()
    faster(1)
    answer = post(alert(external_id="a-2"))
    assert (answer.status_code, answer.json()["case"]) == (201, first["case"])
    assert Case.objects.get().alerts.count() == 2


def test_it_asks_to_be_sent_again_when_it_never_gets_its_turn(cast, post, faster):
    post(alert())
    faster(1000)
    answer = post(alert(external_id="a-2"))
    assert (answer.status_code, answer.json()["code"]) == (503, "busy")
    assert answer["content-type"] == "application/problem+json"
    assert not Alert.objects.filter(external_id="a-2").exists()


def test_it_asks_for_one_row_again_and_keeps_the_others(cast, post, post_batch, faster):
    post(alert())
    faster(1000)
    rows = post_batch([alert(external_id="busy"), alert(external_id="free", resident=LOST)]).json()["rows"]
    assert [row["status"] for row in rows] == [503, 201]


def test_it_calls_new_what_was_new_although_another_row_was_read_again(cast, post, post_batch, faster):
    post(alert())
    faster(1)
    answer = post_batch([alert(external_id="free", resident=LOST), alert(external_id="again")]).json()
    assert [row["status"] for row in answer["rows"]] == [201, 201]
    assert (answer["kept"], answer["known"]) == (2, 0)


def test_it_keeps_the_alert_when_the_dispatch_is_held_up(cast, post, monkeypatch):
    def locked(*args, **kwargs):
        raise OperationalError("lock timeout")

    monkeypatch.setattr(visits, "dispatch_case", locked)
    answer = post(alert())
    assert answer.status_code == 201
    case = Case.objects.get()
    assert (case.risk, Assignment.objects.count()) == ("high", 0)
    assert case.dispatch_due_at is not None  # the watch finds it


def test_it_writes_nothing_of_a_step_that_fails(cast, post, monkeypatch):
    def broken(*args, **kwargs):
        raise ZeroDivisionError

    monkeypatch.setattr(reception.versions, "touch", broken)
    with pytest.raises(ZeroDivisionError):
        post(alert())
    assert not Alert.objects.exists()
    assert not Case.objects.exists()
