"""Behind pgbouncer in transaction mode: refused with a sentence, or at work with PostgreSQL's own address beside it."""

import asyncio
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import psycopg
import pytest
from django.conf import settings
from django.db import connection

from config.lib import addresses
from config.lib.database import postgres
from dissuasion.models import Alert
from dissuasion.transports import wakeup
from dissuasion.workers import start
from tests.cast import SOURCE_KEY, alert

PROGRAM = shutil.which("pgbouncer", path=f"{os.environ.get('PATH', '')}{os.pathsep}/usr/sbin")
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="a pooler of PostgreSQL (.ci/run)"),
]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Pooler:
    """A pgbouncer of the test's own in front of the test's database."""

    def __init__(self, scratch: Path, more: str) -> None:
        if PROGRAM is None:
            pytest.fail("pgbouncer is not here. Get it with: apt install pgbouncer")
        own = postgres.parameters()
        self.port, self.name, self.user = free_port(), own["dbname"], own.get("user", "postgres")
        behind = " ".join(f"{key}={own[key]}" for key in ("host", "port", "dbname", "user", "password") if key in own)
        config = scratch / "pgbouncer.ini"
        config.write_text(
            f"[databases]\n{self.name} = {behind}\n[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {self.port}\n"
            f"unix_socket_dir =\nauth_type = any\npool_mode = transaction\ndefault_pool_size = 3\n{more}\n"
        )
        config.chmod(0o644)
        self.process = subprocess.Popen(
            [PROGRAM, "-q", config], user=None if os.geteuid() else "nobody", cwd="/", stderr=subprocess.DEVNULL
        )
        until = time.monotonic() + 10
        while time.monotonic() < until:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        raise AssertionError("pgbouncer does not listen.")

    @property
    def url(self) -> str:
        return f"postgres://{self.user}@127.0.0.1:{self.port}/{self.name}"

    def end(self) -> None:
        self.process.terminate()
        self.process.wait(10)


@pytest.fixture
def pooler() -> Iterator[object]:
    """Start a pooler with these further lines; all of them end with the test."""
    # Not below the folder of pytest, into which another user cannot walk.
    scratch = Path(tempfile.mkdtemp(prefix="doorstep-pooler-"))
    scratch.chmod(0o711)
    started: list[Pooler] = []

    def begin(more: str = "") -> Pooler:
        started.append(Pooler(scratch, more))
        return started[-1]

    yield begin
    for one in started:
        one.end()
    shutil.rmtree(scratch, ignore_errors=True)
    with connection.cursor() as cursor:
        cursor.execute(f'ALTER ROLE CURRENT_USER IN DATABASE "{connection.settings_dict["NAME"]}" RESET ALL')


def direct_url() -> str:
    own = connection.settings_dict
    door = f":{own['PASSWORD']}" if own["PASSWORD"] else ""
    return f"postgres://{own['USER']}{door}@{own['HOST'] or '127.0.0.1'}:{own['PORT'] or 5432}/{own['NAME']}"


def environment(tmp_path: Path, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("REDIS_URL", "DATABASE_DIRECT_URL")}
    return kept | {"DEBUG": "1", "STATE_DIR": str(tmp_path), "HTTPS": "0"} | more


def refusal(tmp_path: Path, *arguments: str, **more: str) -> str:
    run = subprocess.run(
        [sys.executable, *arguments], cwd=settings.ROOT, env=environment(tmp_path, **more), capture_output=True,
        text=True, timeout=60,
    )  # fmt: skip
    assert (run.returncode, "Traceback" in run.stderr) == (1, False), run.stderr
    return run.stderr.strip()


@pytest.mark.parametrize("more", ["", "ignore_startup_parameters = options"])
@pytest.mark.parametrize("arguments", [("-m", "config.server"), ("manage.py", "migrate")])
def test_a_pooler_alone_is_refused(pooler, live_cast, tmp_path, more, arguments):
    said = refusal(tmp_path, *arguments, DATABASE_URL=pooler(more).url)
    assert "DATABASE_URL leads to a pooler such as pgbouncer. Name PostgreSQL itself in DATABASE_DIRECT_URL" in said


def test_the_direct_address_must_be_direct_and_lead_there(pooler, live_cast, tmp_path):
    one = pooler()
    said = refusal(tmp_path, "manage.py", "watch", DATABASE_URL=one.url, DATABASE_DIRECT_URL=one.url)
    assert "DATABASE_DIRECT_URL leads to a pooler too" in said
    other = direct_url().rpartition("/")[0] + "/template1"
    said = refusal(tmp_path, "manage.py", "watch", DATABASE_URL=one.url, DATABASE_DIRECT_URL=other)
    assert "DATABASE_DIRECT_URL leads to another database" in said


def said_once(tmp_path: Path, url: str) -> None:
    """Carry out what the refusal asks for."""
    said = refusal(tmp_path, "-m", "config.server", DATABASE_URL=url, DATABASE_DIRECT_URL=direct_url())
    asked = re.findall(r"ALTER ROLE [^;]+;", said)
    assert len(asked) == 2
    with psycopg.connect(direct_url(), autocommit=True) as once:
        for statement in asked:
            once.execute(statement)


def test_it_works_through_a_pooler(pooler, live_cast, tmp_path):
    first = pooler()
    said_once(tmp_path, first.url)
    first.end()
    url, port = pooler().url, free_port()
    served = environment(tmp_path, DATABASE_URL=url, DATABASE_DIRECT_URL=direct_url(), PORT=str(port))
    processes = [
        subprocess.Popen([sys.executable, *arguments], cwd=settings.ROOT, env=served)
        for arguments in (("-m", "config.server"), ("manage.py", "watch"))
    ]
    address = f"http://127.0.0.1:{port}"
    try:
        until = time.monotonic() + 30
        while time.monotonic() < until:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)

        def send(number: int) -> int:
            body = alert(external_id=f"pooled-{number}")
            head = {"Authorization": f"Bearer {SOURCE_KEY}"}
            return httpx.post(f"{address}/api/v1/alerts", json=body, headers=head, timeout=20).status_code

        with ThreadPoolExecutor(12) as senders:
            assert set(senders.map(send, range(36))) == {201}
        assert Alert.objects.count() == 36
        for command in ("figures", "migrate"):
            done = subprocess.run([sys.executable, "manage.py", command], cwd=settings.ROOT, env=served, timeout=60)
            assert done.returncode == 0
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(15)


async def test_watchers_are_woken_on_the_direct_line(pooler, settings):
    url = pooler().url
    settings.DATABASE_DIRECT = addresses.database("NOT_SET", direct_url())
    calls: list[float] = []
    ear = asyncio.create_task(wakeup.listen(lambda: calls.append(time.monotonic())))
    try:
        async with asyncio.timeout(10):
            while not calls:  # noqa: ASYNC110  a count has no event
                await asyncio.sleep(0.01)
            async with await psycopg.AsyncConnection.connect(url, autocommit=True) as pooled:
                await pooled.execute(f"NOTIFY {wakeup.NAME}")
            while len(calls) < 2:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
    finally:
        ear.cancel()


def test_postgresql_itself_needs_nothing_more(live_cast):
    start.check()
