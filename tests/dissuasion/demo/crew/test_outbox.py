"""What a phone has recorded stays until its receipt has come; a wrong clock is put right by what the server says."""

import datetime as dt

import pytest

from dissuasion.demo.crew.door import NoNetwork, Refused
from dissuasion.demo.crew.outbox import Clock, Outbox


def outbox() -> Outbox:
    made = Outbox("phone", Clock())
    for kind in ("receipt", "acknowledge", "depart"):
        made.add(kind, "a-1", {})
    return made


async def test_it_keeps_everything_while_there_is_no_network():
    async def nobody(acts):
        raise NoNetwork

    box = outbox()
    with pytest.raises(NoNetwork):
        await box.flush(nobody)
    assert [act["seq"] for act in box.waiting] == [1, 2, 3]


async def test_it_forgets_only_what_has_a_receipt():
    sent = []

    async def half(acts):
        sent.append([act["kind"] for act in acts])
        return [{"uuid": act["uuid"], "verdict": "applied"} for act in acts[:2]]

    box = outbox()
    await box.flush(half)
    assert sent == [["receipt", "acknowledge", "depart"], ["depart"]]
    assert box.waiting == []


async def test_an_answer_without_receipts_is_no_answer():
    async def silent(acts):
        return []

    box = outbox()
    with pytest.raises(Refused):
        await box.flush(silent)
    assert len(box.waiting) == 3


def test_it_learns_how_wrong_its_clock_is():
    clock = Clock(ahead_s=600)
    clock.learn(dt.datetime.now(dt.UTC))
    assert clock.offset_ms == pytest.approx(-600_000, abs=200)


def test_the_networks_delay_is_no_error_of_the_clock():
    clock = Clock()
    clock.learn(dt.datetime.now(dt.UTC) - dt.timedelta(seconds=2), fine=False)
    for late in (0.4, 0.02, 0.9):
        clock.learn(dt.datetime.now(dt.UTC) - dt.timedelta(seconds=late))
    assert clock.offset_ms == 0
