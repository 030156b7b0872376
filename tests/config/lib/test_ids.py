"""UUID version 7: its bits, its clock, and that later ones sort later."""

import time
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.lib import ids


def test_it_is_a_version_7_of_the_usual_variant():
    made = ids.uuid7()
    assert made.version == 7
    assert made.variant == uuid.RFC_4122


def test_it_carries_the_millisecond_it_was_made_in():
    before = time.time_ns() // 1_000_000
    carried = ids.uuid7().int >> 80
    assert before <= carried <= time.time_ns() // 1_000_000


def test_it_is_never_the_same_twice():
    assert len({ids.uuid7() for _ in range(5_000)}) == 5_000


@given(first=st.integers(0, 2**47), later=st.integers(1, 2**40))
def test_it_sorts_by_time_as_number_and_as_text(first, later):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ids.time, "time_ns", lambda: first * 1_000_000)
        a = ids.uuid7()
        patch.setattr(ids.time, "time_ns", lambda: (first + later) * 1_000_000)
        b = ids.uuid7()
    assert a < b
    assert str(a) < str(b)
    assert (a.version, a.variant) == (7, uuid.RFC_4122)


def test_it_shortens_an_id_so_that_no_two_become_alike():
    assert ids.fitting("g-1", longest=120) == "g-1"
    one, other = (ids.fitting("g" * 120 + end, longest=120) for end in "12")
    assert one != other
    assert max(len(one), len(other)) <= 120
