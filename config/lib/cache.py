"""Remembers for a few seconds, in this process, what is read with every alert and changes a few times a year."""

import math
import time
from collections.abc import Callable, Hashable, Iterable
from typing import Any, TypeVar

from django.conf import settings

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Brief:
    """A small memory; what it holds is at most `settings.REMEMBER_S` seconds old (0 remembers nothing), or `most_s`."""

    def __init__(self, *, most_s: float = math.inf) -> None:
        self.most_s = most_s
        self.held: dict[Hashable, tuple[float, Any]] = {}

    def many(self, keys: Iterable[K], load: Callable[[list[K]], dict[K, V]]) -> dict[K, V]:
        """Return what belongs to `keys`, reading only what is not remembered; keys without a value are left out."""
        now = time.monotonic()
        wanted = list(dict.fromkeys(keys))
        known = {key: self.held[key] for key in wanted if key in self.held}
        stale = [key for key in wanted if key not in known or known[key][0] <= now]
        read = load(stale) if stale else {}
        if remember_s := min(settings.REMEMBER_S, self.most_s):
            self.held.update({key: (now + remember_s, read.get(key)) for key in stale})
        fresh = {key: value for key, (until, value) in known.items() if until > now and value is not None}
        return fresh | read

    def one(self, key: Hashable, load: Callable[[], Any]) -> Any:
        """Return what belongs to `key`, read again when it is too old."""
        return self.many([key], lambda _keys: {key: load()})[key]
