"""Many at once: threads that start together, each with a database connection of its own."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from typing import TypeVar

from django.db import connections

T = TypeVar("T")


def at_once(works: Sequence[Callable[[], T]], *, within_s: float = 60) -> list[T]:
    """Return what each of `works` returned, in their order; they are all started at the same moment."""
    barrier = Barrier(len(works))

    def run(work: Callable[[], T]) -> T:
        barrier.wait(10)
        try:
            return work()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(works)) as pool:
        return [future.result(within_s) for future in [pool.submit(run, work) for work in works]]


def in_crowd(works: Sequence[Callable[[], T]], *, threads: int) -> list[T]:
    """Return what each of `works` returned, in their order; so many at a time, each thread with its own connection."""
    share = [works[start::threads] for start in range(threads)]
    done = at_once([partial(_one_after_another, mine) for mine in share if mine], within_s=180)
    return [done[place % threads][place // threads] for place in range(len(works))]


def _one_after_another(works: Sequence[Callable[[], T]]) -> list[T]:
    return [work() for work in works]
