"""Hosts that do not answer in time: after so many time-outs in a row they are left alone for a while."""

import threading
import time


class Silent:
    """What this process knows of the hosts of one kind of channel; it forgets all when it ends."""

    def __init__(self, *, time_outs: int, rest_s: float) -> None:
        self.time_outs, self.rest_s = time_outs, rest_s
        self.lock = threading.Lock()
        self.missed: dict[str, int] = {}
        self.until: dict[str, float] = {}

    def rests(self, host: str) -> bool:
        """Return whether a host is left alone now."""
        return self.left_s(host) > 0

    def left_s(self, host: str) -> float:
        """Return for how many seconds more a host is left alone; 0 when it isn't."""
        return max(0.0, self.until.get(host, 0.0) - time.monotonic())

    def timed_out(self, host: str) -> None:
        """Count a time-out."""
        with self.lock:
            self.missed[host] = self.missed.get(host, 0) + 1
            if self.missed[host] >= self.time_outs:
                self.until[host] = time.monotonic() + self.rest_s
                self.missed[host] = 0

    def answered(self, host: str) -> None:
        """Forget the time-outs of a host that answers."""
        with self.lock:
            self.missed.pop(host, None)
            self.until.pop(host, None)
