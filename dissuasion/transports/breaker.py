"""Circuit breakers: a host that does not answer in time, several times in a row, is not asked for a while."""

import threading
import time


class CircuitBreaker:
    """The breakers of the hosts of one kind of channel, in this process: open means that a host is not asked."""

    def __init__(self, *, max_timeouts: int, open_s: float) -> None:
        self.max_timeouts, self.open_s = max_timeouts, open_s
        self.lock = threading.Lock()
        self.timeouts: dict[str, int] = {}
        self.open_until: dict[str, float] = {}

    def is_open(self, host: str) -> bool:
        """Return whether a host is not to be asked now."""
        return self.open_for_s(host) > 0

    def open_for_s(self, host: str) -> float:
        """Return for how many seconds more a host is not to be asked; 0 when it may be."""
        return max(0.0, self.open_until.get(host, 0.0) - time.monotonic())

    def record_timeout(self, host: str) -> None:
        """Count a time-out; enough of them in a row open the breaker."""
        with self.lock:
            self.timeouts[host] = self.timeouts.get(host, 0) + 1
            if self.timeouts[host] >= self.max_timeouts:
                self.open_until[host] = time.monotonic() + self.open_s
                self.timeouts[host] = 0

    def record_success(self, host: str) -> None:
        """Close the breaker of a host that has answered."""
        with self.lock:
            self.timeouts.pop(host, None)
            self.open_until.pop(host, None)
