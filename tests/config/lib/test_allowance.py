"""A person's share of a process: a burst at once, then so much a second, and nobody takes another's."""

import pytest

from config.lib import allowance as module
from config.lib.allowance import Allowance


class Clock:
    now = 1000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(module, "time", clock)
    return clock


def test_it_gives_a_burst_and_then_so_much_a_second(clock):
    allowed = Allowance(burst=10, per_second=2)
    assert [allowed.take("lin", 5), allowed.take("lin", 5), allowed.take("lin", 4)] == [0, 0, 2]
    clock.now += 2
    assert [allowed.take("lin", 4), allowed.take("lin", 1)] == [0, 1]
    clock.now += 3600
    assert [allowed.take("lin", 10), allowed.take("lin", 1)] == [0, 1]


def test_it_counts_each_person_alone(clock):
    allowed = Allowance(burst=3, per_second=1)
    assert [allowed.take("lin", 3), allowed.take("mei", 3), allowed.take("lin", 1)] == [0, 0, 1]


def test_what_is_more_than_a_burst_is_taken_when_everything_is_there(clock):
    allowed = Allowance(burst=3, per_second=1)
    assert [allowed.take("lin", 100), allowed.take("lin", 100)] == [0, 3]
    clock.now += 3
    assert allowed.take("lin", 100) == 0
