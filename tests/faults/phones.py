"""The phones of a run, a process of their own: each follows the app's rules and writes down what it sees and does.

Their rules are written here a second time, so that no fault of the simulated crew's hides one of the server's; who they
are, quick and slow, declining, silent, with a wrong clock or a nervous thumb, says `dissuasion/demo/crew/profile.py`.

SIGUSR1 ends the shift: nothing new is begun, what waits is handed over, then everybody compares with a fresh look.
"""

import argparse
import asyncio
import datetime as dt
import json
import secrets
import signal
import ssl
import time
import uuid
from pathlib import Path
from typing import Any

import httpx
from django.conf import settings
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, WebSocketException

from dissuasion.demo.crew.mix import Mix
from dissuasion.demo.crew.profile import Profile, random_for
from tests.faults.errand import errand

SILENT_S, BEHIND_S = 25.0, 3.0
FIRST_S, MOST_S = 1.0, 60.0
REFRESH = 4410
LOST_ANSWERS = 0.05  # answers to acts that never reach the phone: the same acts go out again
CALM_S, CAUGHT_UP_S = 4.0, 20.0
AT_ONCE = 40
# Whoever is away for hours sees nothing, and nothing that is lost either: frozen phones stand for them.
CREW = Mix.parse("steady=10,slow=1,declining=1,silent=2,unshown=1,wrong-clock=1,double-taps=1,cut-answers=1,goes-on=1")


class Shift:
    """What the phones of this process share: servers, HTTP client, ledger, and whether the shift is over."""

    def __init__(self, webs: list[str], ledger: Path) -> None:
        self.webs, self.over = webs, asyncio.Event()
        self.tls = ssl.create_default_context()  # never used, and dear: one for all
        self.ledger = ledger.open("w", buffering=1)

    def write(self, what: str, **row: Any) -> None:
        """Write one line of the ledger."""
        self.ledger.write(json.dumps({"what": what, **row}) + "\n")

    async def rest(self, seconds: float) -> None:
        """Wait, but not beyond the end of the shift."""
        try:
            await asyncio.wait_for(self.over.wait(), seconds)
        except TimeoutError:
            return


class Phone:
    """One phone: pulls, listens, takes whole documents, and goes about what is new."""

    def __init__(self, person: str, session: str, number: int, shift: Shift, profile: Profile) -> None:
        self.person, self.shift, self.number, self.profile = person, shift, number, profile
        token = secrets.token_hex(16)
        self.headers = {
            "Cookie": f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={token}",
            "X-CSRFToken": token,
        }
        self.lot = random_for("phone", person)
        ahead_s = self.lot.choice((1, -1)) * self.lot.uniform(*profile.clock_off_s)
        self.clock_ahead = dt.timedelta(seconds=ahead_s)
        self.clock_offset_ms = 0 if self.lot.random() < profile.clock_unknown else -round(1000 * ahead_s)
        self.device = f"faults-{uuid.uuid4().hex[:12]}"
        self.document: dict[str, Any] = {"epoch": "", "version": -1, "assignments": []}
        self.known: set[str] = set()
        self.errands: set[asyncio.Task[None]] = set()
        self.outbox: list[dict[str, Any]] = []
        self.sending = asyncio.Lock()
        # Its own connections, as a phone has: one pool for all did not get over a frozen server.
        limits = httpx.Limits(max_connections=4, max_keepalive_connections=1, keepalive_expiry=3)
        self.http = httpx.AsyncClient(timeout=15, limits=limits, trust_env=False, verify=shift.tls)
        self.seq = self.failures = self.elsewhere = 0
        self.behind_since: float | None = None

    @property
    def web(self) -> str:
        """The server that this phone tries now, as a balancer would give it one."""
        return self.shift.webs[(self.number + self.elsewhere) % len(self.shift.webs)]

    @property
    def have(self) -> str:
        """The state of the worklist that this phone has, as its ETag says it."""
        mine = self.document
        return f"{mine['epoch']}.{self.person[-8:]}.{mine['version']}" if mine["epoch"] else ""

    async def run(self) -> None:
        """Stay connected until cancelled; wait longer after each failure, by lot, as the app does."""
        while True:
            try:
                await self._stay()
            except ConnectionClosed as closed:
                if closed.rcvd is not None and closed.rcvd.code == REFRESH:
                    self.document["epoch"] = ""
            except (httpx.HTTPError, OSError, WebSocketException, TimeoutError):
                pass
            span = min(MOST_S, FIRST_S * 2 ** min(self.failures, 6))
            self.failures += 1
            self.elsewhere += 1
            await asyncio.sleep(span * self.lot.uniform(0.5, 1.0))

    async def _stay(self) -> None:
        await self.pull()
        self._hand_over_soon()
        address = f"ws{self.web.removeprefix('http')}/ws/v1/work?have={self.have}"
        async with connect(
            address, additional_headers={"Cookie": self.headers["Cookie"]}, compression=None, proxy=None,
            ping_interval=None, open_timeout=10, close_timeout=0.5, max_size=2**22,
        ) as socket:  # fmt: skip
            self.shift.write("socket", person=self.person)
            self.behind_since = None
            await self._listen(socket)

    async def pull(self) -> None:
        """Fetch the worklist, unless it is the one here."""
        headers = self.headers | ({"If-None-Match": f'"{self.have}"'} if self.have else {})
        answer = await self.http.get(f"{self.web}/api/v1/work", headers=headers)
        if answer.status_code == 304:
            return
        answer.raise_for_status()
        self.take(answer.json(), by="pull")

    async def _listen(self, socket: ClientConnection) -> None:
        told = -1  # the newest version that this very socket has named: it must never name an older one
        while True:
            patience = SILENT_S
            if self.behind_since is not None:
                patience = max(0.0, self.behind_since + BEHIND_S - time.monotonic())
            message = json.loads(await asyncio.wait_for(socket.recv(), patience))
            self.failures = 0
            if message["type"] == "work":
                version = message["document"]["version"]
                self.take(message["document"], by="socket")
            else:
                version = message["version"]
                self._compare(message["epoch"], version)
            if version < told:
                self.shift.write("backward", person=self.person, had=told, got=version, by=message["type"])
            told = max(told, version)
            self._hand_over_soon()

    def _compare(self, epoch: str, version: int) -> None:
        mine = self.document
        if mine["epoch"] == epoch and mine["version"] >= version:
            self.behind_since = None
        elif self.behind_since is None:
            self.behind_since = time.monotonic()

    def take(self, document: dict[str, Any], *, by: str) -> None:
        """Put a whole document in place of the one here, and go about what is new in it."""
        mine, now = self.document, time.monotonic()
        if document["epoch"] == mine["epoch"] and document["version"] < mine["version"]:
            self.shift.write("backward", person=self.person, had=mine["version"], got=document["version"], by=by)
            return
        held = {assignment["id"] for assignment in mine["assignments"]}
        self.document, self.behind_since = document, None
        for assignment in document["assignments"]:
            key = assignment["id"]
            if key not in self.known:
                self.known.add(key)
                self.shift.write("seen", person=self.person, assignment=key, case=assignment["case"]["id"], at_s=now)
                task = asyncio.create_task(errand(self, key))
                self.errands.add(task)
                task.add_done_callback(self.errands.discard)
            elif key not in held:
                self.shift.write("again", person=self.person, assignment=key)

    def holds(self, key: str) -> bool:
        """Whether an assignment is in the worklist and the shift still runs."""
        return not self.shift.over.is_set() and any(held["id"] == key for held in self.document["assignments"])

    def record(self, kind: str, assignment: str, payload: dict[str, Any] | None = None) -> None:
        """Put an act into the outbox; it goes out until its receipt has come."""
        self.seq += 1
        act = {
            "uuid": str(uuid.uuid4()), "kind": kind, "assignment": assignment, "device": self.device, "seq": self.seq,
            "happened_at": (dt.datetime.now(dt.UTC) + self.clock_ahead).isoformat(),
            "clock_offset_ms": self.clock_offset_ms, "payload": payload or {},
        }  # fmt: skip
        self.outbox.append(act)
        named = {name: act[name] for name in ("uuid", "kind", "assignment", "device", "seq")}
        self.shift.write("act", person=self.person, **named)
        self._hand_over_soon()

    def _hand_over_soon(self) -> None:
        if self.outbox and not self.sending.locked():
            task = asyncio.create_task(self.hand_over())
            self.errands.add(task)
            task.add_done_callback(self.errands.discard)

    async def hand_over(self) -> None:
        """Send what waits until every act has its receipt; after a failure to the other server, a little later."""
        async with self.sending:
            while batch := self.outbox[:50]:
                try:
                    await self._send(batch)
                except (httpx.HTTPError, ValueError):
                    self.elsewhere += 1  # the line has a patience of its own, as in the app
                    await asyncio.sleep(self.lot.uniform(0.3, 1.2))

    async def _send(self, batch: list[dict[str, Any]]) -> None:
        network = self.profile.network
        await asyncio.sleep(self.lot.uniform(*network.latency_s))
        times = 2 if self.lot.random() < network.repeats else 1
        answer, *_same = await asyncio.gather(*(self._post(batch) for _time in range(times)))
        answer.raise_for_status()
        if self.lot.random() < max(LOST_ANSWERS, network.cuts):
            return  # taken by the server, and the phone never heard of it
        receipts = {row["uuid"]: row for row in answer.json()["receipts"] if row["verdict"] != "busy"}
        for key, row in receipts.items():
            repeated = bool(row.get("repeated"))
            self.shift.write("receipt", uuid=key, verdict=row["verdict"], repeated=repeated)
        self.outbox = [act for act in self.outbox if act["uuid"] not in receipts]
        if not receipts:
            await asyncio.sleep(0.5)

    async def _post(self, batch: list[dict[str, Any]]) -> httpx.Response:
        return await self.http.post(f"{self.web}/api/v1/acts", json={"acts": batch}, headers=self.headers)

    async def compare(self) -> None:
        """Write down what is held here and what a fresh look gives; a change in between is waited for."""
        end = time.monotonic() + CAUGHT_UP_S
        while True:
            fresh = await self._look()
            same = fresh and (self.document["epoch"], self.document["version"]) == (fresh["epoch"], fresh["version"])
            if same or time.monotonic() > end:
                break
            await asyncio.sleep(1)
        parts = ("epoch", "version", "assignments", "done_today")
        held, found = ({part: document.get(part) for part in parts} for document in (self.document, fresh))
        self.shift.write("final", person=self.person, held=held, fresh=found)

    async def _look(self) -> dict[str, Any]:
        """Return the worklist as the server gives it to somebody who has none; nothing where it can't just now."""
        try:
            answer = await self.http.get(f"{self.web}/api/v1/work", headers=self.headers)
            return dict(answer.raise_for_status().json())
        except httpx.HTTPError:
            self.elsewhere += 1
            return {}


async def _settle(phones: list[Phone]) -> None:
    """Hand over everything, give the last changes their time, compare."""
    while errands := [task for phone in phones for task in phone.errands]:
        await asyncio.gather(*errands, return_exceptions=True)
    await asyncio.sleep(CALM_S)
    turn = asyncio.Semaphore(AT_ONCE)

    async def one(phone: Phone) -> None:
        async with turn:
            await phone.compare()

    await asyncio.gather(*map(one, phones))


async def work(world: dict[str, Any], ledger: Path) -> None:
    """Switch the phones on one after the other, and let them work until the shift is over."""
    shift = Shift(world["webs"], ledger)
    asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, shift.over.set)
    dealt = zip(world["phones"], CREW.deal("faults"), strict=False)
    phones = [Phone(each["person"], each["session"], n, shift, who) for n, (each, who) in enumerate(dealt)]
    running = []
    for phone in phones:
        running.append(asyncio.create_task(phone.run()))
        await asyncio.sleep(0.01)
    await shift.over.wait()
    await _settle(phones)
    for task in running:
        task.cancel()
    await asyncio.gather(*running, return_exceptions=True)
    await asyncio.gather(*(phone.http.aclose() for phone in phones))


def main() -> None:
    """Be the phones that a file names."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("world", type=Path)
    reader.add_argument("ledger", type=Path)
    asked = reader.parse_args()
    asyncio.run(work(json.loads(asked.world.read_text()), asked.ledger))


if __name__ == "__main__":
    main()
