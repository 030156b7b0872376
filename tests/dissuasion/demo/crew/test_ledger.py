"""A phone's ledger: what came and left, what was sent how often, and which answers count as receipts."""

import json

import pytest

from dissuasion.demo.crew.ledger import Ledger
from dissuasion.demo.crew.outbox import Clock, Outbox


def document(version: int, *assignments: str) -> dict:
    return {"epoch": "e", "version": version, "assignments": [{"id": key} for key in assignments]}


def receipt(verdict: str = "flagged", *flags: str) -> dict:
    return {"uuid": "u", "verdict": verdict, "flags": [{"code": flag, "text": ""} for flag in flags]}


def answered(kind: str, *answers: dict) -> Ledger:
    ledger = Ledger()
    ledger.record_act({"uuid": "u", "kind": kind, "seq": 1, "assignment": "a"})
    for answer in answers:
        ledger.record_answer(answer)
    return ledger


def test_an_assignment_that_comes_back_has_two_lines():
    ledger = Ledger()
    for held in (document(1, "a"), document(2, "a", "b"), document(3, "b"), document(4, "a", "b")):
        ledger.record_document(held, road="push")
    assert [(shown.assignment, shown.version, bool(shown.left_at)) for shown in ledger.shown] == [
        ("a", 1, True), ("b", 2, False), ("a", 4, False),
    ]  # fmt: skip
    assert [version.version for version in ledger.versions] == [1, 2, 3, 4]


def test_busy_is_an_answer_and_no_receipt():
    ledger = answered("arrive", receipt("busy"), receipt("applied"), receipt("already_applied"))
    assert ledger.receipt("u")["verdict"] == "applied"
    assert len(ledger.acts["u"].answers) == 3
    assert len(ledger.unread) == 1


@pytest.mark.parametrize(
    ("kind", "verdict", "flags", "reply"),
    [
        ("acknowledge", "flagged", ["after_recall"], "theirs"),
        ("visit", "flagged", ["late", "after_recall"], "mine_too"),
        ("visit", "flagged", ["after_close"], "seen"),
        ("decline", "refused", [], "seen"),
        ("depart", "flagged", ["late"], ""),
        ("resolve", "held", [], ""),
    ],
)
def test_a_receipt_is_answered_where_it_asks_for_it(kind, verdict, flags, reply):
    assert answered(kind, receipt(verdict, *flags)).acts["u"].reply == reply


async def test_it_is_plain_data_with_every_try():
    box, tries = Outbox("phone", Clock()), []

    async def at_the_second(acts):
        tries.append(acts)
        return [{"uuid": act["uuid"], "verdict": "busy" if len(tries) < 2 else "applied"} for act in acts]

    box.add("receipt", "a-1", {})
    with pytest.raises(Exception, match="no_receipts"):
        await box.flush(at_the_second)
    await box.flush(at_the_second)
    box.ledger.record_document(document(1, "a-1"), road="pull")
    told = json.loads(json.dumps(box.ledger.to_dict()))
    assert (told["acts"][0]["sent"], told["acts"][0]["receipt"]["verdict"]) == (2, "applied")
    assert (told["versions"][0]["road"], told["shown"][0]["assignment"]) == ("pull", "a-1")
    assert box.waiting == []
