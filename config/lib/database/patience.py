"""Limits how long a request waits for locks of others, in all."""

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django.db import OperationalError, connection, transaction

from config.lib.database.postgres import LIMITS
from config.lib.database.unavailable import is_away, is_held

logger = logging.getLogger(__name__)

Row = TypeVar("Row")
Made = TypeVar("Made")
# How long one request waits in all for what somebody else holds: PostgreSQL's connections wait no longer by themselves.
IN_ALL_S = LIMITS["lock_timeout"] / 1000
# A row that was held before is waited for this long at most.
ROW_S = 1.0
# No statement of ours works longer, but for those that write many rows: one that took longer has waited.
WORKS_S = 0.05


class LockBudget:
    """What is left of the seconds for which one request waits: with none, it takes what is free at once."""

    def __init__(self, seconds: float = IN_ALL_S) -> None:
        self.left_s = seconds

    @contextmanager
    def spent(self) -> Iterator[None]:
        """Count how long the block waits: all of its time where it fails, and its statements that waited."""
        began, before_s = time.monotonic(), self.left_s
        try:
            with connection.execute_wrapper(self._watch):
                yield
        except Exception:
            self.left_s = max(0.0, before_s - (time.monotonic() - began))
            raise

    def _watch(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        began = time.monotonic()
        try:
            return execute(sql, params, many, context)
        finally:
            took_s = time.monotonic() - began
            if took_s > WORKS_S and not sql.startswith("INSERT"):
                self.left_s = max(0.0, self.left_s - took_s)

    def turn(self, most_s: float = IN_ALL_S) -> float:
        """Return how many seconds the next transaction may wait; all of them on SQLite, where there is one lock."""
        return self.left_s if connection.vendor == "sqlite" else min(most_s, self.left_s)


@contextmanager
def transaction_that_waits(seconds: float | None) -> Iterator[None]:
    """A transaction in which no statement waits longer than `seconds` for a lock; None: as long as the settings say."""
    if seconds is None:
        with transaction.atomic():
            yield
        return
    with one_lock_waits(seconds), transaction.atomic():
        if connection.vendor != "sqlite" and seconds < IN_ALL_S:
            _execute(f"SET LOCAL lock_timeout = {_milliseconds(seconds)}")
        yield


@contextmanager
def one_lock_waits(seconds: float) -> Iterator[None]:
    """Let whatever is done here wait no longer than this for SQLite's one lock; PostgreSQL has limits of its own."""
    if connection.vendor != "sqlite":
        yield
        return
    _execute(f"PRAGMA busy_timeout = {_milliseconds(seconds)}")
    try:
        yield
    finally:
        _execute(f"PRAGMA busy_timeout = {_milliseconds(connection.settings_dict['OPTIONS']['timeout'])}")


def _milliseconds(seconds: float) -> int:
    return max(1, int(seconds * 1000))  # 0 would mean without end


def _execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def one_of_many(work: Callable[[float], Made], patience: LockBudget, *, what: str) -> Made | None:
    """Return what `work` makes, which takes the seconds that it may wait; None where it can't be done now.

    Whatever fails must not hold up those behind it and comes again; a database that is away is raised, since none of
    them could be done either.
    """
    try:
        with patience.spent():
            return work(patience.turn())
    except Exception as error:
        if is_away(error):
            raise
        logger.exception("%s was not taken; it is sent again.", what)
        return None


def row_by_row(rows: Iterable[Row], work: Callable[[Row, float], Made]) -> tuple[list[Made], bool]:
    """Call `work` with each row and the seconds that it may wait; return its results, and whether any row was held.

    A row that somebody holds is left out, and the others are done; any other error raises at once.
    """
    patience, held = LockBudget(), False
    made: list[Made] = []
    for row in rows:
        try:
            with patience.spent():
                made.append(work(row, patience.turn()))
        except OperationalError as error:
            if not is_held(error):
                raise
            held = True
    return made, held
