"""Limits how much of this process each person may use, so that nobody uses it all. It guards no secret.

What must be counted exactly and by all processes together, such as tries to guess something, is counted in the
database instead (accounts/rate_limit.py).
"""

import math
import threading
import time
from collections.abc import Hashable

from cachetools import TTLCache

MOST_PEOPLE = 50_000


class Allowance:
    """Up to `burst` pieces at once, and `per_second` more as time passes, for each of many people."""

    def __init__(self, *, burst: int, per_second: float) -> None:
        self._burst, self._per_second = burst, per_second
        self._lock = threading.Lock()
        # What each has left, and since when; an entry expires when its person has everything again.
        self._left: TTLCache[Hashable, tuple[float, float]] = TTLCache(MOST_PEOPLE, burst / per_second)

    def take(self, who: Hashable, count: int) -> int:
        """Take `count` pieces for `who` and return 0; where not as many are left, take none and return the seconds
        after which they are. A `count` above `burst` is taken as `burst`.
        """
        wanted, now = min(count, self._burst), time.monotonic()
        with self._lock:
            left, at = self._left.get(who, (float(self._burst), now))
            left = min(float(self._burst), left + (now - at) * self._per_second)
            if left < wanted:
                return math.ceil((wanted - left) / self._per_second)
            self._left[who] = (left - wanted, now)
            return 0
