"""Small pools of threads for heavy work, such as hashing a password or drawing a picture: few work at the same time.

Their threads have the same priority as all others. With a lower one they could hold up the whole process on a busy
machine: Python hands its interpreter to a thread that waits for it, and waits until that thread runs.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class SmallPool:
    """At most `threads` pieces of work at the same time in this process; the others wait in their order."""

    def __init__(self, name: str, *, threads: int) -> None:
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix=name)

    def run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Return `work(…)`, or raise what it raises; the caller's thread waits and uses no processor meanwhile."""
        return self._threads.submit(work, *args, **kwargs).result()
