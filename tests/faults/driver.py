"""The sources of the run: they send alerts to both web processes and try again until each has its answer."""

import asyncio
import datetime as dt
import itertools
import random
import time
from typing import Any

import httpx

from tests.faults.books.ledger import Sent
from tests.faults.plan import Load

AT_ONCE = 24
AGAIN_S = 0.3
SENT_TWICE = 0.03  # of the answered alerts, sent once more as sources do: the same answer must come
NOBODY = "10099000000"  # no resident's telephone: such an alert waits in triage
UNKNOWN = 0.01


class Driver:
    """Sends the alerts of a load and keeps what it was answered."""

    def __init__(self, webs: list[str], key: str, residents: list[str], load: Load) -> None:
        self.webs, self.load = webs, load
        self.sent: dict[str, Sent] = {}
        self.answers_lost = 0
        self._lot = random.Random("driver")
        self._residents = itertools.cycle(residents)
        self._turns = itertools.count()
        self._room = asyncio.Semaphore(AT_ONCE)
        headers = {"authorization": f"Bearer {key}"}
        limits = httpx.Limits(max_connections=64, max_keepalive_connections=AT_ONCE, keepalive_expiry=3)
        self._http = httpx.AsyncClient(headers=headers, timeout=20, limits=limits, trust_env=False)

    async def run(self) -> None:
        """Send everything at its time; return when every alert has its answer."""
        async with self._http, asyncio.TaskGroup() as group:
            group.create_task(self._singles(group))
            group.create_task(self._batches(group))

    async def _singles(self, group: asyncio.TaskGroup) -> None:
        begun, apart = time.monotonic(), self.load.seconds / max(1, self.load.singles)
        for number in range(self.load.singles):
            await asyncio.sleep(max(0.0, begun + number * apart - time.monotonic()))
            await self._room.acquire()
            group.create_task(self._single(self._alert(f"single-{number}", high=True)))

    async def _batches(self, group: asyncio.TaskGroup) -> None:
        if not self.load.in_batches:
            return
        begun = time.monotonic()
        for number in range(self.load.in_batches // self.load.batch_rows):
            await asyncio.sleep(max(0.0, begun + number * self.load.batch_every_s - time.monotonic()))
            rows = [
                self._alert(f"batch-{number}-{row}", high=row % self.load.high_every == 0)
                for row in range(self.load.batch_rows)
            ]
            group.create_task(self._batch(rows))

    def _alert(self, external_id: str, *, high: bool) -> dict[str, Any]:
        """Return the body of an alert and open its line in the ledger."""
        self.sent[external_id] = Sent(external_id, high, begun_s=time.monotonic())
        stranger = self._lot.random() < UNKNOWN
        body: dict[str, Any] = {
            "external_id": external_id,
            "occurred_at": dt.datetime.now(dt.UTC).isoformat(),
            "scam_type": "investment" if high else "shopping",
            "risk": "high" if high else "low",
            "channel": "funds" if high else "web",
            "resident": {"phone": NOBODY if stranger else next(self._residents)},
        }
        if stranger:
            body["resident"]["division_code"] = "411681112"
        return body | ({"amount_at_risk": "200000", "already_transferred": "10000"} if high else {})

    async def _single(self, body: dict[str, Any]) -> None:
        try:
            line = self.sent[body["external_id"]]
            again = self._lot.random() < SENT_TWICE
            while True:
                answer = await self._post("/api/v1/alerts", body, [line])
                if answer is not None:
                    self._note(line, answer.status_code, answer.json())
                    if not again:
                        return
                    again = False
        finally:
            self._room.release()

    async def _batch(self, rows: list[dict[str, Any]]) -> None:
        left = rows
        while left:
            lines = [self.sent[row["external_id"]] for row in left]
            answer = await self._post("/api/v1/alerts/batch", {"alerts": left}, lines)
            if answer is None:
                continue
            told = answer.json()["rows"]
            for line, row in zip(lines, told, strict=True):
                if row["status"] < 500:
                    self._note(line, row["status"], row.get("answer", {}))
            left = [row for row, line in zip(left, lines, strict=True) if line.answered_s is None]
            if left:
                await asyncio.sleep(AGAIN_S)

    async def _post(self, path: str, body: Any, lines: list[Sent]) -> httpx.Response | None:
        """Return an answer that holds, or None after a short rest when it has to be tried again at the other server."""
        for line in lines:
            line.tries += 1
        web = self.webs[next(self._turns) % len(self.webs)]
        try:
            answer = await self._http.post(f"{web}{path}", json=body)
        except httpx.TransportError:
            answer = None
        if answer is None or answer.status_code >= 500:
            await asyncio.sleep(AGAIN_S)
            return None
        return answer

    def _note(self, line: Sent, status: int, answer: dict[str, Any]) -> None:
        """Write down the first answer, and from each the alert that it names."""
        if line.answered_s is None:
            line.answered_s, line.status = time.monotonic(), status
            line.case, line.way, line.risk = answer.get("case"), answer.get("way", ""), answer.get("risk") or ""
        if "alert" in answer:
            line.alerts.append(answer["alert"])
