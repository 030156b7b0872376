"""A cache in this process, with a time limit, for what every alert reads and what seldom changes."""

import math
import threading
import time
from collections.abc import Callable, Hashable, Iterable
from typing import Generic, TypeVar

from cachetools import TLRUCache
from django.conf import settings

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
MAX_ENTRIES = 50_000


class TimedCache(Generic[K, V]):
    """Entries are at most `settings.REMEMBER_S` seconds old, or `max_age_s` if that is less; 0 caches nothing.

    Threads may share it. A value is loaded outside the lock: two threads may load the same key at once.
    """

    def __init__(self, *, max_age_s: float = math.inf) -> None:
        self._max_age_s = max_age_s
        self._lock = threading.Lock()
        # The timer is looked up at each call, so that a test can move the clock.
        self._entries: TLRUCache[K, V | None] = TLRUCache(MAX_ENTRIES, self._expires_at, lambda: time.monotonic())

    def _expires_at(self, _key: K, _value: V | None, now: float) -> float:
        return now + min(settings.REMEMBER_S, self._max_age_s)

    def get_many(self, keys: Iterable[K], load: Callable[[list[K]], dict[K, V]]) -> dict[K, V]:
        """Return the values of `keys`; `load` reads those that are not cached. Keys without a value are left out."""
        cached, missing = self._split(list(dict.fromkeys(keys)))
        loaded = load(missing) if missing else {}
        with self._lock:
            for key in missing:
                self._entries[key] = loaded.get(key)
        return {key: value for key, value in cached.items() if value is not None} | loaded

    def get_or_load(self, key: K, load: Callable[[], V]) -> V:
        """Return the value of `key`; `load` reads it when it is not cached."""
        return self.get_many([key], lambda _keys: {key: load()})[key]

    def _split(self, keys: list[K]) -> tuple[dict[K, V | None], list[K]]:
        """Return the cached entries of `keys`, and the keys that are not cached."""
        cached: dict[K, V | None] = {}
        missing: list[K] = []
        with self._lock:
            for key in keys:
                # Not "if key in": an entry may expire between the question and the read.
                try:
                    cached[key] = self._entries[key]
                except KeyError:
                    missing.append(key)
        return cached, missing
