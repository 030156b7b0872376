"""What each result of a hotline call leads to: the whole table."""

import datetime as dt
from itertools import product

import pytest

from dissuasion.rules import triage
from dissuasion.rules.residents import calls
from dissuasion.rules.residents.calls import LeadsTo, Result
from dissuasion.rules.words import SENTENCES


def outcome(result, *, misses=0, denials=0, money_moves=False):
    return calls.outcome(Result(result), misses=misses, denials=denials, money_moves=money_moves)


@pytest.mark.parametrize(
    ("misses", "then", "minutes"), [(1, LeadsTo.CALL_AGAIN, 10), (2, LeadsTo.CALL_AGAIN, 30), (3, LeadsTo.RAISE, None)]
)
def test_it_raises_at_the_third_miss(misses, then, minutes):
    found = outcome("no_answer", misses=misses)
    assert (found.leads_to, found.wait) == (then, minutes and dt.timedelta(minutes=minutes))


@pytest.mark.parametrize(
    ("denials", "moves", "then", "reason"),
    [
        (1, False, LeadsTo.CALL_AGAIN, "denied"),
        (2, False, LeadsTo.VISIT, "denied_twice"),
        (1, True, LeadsTo.RAISE, "denied_funds_moving"),
        (2, True, LeadsTo.RAISE, "denied_funds_moving"),
    ],
)
def test_it_raises_a_denial_only_while_money_moves(denials, moves, then, reason):
    found = outcome("denied", denials=denials, money_moves=moves)
    assert (found.leads_to, found.reason) == (then, reason)


@pytest.mark.parametrize(
    ("result", "then"),
    [
        ("stopped", LeadsTo.SETTLE), ("no_fraud", LeadsTo.SETTLE), ("call_back", LeadsTo.CALL_AGAIN),
        ("paying", LeadsTo.RAISE), ("wrong_number", LeadsTo.VISIT),
    ],
)  # fmt: skip
def test_it_knows_the_rest(result, then):
    assert outcome(result).leads_to == then


def every():
    counts = product(Result, range(1, 6), range(1, 6), (False, True))
    return [outcome(result, misses=m, denials=d, money_moves=moves) for result, m, d, moves in counts]


def test_it_leaves_nobody_without_a_next_step():
    assert all(found.remind for found in every() if found.leads_to == LeadsTo.VISIT)
    assert all(found.wait or found.reason == "call_back" for found in every() if found.leads_to == LeadsTo.CALL_AGAIN)


def test_it_raises_for_reasons_that_have_words_and_stay():
    raised = {found.reason for found in every() if found.leads_to == LeadsTo.RAISE}
    assert raised == {"unreachable", "denied_funds_moving", "payment_under_way"}
    assert raised <= triage.SAID_SINCE & set(SENTENCES)
