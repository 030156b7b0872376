"""Parallel acts on both databases: one row, one winner, and everybody gets an answer."""

from collections import Counter
from functools import partial

import pytest

from dissuasion.models import Act, CaseEvent, Visit
from tests.dissuasion.actions.field.crowd import at_once
from tests.dissuasion.actions.field.phone import Phone, codes, committed

pytestmark = pytest.mark.django_db(transaction=True)
lin = pytest.fixture(committed)


def test_it_keeps_one_row_of_thirty_parallel_copies(lin):
    act = lin.envelope("arrive", {})
    receipts = [receipt for (receipt,) in at_once([partial(lin.send, act)] * 30)]
    assert Counter(receipt["verdict"] for receipt in receipts) == {"applied": 1, "already_applied": 29}
    assert {receipt["grade"] for receipt in receipts} == {"D"}
    assert (Act.objects.count(), CaseEvent.objects.filter(kind="arrived").count()) == (1, 1)


def test_it_lets_one_of_twenty_acknowledgements_win(lin):
    acts = [lin.envelope("acknowledge", {}) for _ in range(20)]
    receipts = [receipt for (receipt,) in at_once([partial(lin.send, act) for act in acts])]
    assert Counter(receipt["verdict"] for receipt in receipts) == {"applied": 1, "flagged": 19}
    assert {code for receipt in receipts for code in codes(receipt)} == {"out_of_order"}
    assert CaseEvent.objects.filter(kind="acknowledged").count() == 1


def test_it_lets_one_of_ten_records_decide(lin):
    acts = [lin.envelope("visit", {"met": True, "disposition": "dissuaded"}) for _ in range(10)]
    at_once([partial(lin.send, act) for act in acts])
    assert (Visit.objects.count(), Visit.objects.filter(decides=True).count()) == (10, 1)
    assert CaseEvent.objects.filter(kind="monitored").count() == 1


def test_it_answers_two_owners_of_one_uuid_apart(lin, live_cast):
    wen = Phone(live_cast, "wen")
    act = lin.envelope("note", {"text": "mine"})
    (mine,), (hers,) = at_once([partial(lin.send, act), partial(wen.send, act | {"assignment": None})])
    assert sorted([mine.get("code", ""), hers.get("code", "")])[-1] == "uuid_reused"
    assert Act.objects.count() == 1
