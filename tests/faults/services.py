"""The services of one run, all its own: PostgreSQL, Redis, two web processes, two watchers; each ends by its pid."""

import contextlib
import os
import pwd
import random
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import psycopg
import redis

ROOT = Path(__file__).resolve().parents[2]
HOW_TO_GET = "On Debian and Ubuntu: apt install postgresql redis-server"
# Below the ports that the system lends out: a client that tries a dead server again must not be lent its port.
PORTS = range(20_000, 32_000)
WAIT_S = 40.0
WEBS, WATCHERS = ("web-0", "web-1"), ("watch-0", "watch-1")


class Missing(Exception):
    """A program that the run needs is not on this machine."""


def postgres_folder() -> Path:
    """Return the folder of PostgreSQL's programs: of the PATH, else the newest of the places where systems put it."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    places = [
        *Path("/usr/lib/postgresql").glob("*/bin"),
        *Path("/usr").glob("pgsql-*/bin"),
        Path("/usr/local/pgsql/bin"),
    ]
    here = [place for place in places if (place / "initdb").is_file() and (place / "postgres").is_file()]
    if not here:
        raise Missing(f"The faults need PostgreSQL's programs (initdb, postgres), and they are not here. {HOW_TO_GET}")
    return max(
        here, key=lambda place: [int(part) for part in place.parent.name.replace("-", ".").split(".") if part.isdigit()]
    )


def redis_program() -> str:
    """Return the path of redis-server."""
    if (found := shutil.which("redis-server")) is None:
        raise Missing(f"The faults need redis-server, and it is not here. {HOW_TO_GET}")
    return found


def free_port() -> int:
    """Return a port that nobody uses now."""
    for port in random.sample(PORTS, 200):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with contextlib.suppress(OSError):
                probe.bind(("127.0.0.1", port))
                return port
    raise RuntimeError("No port is free.")


def until(true: Callable[[], bool], what: str, *, process: subprocess.Popen[bytes] | None = None) -> None:
    """Return as soon as `true()`; raise when the process has ended or the time is over."""
    end = time.monotonic() + WAIT_S
    while not true():
        if process is not None and process.poll() is not None:
            raise RuntimeError(f"{what}: the process ended with {process.returncode}.")
        if time.monotonic() > end:
            raise RuntimeError(f"{what}: not within {WAIT_S:.0f} s.")
        time.sleep(0.05)


def listens(port: int) -> bool:
    """Return whether somebody takes connections on this port."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


@dataclass
class Services:
    """Everything that runs, by name, below a scratch folder; `environment` is what our own processes are given."""

    scratch: Path
    environment: Mapping[str, str]
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    ports: dict[str, int] = field(default_factory=dict)
    _files: list[IO[bytes]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.programs = postgres_folder()
        self.redis_server = redis_program()
        self.ports = {name: free_port() for name in ("postgres", "redis", *WEBS)}
        # PostgreSQL refuses to run as root, and must be able to walk to its folder.
        self.owner = None if os.geteuid() else "postgres"
        if self.owner:
            try:
                pwd.getpwnam(self.owner)
            except KeyError:
                raise Missing(f"Root cannot run PostgreSQL, and there is no user postgres. {HOW_TO_GET}") from None
            self.scratch.chmod(0o711)

    @property
    def database_url(self) -> str:
        """The address of the run's database, for a role that may do everything in it."""
        return f"postgres://doorstep@127.0.0.1:{self.ports['postgres']}/postgres"

    @property
    def redis_url(self) -> str:
        """The address of the run's Redis."""
        return f"redis://127.0.0.1:{self.ports['redis']}/0"

    @property
    def webs(self) -> list[str]:
        """The addresses of the web processes."""
        return [f"http://127.0.0.1:{self.ports[name]}" for name in WEBS]

    # --- Starting -------------------------------------------------------------------------------------------------
    def prepare(self) -> None:
        """Make an empty database cluster of our own and start it with Redis."""
        data = self.scratch / "postgres"
        data.mkdir(mode=0o700)
        if self.owner:
            shutil.chown(data, self.owner)
        told = subprocess.run(
            [self.programs / "initdb", "-D", data, "-U", "doorstep", "-A", "trust", "-E", "UTF8", "--no-locale",
             "--no-sync"],
            user=self.owner, cwd="/", capture_output=True, timeout=WAIT_S * 2,
        )  # fmt: skip
        if told.returncode:
            raise RuntimeError(f"initdb failed: {told.stderr.decode(errors='replace')}")
        self.start_postgres()
        self.start_redis()

    def start_postgres(self) -> None:
        """Start PostgreSQL and return when it takes queries, after whatever recovery it needs."""
        data, port = self.scratch / "postgres", str(self.ports["postgres"])
        self._run("postgres", [
            str(self.programs / "postgres"), "-D", str(data), "-p", port, "-c", "listen_addresses=127.0.0.1",
            "-c", f"unix_socket_directories={data}", "-c", "max_connections=120", "-c", "log_min_messages=fatal",
        ], cwd="/", user=self.owner)  # fmt: skip
        until(self.postgres_answers, "PostgreSQL", process=self.processes["postgres"])

    def postgres_answers(self) -> bool:
        """Return whether PostgreSQL lets somebody in."""
        try:
            psycopg.connect(self.database_url, connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def start_redis(self) -> None:
        """Start Redis, which keeps nothing, and return when it answers."""
        self._run("redis", [
            self.redis_server, "--port", str(self.ports["redis"]), "--bind", "127.0.0.1", "--save", "",
            "--appendonly", "no", "--dir", str(self.scratch),
        ])  # fmt: skip
        until(self._redis_answers, "Redis", process=self.processes["redis"])

    def redis_client(self) -> "redis.Redis":
        """Return a client of the run's Redis."""
        return redis.Redis.from_url(self.redis_url, socket_timeout=2, socket_connect_timeout=2)

    def _redis_answers(self) -> bool:
        try:
            with self.redis_client() as client:
                return bool(client.ping())
        except redis.RedisError:
            return False

    def start_ours(self, name: str, *, wait: bool = True) -> None:
        """Start a web process or a watcher by its name."""
        if name in WATCHERS:
            self.python(name, "manage.py", "watch")
            return
        self.python(name, "-m", "config.server", PORT=str(self.ports[name]), WORKERS="1")
        if wait:
            self.wait_for_web(name)

    def wait_for_web(self, name: str) -> None:
        """Return when a web process takes connections."""
        until(lambda: listens(self.ports[name]), name, process=self.processes[name])

    def start_all_ours(self) -> None:
        """Start both web processes and both watchers."""
        for name in (*WEBS, *WATCHERS):
            self.start_ours(name, wait=False)
        for name in WEBS:
            self.wait_for_web(name)

    def python(self, name: str, *arguments: str, **environment: str) -> subprocess.Popen[bytes]:
        """Start Python with these arguments under a name, with the settings of the run."""
        addresses = {"DATABASE_URL": self.database_url, "REDIS_URL": self.redis_url}
        return self._run(name, [sys.executable, *arguments], env=dict(self.environment) | addresses | environment)

    def _run(
        self, name: str, command: list[str], *, env: Mapping[str, str] | None = None, cwd: str | Path = ROOT,
        user: str | None = None,
    ) -> subprocess.Popen[bytes]:  # fmt: skip
        said = (self.scratch / f"{name}.log").open("ab")
        self._files.append(said)
        # A session of its own: Ctrl-C reaches the run, which then ends its processes in their order.
        self.processes[name] = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=said, stderr=said, env=env, cwd=cwd, user=user,
            start_new_session=True,
        )  # fmt: skip
        return self.processes[name]

    # --- Ending ---------------------------------------------------------------------------------------------------
    def send(self, name: str, number: signal.Signals) -> None:
        """Send a signal to one process."""
        self.processes[name].send_signal(number)

    def end(self, name: str, number: signal.Signals, *, within_s: float = 15) -> int:
        """Send a signal and return the exit code; what does not end in time is killed."""
        process = self.processes[name]
        process.send_signal(number)
        try:
            return process.wait(within_s)
        except subprocess.TimeoutExpired:
            process.kill()
            return process.wait()

    def stop(self) -> None:
        """End everything that still runs, the services that others need last."""
        order = sorted(self.processes, key=lambda name: (name in ("postgres", "redis"), name))
        for name in order:
            if self.processes[name].poll() is None:
                self.send(name, signal.SIGCONT)
                # SIGTERM would make PostgreSQL wait for every client; SIGINT ends their work first.
                self.end(name, signal.SIGINT if name == "postgres" else signal.SIGTERM, within_s=8)
        for file in self._files:
            file.close()

    def tail(self, lines: int = 25) -> str:
        """Return the last lines that each process said, for whoever has to find out why."""
        told = []
        for log in sorted(self.scratch.glob("*.log")):
            said = log.read_text(errors="replace").splitlines()[-lines:]
            told += [f"--- {log.stem}", *said] if said else []
        return "\n".join(told)
