"""Backups of an SQLite file: whole whatever its log holds, refused when damaged or in use, nothing lost on the way."""

import json
import os
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from config.lib import running
from config.lib.backups import folder, postgresql, sqlite
from config.lib.backups.folder import Manifest, Unusable

THEN = "UPDATE epoch SET name = 'after'"
# A process that dies with its rows in the log only, as a server does that is killed.
KILLED = """
import os, sqlite3, sys
rows = sqlite3.connect(sys.argv[1], isolation_level=None)
rows.execute("PRAGMA wal_autocheckpoint = 0")
rows.executemany("INSERT INTO alert VALUES (?, 1)", [(f"late {i}" * 50,) for i in range(500)])
os._exit(0)
"""


@pytest.fixture
def database(tmp_path) -> Path:
    """A database in WAL mode with one row."""
    path = tmp_path / "doorstep.sqlite3"
    with closing(sqlite3.connect(path)) as made:
        made.executescript("""
            PRAGMA journal_mode = WAL; CREATE TABLE epoch (id INTEGER PRIMARY KEY, name TEXT);
            INSERT INTO epoch VALUES (1, 'before');
            CREATE TABLE alert (name TEXT, epoch INTEGER REFERENCES epoch (id)); INSERT INTO alert VALUES ('kept', 1);
        """)
    return path


def asked(path: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as rows:
        return rows.execute(sql).fetchall()


def die_with_a_log(path: Path) -> None:
    subprocess.run([sys.executable, "-c", KILLED, path], check=True)
    assert Path(f"{path}-wal").stat().st_size > 100_000


def test_a_backup_holds_what_lies_in_the_log_alone(database, tmp_path):
    die_with_a_log(database)
    sqlite.dump(database, tmp_path / "copy")
    assert asked(tmp_path / "copy", "SELECT count(*) FROM alert") == [(501,)]
    assert stat.S_IMODE((tmp_path / "copy").stat().st_mode) == 0o600
    assert sorted(path.name for path in tmp_path.glob("copy*")) == ["copy"]


def test_a_restore_leaves_no_log_of_the_old_file(database, tmp_path):
    sqlite.dump(database, tmp_path / "copy")
    die_with_a_log(database)
    old = sqlite.restore(tmp_path / "copy", database, then=THEN, aside="before")
    assert asked(database, "SELECT name FROM alert") == [("kept",)]
    assert asked(database, "SELECT name FROM epoch") == [("after",)]
    assert asked(database, "PRAGMA integrity_check") == [("ok",)]
    assert stat.S_IMODE(database.stat().st_mode) == 0o600
    assert asked(old, "SELECT count(*) FROM alert") == [(501,)]


def test_a_restore_puts_the_log_of_a_damaged_file_aside_too(database, tmp_path):
    sqlite.dump(database, tmp_path / "copy")
    die_with_a_log(database)
    with database.open("r+b") as file:
        file.write(b"no database at all")
    old = sqlite.restore(tmp_path / "copy", database, then=THEN, aside="before")
    assert asked(database, "SELECT name FROM alert") == [("kept",)]
    assert old.exists()
    assert not Path(f"{database}-wal").exists()


def test_a_restore_where_nothing_was(database, tmp_path):
    sqlite.dump(database, tmp_path / "copy")
    new = tmp_path / "new.sqlite3"
    assert sqlite.restore(tmp_path / "copy", new, then=THEN, aside="before") is None
    assert asked(new, "SELECT name FROM alert") == [("kept",)]


def test_an_idle_connection_keeps_a_restore_away(database, tmp_path):
    sqlite.dump(database, tmp_path / "copy")
    with closing(sqlite3.connect(database)) as idle:
        idle.execute("SELECT * FROM alert").fetchall()
        with pytest.raises(Unusable):
            sqlite.restore(tmp_path / "copy", database, then=THEN, aside="before")
    assert asked(database, "SELECT name FROM epoch") == [("before",)]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy", "doorstep.sqlite3"]


@pytest.mark.parametrize("where", [0, 100, 2 * 4096 + 4000])
def test_a_damaged_copy_is_refused_and_changes_nothing(database, tmp_path, where):
    die_with_a_log(database)
    sqlite.dump(database, tmp_path / "copy")
    with (tmp_path / "copy").open("r+b") as file:
        file.seek(where)
        file.write(os.urandom(64))
    with pytest.raises(Unusable):
        sqlite.restore(tmp_path / "copy", database, then=THEN, aside="before")
    assert asked(database, "SELECT name FROM epoch") == [("before",)]
    assert not (tmp_path / "doorstep.sqlite3.new").exists()


def test_rows_that_point_to_nowhere_are_refused(database, tmp_path):
    sqlite.dump(database, tmp_path / "copy")
    with closing(sqlite3.connect(tmp_path / "copy")) as copy, copy:
        copy.execute("INSERT INTO alert VALUES ('lost', 7)")
    with pytest.raises(Unusable):
        sqlite.restore(tmp_path / "copy", database, then=THEN, aside="before")


# --- The folder -----------------------------------------------------------------------------------------------------
@pytest.fixture
def whole(tmp_path) -> Path:
    """A backup of three bytes."""
    with folder.begun(tmp_path / "monday") as partial:
        (partial / folder.DATABASE).write_bytes(b"abc")
        folder.finish(
            partial, tmp_path / "monday", Manifest("sqlite", "today", folder.digest(partial / "database"), [], [])
        )
    return tmp_path / "monday"


def test_a_backup_is_there_whole_or_not_at_all(whole, tmp_path):
    assert folder.read(whole).made_at == "today"
    assert stat.S_IMODE(whole.stat().st_mode) == 0o700
    with folder.begun(tmp_path / "tuesday") as partial:
        assert not (tmp_path / "tuesday").exists()
        with pytest.raises(Unusable):
            folder.read(partial)
    with folder.begun(tmp_path / "tuesday"):  # what was broken off is no obstacle
        pass


def test_a_backup_that_fails_leaves_nothing(tmp_path):

    def fill(partial):
        (partial / folder.DATABASE).write_bytes(b"abc")
        raise OSError("full")

    with pytest.raises(OSError, match="full"), folder.begun(tmp_path / "monday") as partial:
        fill(partial)
    assert list(tmp_path.iterdir()) == []


def test_a_backup_writes_over_nothing(whole):
    with pytest.raises(Unusable), folder.begun(whole):
        pass


@pytest.mark.parametrize("harm", ["changed", "gone", "no manifest", "another manifest", "canaries", "migrations"])
def test_a_backup_that_is_not_as_it_was_written_is_refused(whole, harm):
    match harm:
        case "changed":
            (whole / folder.DATABASE).write_bytes(b"abd")
        case "gone":
            (whole / folder.DATABASE).unlink()
        case "no manifest":
            (whole / folder.MANIFEST).unlink()
        case "another manifest":
            (whole / folder.MANIFEST).write_text('{"vendor": "sqlite"}')
        case _:
            manifest = json.loads((whole / folder.MANIFEST).read_text())
            for value in (7, [7], [["one"]], [["k", "no base64", "i"]], [[1, 2], [3]]):
                (whole / folder.MANIFEST).write_text(json.dumps(manifest | {harm: value}))
                with pytest.raises(Unusable):
                    folder.read(whole)
    with pytest.raises(Unusable):
        folder.read(whole)


def test_sealed_files_come_back_and_longer_ones_stay(tmp_path):
    for place, files in {"kept": {"a/1": b"one", "a/2": b"two"}, "here": {"a/1": b"one and more"}}.items():
        for name, content in files.items():
            (tmp_path / place / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / place / name).write_bytes(content)
    with folder.copied(tmp_path / "kept", tmp_path / "here") as count:
        assert count == 1
    assert (tmp_path / "here/a/1").read_bytes() == b"one and more"
    assert (tmp_path / "here/a/2").read_bytes() == b"two"
    assert stat.S_IMODE((tmp_path / "here/a/2").stat().st_mode) == 0o600


def test_a_month_on_another_disk_is_kept_too_and_a_circle_ends(tmp_path):
    for name in ("here", "there"):
        (tmp_path / name).mkdir()
    (tmp_path / "there/photo").write_bytes(b"one")
    (tmp_path / "here/2026-03").symlink_to(tmp_path / "there")
    (tmp_path / "there/back").symlink_to(tmp_path / "here")
    with folder.copied(tmp_path / "here", tmp_path / "kept") as count:
        assert count == 1
    assert (tmp_path / "kept/2026-03/photo").read_bytes() == b"one"


def test_nobody_is_asked_for_a_password_on_a_terminal(tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr(postgresql, "_carry_out", lambda command, _parameters, **_streams: asked.append(command))
    monkeypatch.setattr(postgresql, "_refuse_company", lambda _parameters: None)
    postgresql.dump({"dbname": "x"}, tmp_path / "dump")
    postgresql.restore(tmp_path / "dump", {"dbname": "x"}, then="SELECT 1")
    reach_it = [command for command in asked if any("dbname" in part for part in command)]
    assert [command[0] for command in reach_it] == ["pg_dump", "psql"]
    assert all("--no-password" in command for command in reach_it)


@pytest.mark.parametrize("fails_at", [1, 2, "block"])
def test_a_full_disk_takes_nothing_away_and_leaves_nothing(tmp_path, monkeypatch, fails_at):
    for place, files in {"kept": {"a": b"one and more", "b": b"two"}, "here": {"a": b"one"}}.items():
        for name, content in files.items():
            (tmp_path / place).mkdir(exist_ok=True)
            (tmp_path / place / name).write_bytes(content)
    copyfile, calls = folder.shutil.copyfile, []

    def full(source, target):
        calls.append(source)
        copyfile(source, target)
        if len(calls) == fails_at:
            target.write_bytes(b"o")
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(folder.shutil, "copyfile", full)
    with pytest.raises(OSError, match="No space"), folder.copied(tmp_path / "kept", tmp_path / "here"):
        raise OSError(28, "No space left on device")
    assert [path.name for path in (tmp_path / "here").iterdir()] == ["a"]
    assert (tmp_path / "here/a").read_bytes() in (b"one", b"one and more")


# --- Who works here -------------------------------------------------------------------------------------------------
def test_servers_work_together_and_a_restore_alone(tmp_path):
    with (
        running.shared_lock(tmp_path),
        running.shared_lock(tmp_path),
        pytest.raises(running.Busy),
        running.exclusive_lock(tmp_path),
    ):
        raise AssertionError("It was not alone.")
    with running.exclusive_lock(tmp_path), pytest.raises(running.Busy), running.shared_lock(tmp_path):
        raise AssertionError("A restore was under way.")
    with running.exclusive_lock(tmp_path):
        pass
