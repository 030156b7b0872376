"""How well a check-in proves presence: the table, and that farther is never better."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dissuasion.rules.grading import LETTERS, REASONS, grade

DISTANCES, ACCURACIES = st.floats(0, 100_000), st.floats(0, 20_000)
AGES = st.none() | st.floats(0, 100_000)


@pytest.mark.parametrize(
    ("distance", "accuracy", "age", "letter", "reasons"),
    [
        (0, 5, 3, "A", ()),
        (15, 30, 120, "A", ()),
        (15, 30, None, "A", ()),
        (15.1, 30, 3, "B", ("a_little_off",)),
        (10, 31, 3, "B", ("a_little_off",)),
        (50, 100, 3, "B", ("a_little_off",)),
        (50.1, 100, 3, "C", ("coarse_position",)),
        (10, 101, 3, "C", ("coarse_position",)),
        (549, 500, 3, "C", ("coarse_position",)),
        (2050, 2000, 3, "C", ("coarse_position",)),
        (551, 500, 3, "D", ("far_away",)),
        (10, 2001, 3, "D", ("far_away",)),
        (9_000_000, 5, 3, "D", ("far_away",)),
        (5, 5, 121, "B", ("old_position",)),
        (40, 5, 121, "C", ("a_little_off", "old_position")),
        (300, 500, 121, "D", ("coarse_position", "old_position")),
        (5, 0, 3, "C", ("accuracy_implausible",)),
        (5, 0, 500, "C", ("old_position", "accuracy_implausible")),
        (5, -1, 3, "C", ("accuracy_implausible",)),
    ],
)
def test_it_grades(distance, accuracy, age, letter, reasons):
    graded = grade(distance_m=distance, accuracy_m=accuracy, age_s=age)
    assert (graded.letter, graded.reasons) == (letter, reasons)


@pytest.mark.parametrize(
    ("given_", "letter", "reason"),
    [
        ({"distance_m": None, "accuracy_m": None, "age_s": None}, "D", "no_position"),
        ({"distance_m": None, "accuracy_m": 5, "age_s": 1, "address_known": False}, "C", "address_without_point"),
        ({"distance_m": None, "accuracy_m": 5, "age_s": 1}, "C", "no_distance"),
    ],
)
def test_it_grades_what_is_not_known(given_, letter, reason):
    graded = grade(**given_)
    assert (graded.letter, graded.reasons) == (letter, (reason,))


def rank(distance, accuracy, age):
    return LETTERS.index(grade(distance_m=distance, accuracy_m=accuracy, age_s=age).letter)


@given(DISTANCES, DISTANCES, ACCURACIES, AGES)
def test_it_is_never_better_from_farther_away(a, b, accuracy, age):
    near, far = sorted((a, b))
    assert rank(near, accuracy, age) <= rank(far, accuracy, age)


@given(DISTANCES, ACCURACIES, st.floats(0, 100_000), st.floats(0, 100_000))
def test_it_is_never_better_for_being_older(distance, accuracy, a, b):
    fresh, old = sorted((a, b))
    assert rank(distance, accuracy, fresh) <= rank(distance, accuracy, old)


@given(st.floats(0, 15), st.floats(0.1, 20_000), st.floats(0.1, 20_000), AGES)
def test_it_is_never_better_for_being_coarser_at_the_door(distance, a, b, age):
    fine, coarse = sorted((a, b))
    assert rank(distance, fine, age) <= rank(distance, coarse, age)


@given(DISTANCES | st.none(), ACCURACIES | st.none(), AGES, st.booleans())
def test_it_always_has_a_letter_and_says_why_it_is_not_better(distance, accuracy, age, known):
    graded = grade(distance_m=distance, accuracy_m=accuracy, age_s=age, address_known=known)
    assert graded.letter in LETTERS
    assert bool(graded.reasons) is (graded.letter != "A")
    assert set(graded.reasons) <= set(REASONS)
