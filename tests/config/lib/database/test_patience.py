"""How long a request waits in all: what waited counts, also where it came to a good end; what only worked does not."""

import time

import pytest
from django.db import connection

from config.lib.database.patience import IN_ALL_S, ROW_S, LockBudget, row_by_row

pytestmark = pytest.mark.django_db


def wait(seconds):
    """Ask the database something for which it takes so long, as if somebody had held it."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            connection.connection.create_function("pg_sleep", 1, time.sleep)
        cursor.execute("SELECT pg_sleep(%s)", [seconds])


def test_a_wait_that_came_to_a_good_end_counts():
    patience = LockBudget()
    with patience.spent():
        wait(0.2)
        wait(0.1)
    assert 0.5 > IN_ALL_S - patience.left_s >= 0.3


def test_work_does_not():
    patience = LockBudget()
    with patience.spent():
        time.sleep(0.2)
        wait(0)
    assert patience.left_s == IN_ALL_S


def test_a_failure_counts_whole_and_once():
    patience = LockBudget()

    def fail():
        wait(0.1)
        time.sleep(0.1)
        raise ValueError("x")

    with pytest.raises(ValueError, match="x"), patience.spent():
        fail()
    assert 0.4 > IN_ALL_S - patience.left_s >= 0.2


def test_it_never_lasts_longer_than_it_had():
    patience = LockBudget(0.1)
    with patience.spent():
        wait(0.2)
    assert (patience.left_s, patience.turn(ROW_S)) == (0.0, 0.0)


def test_a_hundred_short_waits_are_as_long_as_one():
    turns = []

    def work(_row, waits_s):
        turns.append(waits_s)
        wait(min(waits_s, 0.2))

    row_by_row(range(100), work)
    assert turns[0] == IN_ALL_S
    assert turns[-1] == 0.0
    assert sum(min(seconds, 0.2) for seconds in turns) <= IN_ALL_S + 0.3
