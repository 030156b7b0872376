"""One run: start everything, put load on it, let the faults strike in their turn, stop, read the three ledgers."""

import asyncio
import base64
import json
import os
import secrets
import signal
import time
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

import psycopg

from tests.faults import dumps
from tests.faults.books import tables
from tests.faults.books.ledger import Database, Phones, Sent, Window, read_phones
from tests.faults.driver import Driver
from tests.faults.plan import Fault, Kind, Plan
from tests.faults.services import WATCHERS, WEBS, Services, until

CREW, FROZEN = "phones", "phones-frozen"
ESTABLISHED = "01"
SETTLE_S = 180.0


@dataclass
class Outcome:
    """Everything that is known after a run."""

    plan: Plan
    sent: list[Sent]
    started: int  # phones
    phones: Phones
    base: Database
    windows: list[Window]
    seconds: dict[str, float] = field(default_factory=dict)


def environment(scratch: Path) -> dict[str, str]:
    """Return the settings of the run's own processes: production's, with secrets made for it."""
    key = base64.b64encode(secrets.token_bytes(32)).decode()
    return {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "VIRTUAL_ENV") if name in os.environ} | {
        "DEBUG": "0", "HTTPS": "0", "SECRET_KEY": secrets.token_hex(32), "FIELD_KEYS": f"faults:{key}",
        "INDEX_KEY": key, "ALLOWED_HOSTS": "127.0.0.1", "ENVIRONMENT": "faults", "STATE_DIR": str(scratch / "state"),
        "DJANGO_SETTINGS_MODULE": "config.settings", "PYTHONUNBUFFERED": "1",
    }  # fmt: skip


class Run:
    """A plan being carried out on its services."""

    def __init__(self, plan: Plan, services: Services) -> None:
        self.plan, self.services = plan, services
        self.windows: list[Window] = []
        self.frozen_persons: frozenset[str] = frozenset()
        self.seconds: dict[str, float] = {}
        self._clock = time.monotonic()

    def carry_out(self) -> Outcome:
        """Return the outcome; raise when something does not start or does not end."""
        services = self.services
        services.prepare()
        world = self._seed()
        services.start_all_ours()
        self._start_phones(world)
        self._lap("started")
        driver = Driver(services.webs, world["key"], world["residents"], self.plan.load)
        asyncio.run(self._under_load(driver))
        self._lap("load and faults")
        watched_until = time.monotonic()
        for name in WATCHERS:
            services.end(name, signal.SIGTERM)
        self._settle_phones()
        self._lap("settled")
        base = tables.read(
            services.database_url, monotonic_minus_wall_s=time.monotonic() - time.time(), watched_until_s=watched_until
        )
        phones = read_phones([services.scratch / f"{name}.jsonl" for name in (CREW, FROZEN)])
        sent = list(driver.sent.values())
        (services.scratch / "driver.jsonl").write_text("".join(json.dumps(asdict(line)) + "\n" for line in sent))
        return Outcome(self.plan, sent, len(world["phones"]), phones, base, self.windows, self.seconds)

    def _lap(self, name: str) -> None:
        now = time.monotonic()
        self.seconds[name], self._clock = round(now - self._clock, 1), now
        print(f"{name}: {self.seconds[name]:.0f} s", flush=True)

    # --- Before and after -----------------------------------------------------------------------------------------
    def _seed(self) -> dict[str, Any]:
        into, plan = self.services.scratch / "world.json", self.plan
        seeding = self.services.python(
            "seeding", "-m", "tests.faults.seeding", "--size", plan.city, "--phones", str(plan.phones),
            "--acknowledge", str(plan.acknowledge_s), "--into", str(into),
        )  # fmt: skip
        if seeding.wait(300):
            raise RuntimeError("The seeding failed.")
        return dict(json.loads(into.read_text()))

    def _start_phones(self, world: dict[str, Any]) -> None:
        """Start the phones; those that will freeze belong to police officers of different stations."""
        police = [each for each in world["phones"] if each["person"] in set(world["police"])]
        frozen = police[:: max(1, len(police) // self.plan.frozen)][: self.plan.frozen]
        self.frozen_persons = frozenset(each["person"] for each in frozen)
        rest = [each for each in world["phones"] if each["person"] not in self.frozen_persons]
        for name, phones in ((CREW, rest), (FROZEN, frozen)):
            about = self.services.scratch / f"{name}.json"
            about.write_text(json.dumps({"webs": self.services.webs, "phones": phones}))
            ledger = self.services.scratch / f"{name}.jsonl"
            self.services.python(name, "-m", "tests.faults.phones", str(about), str(ledger))
            all_there = partial(_all_connected, ledger, len(phones))
            until(all_there, name, process=self.services.processes[name])

    def _settle_phones(self) -> None:
        """End the shift of all phones and wait until each has compared its worklist."""
        for name in (CREW, FROZEN):
            self.services.send(name, signal.SIGUSR1)
        end = time.monotonic() + SETTLE_S
        for name in (CREW, FROZEN):
            code = self.services.processes[name].wait(max(1.0, end - time.monotonic()))
            if code:
                raise RuntimeError(f"{name} ended with {code}.")

    # --- Load and faults ------------------------------------------------------------------------------------------
    async def _under_load(self, driver: Driver) -> None:
        begun = time.monotonic()
        async with asyncio.timeout(self.plan.load.seconds * 3 + 60), asyncio.TaskGroup() as group:
            group.create_task(driver.run())
            group.create_task(self._faults(group, begun))

    async def _faults(self, group: asyncio.TaskGroup, begun: float) -> None:
        """Let each fault strike at its time, one after the other; phones stay frozen while others strike."""
        for fault in self.plan.faults:
            await asyncio.sleep(max(0.0, begun + fault.at_s - time.monotonic()))
            struck = time.monotonic()
            print(f"{struck - begun:6.1f} s  {fault.kind}", flush=True)
            if fault.kind == Kind.PHONE_FREEZE:
                group.create_task(self._freeze_phones(fault, struck))
                continue
            await asyncio.to_thread(self._strike, fault)
            self.windows.append(Window(fault.kind, struck, time.monotonic()))
            print(f"{time.monotonic() - begun:6.1f} s  over", flush=True)

    async def _freeze_phones(self, fault: Fault, struck: float) -> None:
        window = Window(fault.kind, struck, struck + fault.lasts_s, self.frozen_persons)
        place = len(self.windows)
        self.windows.append(window)
        process = self.services.processes[FROZEN]
        process.send_signal(signal.SIGSTOP)
        noticed = None
        try:
            while time.monotonic() < struck + fault.lasts_s:
                await asyncio.sleep(0.25)
                if noticed is None and not open_lines(process.pid):
                    noticed = time.monotonic() - struck
        finally:
            process.send_signal(signal.SIGCONT)
        self.windows[place] = replace(window, until_s=time.monotonic(), noticed_s=noticed)

    def _strike(self, fault: Fault) -> None:
        """Do one fault and, as a supervisor does, start again what it ended; return when that works."""
        services, kind = self.services, fault.kind
        if kind in (Kind.WEB_KILL, Kind.WEB_RESTART):
            services.end(WEBS[fault.which], signal.SIGKILL if kind == Kind.WEB_KILL else signal.SIGTERM)
            services.start_ours(WEBS[fault.which])
        elif kind in (Kind.WATCH_KILL, Kind.WATCH_KILL_BOTH):
            killed = WATCHERS if kind == Kind.WATCH_KILL_BOTH else (WATCHERS[fault.which],)
            for name in killed:
                services.end(name, signal.SIGKILL)
            for name in killed:
                services.start_ours(name)
        elif kind == Kind.POSTGRES_RESTART:
            services.end("postgres", signal.SIGQUIT)  # immediate: no farewell, recovery at the start
            time.sleep(fault.lasts_s)
            services.start_postgres()
        elif kind == Kind.POSTGRES_CRASH:
            os.kill(a_backend(services.database_url), signal.SIGKILL)  # PostgreSQL then resets all the others
            until(services.postgres_answers, "PostgreSQL", process=services.processes["postgres"])
        elif kind == Kind.DUMP:
            dumps.take(services)
        elif kind == Kind.RESTORE:
            dumps.restore(services)
        else:
            self._strike_redis(fault)

    def _strike_redis(self, fault: Fault) -> None:
        services, kind = self.services, fault.kind
        if kind in (Kind.REDIS_RESTART, Kind.REDIS_KILL):
            services.end("redis", signal.SIGKILL if kind == Kind.REDIS_KILL else signal.SIGTERM)
            services.start_redis()
        elif kind == Kind.REDIS_FREEZE:
            services.send("redis", signal.SIGSTOP)
            time.sleep(fault.lasts_s)
            services.send("redis", signal.SIGCONT)
        elif kind in (Kind.REDIS_FLUSH, Kind.REDIS_DEAF):
            command = ["FLUSHALL"] if kind == Kind.REDIS_FLUSH else ["CLIENT", "KILL", "TYPE", "pubsub"]
            with services.redis_client() as client:
                client.execute_command(*command)


def a_backend(url: str) -> int:
    """Return the process id of a connection of ours to PostgreSQL."""
    with psycopg.connect(url, connect_timeout=5) as connection:
        asked = connection.execute(
            "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid() LIMIT 1"
        ).fetchone()
    if asked is None:
        raise RuntimeError("Nobody is connected to PostgreSQL.")
    return int(asked[0])


def open_lines(pid: int) -> int:
    """Return how many of a process's TCP connections both ends still hold: its kernel knows that without its help.

    Only Linux tells; elsewhere it is always one.
    """
    if not Path(f"/proc/{pid}/net/tcp").is_file():
        return 1
    mine = set()
    for link in Path(f"/proc/{pid}/fd").iterdir():
        with suppress(OSError):
            target = os.readlink(link)
            if target.startswith("socket:["):
                mine.add(target[8:-1])
    lines = [line.split() for line in Path(f"/proc/{pid}/net/tcp").read_text().splitlines()[1:]]
    return sum(columns[3] == ESTABLISHED and columns[9] in mine for columns in lines)


def _all_connected(ledger: Path, phones: int) -> bool:
    return ledger.is_file() and ledger.read_text().count('"what": "socket"') >= phones
