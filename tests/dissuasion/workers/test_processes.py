"""The promise itself, with real processes on a file: the watch is killed, and the watchdog says so."""

import datetime as dt
import json
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from dissuasion.models import Case, CaseEvent

LIMITS = {"WATCHDOG_EVERY_S": "1", "WATCHDOG_TOLERANCE_S": "1", "WATCHDOG_SILENT_S": "6", "WATCHDOG_DESK_S": "2"}


@pytest.fixture
def manage(live_cast, tmp_path) -> Iterator[Callable[[str], "subprocess.Popen[bytes]"]]:
    """Start a command of `manage.py` on a copy of the test's database; what runs at the end is ended."""
    database = tmp_path / "copy.sqlite3"
    running = []

    def start(command: str) -> "subprocess.Popen[bytes]":
        if not database.exists():
            with sqlite3.connect(database) as copy:
                connection.connection.backup(copy)
        environment = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
        environment |= LIMITS | {
            "DEBUG": "1", "STATE_DIR": str(tmp_path), "DATABASE_URL": f"sqlite:///{database}",
            "HEARTBEAT_FILE": str(tmp_path / "heart.json"),
        }  # fmt: skip
        with (tmp_path / f"{command}.log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "manage.py", command], cwd=settings.ROOT, env=environment, stdout=log, stderr=log
            )
        running.append(process)
        return process

    yield start
    for process in running:
        process.kill()
        process.wait()


def until(true: Callable[[], Any], *, within_s: float) -> float:
    """Wait until something is true; return how long it took (s)."""
    begun = time.monotonic()
    while not true():
        assert time.monotonic() - begun < within_s, "not in time"
        time.sleep(0.05)
    return time.monotonic() - begun


def asked(database: Path, sql: str, *values: Any) -> list[Any]:
    with sqlite3.connect(database, timeout=20) as rows:
        return rows.execute(sql, values).fetchall()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="two processes on one SQLite file")
def test_it_alarms_when_the_watch_is_killed_with_something_due(manage, live_cast, send_alert, tmp_path):
    send_alert()
    database, heart, log = tmp_path / "copy.sqlite3", tmp_path / "heart.json", tmp_path / "watchdog.log"
    watch = manage("watch")
    manage("watchdog")
    until(lambda: asked(database, "SELECT 1 FROM dissuasion_pulse"), within_s=20)
    until(lambda: heart.exists() and json.loads(heart.read_text())["ok"], within_s=20)
    watch.kill()
    watch.wait()
    case = Case.objects.get()
    due_at = timezone.now().astimezone(dt.UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
    asked(database, "UPDATE dissuasion_case SET dispatch_due_at = ?, attention = ''", due_at)
    alarmed = until(lambda: b"Late (dispatch): 1" in log.read_bytes(), within_s=30)
    until(lambda: not json.loads(heart.read_text())["ok"], within_s=5)
    until(lambda: asked(database, "SELECT 1 FROM dissuasion_caseevent WHERE kind = 'late'"), within_s=10)
    silent = until(lambda: b"No watcher has ticked (watch)" in log.read_bytes(), within_s=30)
    assert asked(database, "SELECT attention FROM dissuasion_case") == [("overdue",)]
    assert log.read_bytes().count(b"Late (dispatch)") == 1
    assert str(case.pk) not in heart.read_text()
    print(f"late after {alarmed:.1f} s, silent {silent:.1f} s later")
    assert not CaseEvent.objects.filter(kind="late").exists()  # it was the copy
    # Started again: everything is on time.
    manage("watch")
    until(lambda: b"Everything is on time again" in log.read_bytes(), within_s=20)
