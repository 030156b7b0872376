"""Which moves a case and an assignment may make: the whole table, and that nothing goes backward."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dissuasion.rules import states

A = states.Assignment
FORWARD = [A.ASSIGNED, A.ACKNOWLEDGED, A.EN_ROUTE, A.ON_SCENE, A.CLEARED]
WAYS_OUT = {A.DECLINED, A.LAPSED, A.RECALLED}


def allowed(status, to):
    """The rule of the glossary: forward steps may be skipped, recalled from any open state, the rest at once."""
    if status not in FORWARD[:-1]:
        return False
    if to in FORWARD:
        return FORWARD.index(to) > FORWARD.index(status)
    return to == A.RECALLED or status == A.ASSIGNED


@pytest.mark.parametrize(("status", "to"), list(product(A, A)))
def test_it_knows_every_move_of_an_assignment(status, to):
    assert states.may_move(status, to) is allowed(status, to)


@pytest.mark.parametrize(
    ("status", "to", "may"),
    [
        ("open", "monitoring", True), ("open", "closed", True), ("monitoring", "open", True),
        ("monitoring", "closed", True), ("closed", "open", True), ("closed", "monitoring", False),
        ("open", "open", False), ("closed", "closed", False), ("monitoring", "monitoring", False),
    ],
)  # fmt: skip
def test_it_knows_every_move_of_a_case(status, to, may):
    assert (to in states.CASE_MOVES[status]) is may


def test_it_has_a_row_for_every_status():
    assert set(states.ASSIGNMENT_MOVES) == set(A)
    assert set(states.CASE_MOVES) == set(states.Case)


@pytest.mark.parametrize("to", list(A))
def test_it_finds_the_sources_of_a_move(to):
    assert set(states.sources_of(to)) == {status for status in A if states.may_move(status, to)}


def test_it_leaves_the_open_ones_only():
    assert {status for status in A if states.ASSIGNMENT_MOVES[status]} == set(states.OPEN_ASSIGNMENT)
    assert WAYS_OUT.isdisjoint(states.OPEN_ASSIGNMENT)


def test_it_ends_a_hotline_call_for_good_and_lets_a_lapsed_one_be_taken_over():
    call = states.HotlineCall
    assert set(states.CALL_MOVES) == set(call)
    assert {status for status in call if states.CALL_MOVES[status]} == set(states.OPEN_CALL)
    assert states.call_sources_of(call.CLAIMED) == list(states.OPEN_CALL)
    assert states.call_sources_of(call.DONE) == [call.CLAIMED]


@given(st.lists(st.sampled_from(list(A)), max_size=20))
def test_it_never_moves_backward_and_ends_for_good(wishes):
    status, walked = A.ASSIGNED, [A.ASSIGNED]
    for wish in wishes:
        if states.may_move(status, wish):
            status = wish
            walked.append(wish)
    steps = [FORWARD.index(step) for step in walked if step in FORWARD]
    assert steps == sorted(set(steps))
    assert all(step in states.OPEN_ASSIGNMENT for step in walked[:-1])


@pytest.mark.parametrize(("status", "step"), list(product(A, FORWARD)))
def test_it_knows_which_steps_lie_behind(status, step):
    behind = status in FORWARD and FORWARD.index(status) >= FORWARD.index(step)
    assert states.is_past(status, step) is behind
