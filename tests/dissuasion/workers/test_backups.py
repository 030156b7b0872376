"""`backup` and `restore` as people use them, on either database: back to what was kept, under a new epoch."""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection

from config.lib import running
from config.lib.database import postgres
from dissuasion.models import Alert, Canary, Epoch
from dissuasion.queries.worklist import current_epoch
from dissuasion.workers import backups, keys

ON_POSTGRESQL = connection.vendor == "postgresql"


class Copy:
    """A database of its own beside the test's, with commands and rows of its own."""

    def __init__(self, state: Path, url: str, asked: Callable[[str], list[Any]]) -> None:
        self.state, self.url, self.asked = state, url, asked

    def manage(self, *arguments: str, answer: str = "", **environment: str) -> "subprocess.CompletedProcess[str]":
        kept = {name: value for name, value in os.environ.items() if name not in ("REDIS_URL", "DATABASE_DIRECT_URL")}
        ours = {"DEBUG": "1", "STATE_DIR": str(self.state), "DATABASE_URL": self.url}
        return subprocess.run(
            [sys.executable, "manage.py", *arguments], cwd=settings.ROOT, env=kept | ours | environment,
            input=answer, capture_output=True, text=True, timeout=90,
        )  # fmt: skip


@pytest.fixture
def copy(live_cast, tmp_path) -> Iterator[Copy]:
    """An empty place to restore to."""
    if not ON_POSTGRESQL:
        file = tmp_path / "copy.sqlite3"

        def rows(sql: str) -> list[Any]:
            with closing(sqlite3.connect(file)) as opened:
                return opened.execute(sql).fetchall()

        yield Copy(tmp_path, f"sqlite:///{file}", rows)
        return
    parameters = postgres.parameters()
    name = f"{parameters['dbname']}_copy"
    with psycopg.connect(**parameters, autocommit=True) as making:
        making.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        making.execute(f'CREATE DATABASE "{name}"')
    own = connection.settings_dict
    door = f":{own['PASSWORD']}" if own["PASSWORD"] else ""
    url = f"postgres://{own['USER']}{door}@{own['HOST'] or '127.0.0.1'}:{own['PORT'] or 5432}/{name}"

    def rows(sql: str) -> list[Any]:
        with psycopg.connect(**(parameters | {"dbname": name}), autocommit=True) as opened:
            return opened.execute(sql).fetchall()

    yield Copy(tmp_path, url, rows)
    with psycopg.connect(**parameters, autocommit=True) as making:
        making.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def kept(live_cast, send_alert, tmp_path, settings) -> Path:
    """A backup of the test's own database, with one alert and one sealed file."""
    send_alert()
    current_epoch()
    keys.compare()
    settings.STATE = tmp_path / "origin"
    sealed = settings.STATE / "evidence/ab/photo"
    sealed.parent.mkdir(parents=True)
    sealed.write_bytes(b"sealed")
    call_command("backup", str(tmp_path / "monday"), stdout=None)
    return tmp_path / "monday"


def test_it_brings_back_what_was_kept_under_a_new_epoch(copy, kept, tmp_path):
    done = copy.manage("restore", str(kept), "--yes")
    assert done.returncode == 0, done.stderr
    assert copy.asked("SELECT count(*) FROM dissuasion_alert") == [(1,)]
    (epoch,) = copy.asked("SELECT epoch FROM dissuasion_epoch")[0]
    assert str(epoch).replace("-", "") != Epoch.objects.get().epoch.hex
    assert (tmp_path / "evidence/ab/photo").read_bytes() == b"sealed"
    again = copy.manage("restore", str(kept), answer="yes\n")
    assert again.returncode == 0, again.stderr
    assert copy.asked("SELECT epoch FROM dissuasion_epoch") != [(epoch,)]
    assert copy.asked("SELECT count(*) FROM dissuasion_alert") == [(1,)]


def test_it_asks_and_changes_nothing_without_a_yes(copy, kept):
    for answer in ("", "no\n"):
        asked = copy.manage("restore", str(kept), answer=answer)
        assert (asked.returncode, "Traceback" in asked.stderr) == (1, False)


def test_it_refuses_while_a_server_runs(copy, kept, tmp_path):
    assert copy.manage("restore", str(kept), "--yes").returncode == 0
    with running.shared_lock(tmp_path):
        refused = copy.manage("restore", str(kept), "--yes")
    assert (refused.returncode, "Traceback" in refused.stderr) == (1, False)


@pytest.mark.skipif(not ON_POSTGRESQL, reason="connections of other machines")
def test_it_refuses_while_somebody_is_connected(kept):
    with psycopg.connect(**postgres.parameters(), application_name="elsewhere"), pytest.raises(CommandError) as refused:
        call_command("restore", str(kept), yes=True)
    assert "elsewhere" in str(refused.value)
    assert Alert.objects.count() == 1


def test_it_refuses_a_backup_of_other_keys_before_anything_changes(copy, kept):
    other = "dev:" + "A" * 43 + "="
    refused = copy.manage("restore", str(kept), "--yes", FIELD_KEYS=other)
    assert refused.returncode == 1
    assert "FIELD_KEYS dev is not the key that sealed this database" in refused.stderr
    assert "Traceback" not in refused.stderr


@pytest.mark.parametrize(
    ("member", "value"),
    [("vendor", "oracle"), ("migrations", [["dissuasion", "9999_later"]]), ("sha256", "0" * 64)],
)
def test_it_refuses_what_does_not_fit(kept, member, value):
    manifest = json.loads((kept / "manifest.json").read_text())
    (kept / "manifest.json").write_text(json.dumps(manifest | {member: value}))
    with pytest.raises(CommandError):
        call_command("restore", str(kept), yes=True)
    assert Alert.objects.count() == 1


def test_it_leaves_the_files_out_when_asked(live_cast, tmp_path, settings):
    settings.STATE = tmp_path
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence/photo").write_bytes(b"sealed")
    assert backups.make(tmp_path / "tuesday", files=False) == 0
    assert not (tmp_path / "tuesday/evidence").exists()


def test_a_canary_of_the_manifest_is_compared(kept, settings):
    assert backups.examine(kept).canaries
    assert Canary.objects.exists()
    settings.INDEX_KEY = "A" * 43 + "="
    with pytest.raises(ImproperlyConfigured, match="INDEX_KEY"):
        backups.examine(kept)


FAILURES = [
    OSError(28, "No space left on device", "/backups"),
    sqlite3.OperationalError("database or disk is full"),
    psycopg.OperationalError("connection refused\nIs the server running?"),
    DatabaseError("no such table"),
]


def fails_with(failure):
    def fail(*_args, **_options):
        raise failure

    return fail


OURS = "postgresql" if ON_POSTGRESQL else "sqlite"


@pytest.mark.parametrize(
    ("failure", "module", "name"),
    list(zip(FAILURES, (OURS, OURS, "folder", "folder"), ("dump", "dump", "finish", "_copy"), strict=True)),
)
def test_a_backup_that_fails_says_why_and_leaves_nothing(kept, tmp_path, monkeypatch, failure, module, name):
    before = sorted(tmp_path.rglob("*"))
    monkeypatch.setattr(getattr(backups, module), name, fails_with(failure))
    with pytest.raises(CommandError) as told:
        call_command("backup", str(tmp_path / "tuesday"), stdout=None)
    assert str(told.value).count("\n") == 0
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize(
    ("failure", "module", "name"),
    list(zip(FAILURES, ("folder", OURS, OURS, "folder"), ("_copy", "restore", "restore", "digest"), strict=True)),
)
def test_a_restore_that_fails_says_why_and_changes_nothing(
    kept, tmp_path, settings, monkeypatch, failure, module, name
):
    settings.STATE = tmp_path / "here"
    settings.STATE.mkdir()
    monkeypatch.setattr(getattr(backups, module), name, fails_with(failure))
    monkeypatch.setattr(backups.postgres, "close", lambda: None)
    with pytest.raises(CommandError) as told:
        call_command("restore", str(kept), yes=True, stdout=None)
    assert str(told.value).count("\n") == 0
    assert [path for path in (tmp_path / "here").rglob("*") if path.is_file() and path.name != running.NAME] == []
    assert Alert.objects.count() == 1


def test_a_database_that_is_away_is_a_sentence(kept, tmp_path):
    """As people see it: no trace of Python, and nothing left behind."""
    other = "postgres://postgres@127.0.0.1:1/nobody" if ON_POSTGRESQL else f"sqlite:///{tmp_path}/empty.sqlite3"
    place = Copy(tmp_path, other, lambda _sql: [])
    for arguments in (("backup", str(tmp_path / "tuesday")), ("restore", str(kept / "gone"), "--yes")):
        told = place.manage(*arguments)
        assert (told.returncode, "Traceback" in told.stderr, told.stderr.strip().count("\n")) == (1, False, 0)
    assert not list(tmp_path.glob("tuesday*"))
