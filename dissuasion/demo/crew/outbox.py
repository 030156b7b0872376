"""What a phone has recorded and not yet handed over: nothing leaves it without a receipt."""

import asyncio
import datetime as dt
import uuid
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from dissuasion.demo.crew.door import Refused
from dissuasion.demo.crew.ledger import Ledger

Send = Callable[[Sequence[dict[str, Any]]], Awaitable[list[dict[str, Any]]]]
# A difference below this is no error of the phone's clock; an answer's date has whole seconds, a second late at most.
NOISE_S, COARSE_NOISE_S = 0.5, 4.0
SAMPLES = 6
MOST = 50  # acts a request, as the app sends them


class Clock:
    """A phone's clock, which may be wrong, and what the phone has learned of its error."""

    def __init__(self, *, ahead_s: float = 0.0, learns: bool = True) -> None:
        self._learns = learns
        self._ahead = dt.timedelta(seconds=ahead_s)
        self._behind: deque[float] = deque(maxlen=SAMPLES)
        self.offset_ms = 0

    def now(self) -> dt.datetime:
        """Return what the phone believes the time to be."""
        return dt.datetime.now(dt.UTC) + self._ahead

    def learn(self, server: dt.datetime, *, fine: bool = True) -> None:
        """Note the server's time as it was just heard; `fine` when it is better than whole seconds."""
        if not self._learns:
            return
        behind = (server - self.now()).total_seconds()
        if fine:
            self._behind.append(behind)
            # The answer with the shortest round trip is the most exact.
            behind = max(self._behind)
        if fine or not self._behind:
            noise = NOISE_S if fine else COARSE_NOISE_S
            self.offset_ms = 0 if abs(behind) < noise else round(behind * 1000)


class Outbox:
    """The acts of one device, in order; each goes out until its receipt has come."""

    def __init__(self, device: str, clock: Clock) -> None:
        self.device, self.clock, self.ledger = device, clock, Ledger()
        self.waiting: list[dict[str, Any]] = []
        self._seq = 0
        self._sending = asyncio.Lock()

    def add(self, kind: str, assignment: str, payload: dict[str, Any]) -> str:
        """Record an act and return its UUID."""
        self._seq += 1
        act = {
            "uuid": str(uuid.uuid4()), "kind": kind, "assignment": assignment, "device": self.device,
            "seq": self._seq, "happened_at": self.clock.now().isoformat(),
            "clock_offset_ms": self.clock.offset_ms, "payload": payload,
        }  # fmt: skip
        self.waiting.append(act)
        self.ledger.record_act(act)
        return str(act["uuid"])

    async def flush(self, send: Send) -> None:
        """Hand over everything that waits; what gets no receipt stays, whatever the reason."""
        async with self._sending:
            while self.waiting:
                batch = self.waiting[:MOST]
                self.ledger.record_sent(batch)
                for answer in await send(batch):
                    self.ledger.record_answer(answer)
                left = [act for act in self.waiting if self.ledger.receipt(act["uuid"]) is None]
                if len(left) == len(self.waiting):
                    raise Refused(200, "no_receipts", "The answer had no receipt for what was sent.")
                self.waiting = left

    def receipt(self, act: str) -> dict[str, Any] | None:
        """Return the receipt of an act, or None when it still waits."""
        return self.ledger.receipt(act)
