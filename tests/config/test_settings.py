"""The settings as a start reads them: one that can't be used ends it with a sentence that names it."""

import os
import runpy
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

KEY = "A" * 43 + "="
OURS = ("DEBUG", "SECRET_KEY", "FIELD_KEYS", "INDEX_KEY", "DATABASE_URL", "REDIS_URL", "DATABASE_DIRECT_URL")
WHOLE = {"SECRET_KEY": "s" * 40, "FIELD_KEYS": f"k1:{KEY}", "INDEX_KEY": KEY, "ALLOWED_HOSTS": "doorstep.example"}


@pytest.fixture
def read(monkeypatch, tmp_path):
    """Read the settings file in an environment that holds only this."""

    def reading(**environment: str):
        for name in OURS:
            monkeypatch.delenv(name, raising=False)
        for name, value in ({"STATE_DIR": str(tmp_path)} | environment).items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(sys, "argv", ["config.server"])
        return runpy.run_path(str(settings.ROOT / "config/settings.py"))

    return reading


def test_it_starts_with_what_the_docs_ask_for(read):
    assert read(**WHOLE)["LOGGING"]["root"]["level"] == "WARNING"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", ""), ("SECRET_KEY", "short"), ("SECRET_KEY", "insecure-development-only"),
        ("FIELD_KEYS", ""), ("FIELD_KEYS", "k1:abc"), ("FIELD_KEYS", KEY), ("FIELD_KEYS", f"k1:{KEY},k1:{KEY}"),
        ("FIELD_KEYS", f"k1:{KEY},k2"), ("FIELD_KEYS", f"k1:{KEY[:-5]}"), ("INDEX_KEY", ""), ("INDEX_KEY", "abc"),
        ("INDEX_KEY", "c2hvcnQ="), ("LOG_LEVEL", "loud"), ("LOG_LEVEL", "10"), ("LOG_LEVEL", "info"),
        ("DATABASE_URL", "postgres://host:port/name"), ("REDIS_URL", "host:6379"), ("HEARTBEAT_URL", "monitor"),
        ("HEARTBEAT_URL", "http://monitor:port"), ("MAP_TILES", "http://tiles/{z}"), ("MAP_TILES", "https://[tiles"),
        ("ALLOWED_HOSTS", "https://doorstep.example"), ("CSRF_TRUSTED_ORIGINS", "doorstep.example"),
        ("PUSH_SERVICES", "push.example"), ("VAPID_SUBJECT", "me"), ("VAPID_PRIVATE_KEY", "abc"),
        ("TRUSTED_PROXIES", "-1"), ("REMEMBER_SECONDS", "-1"), ("DATABASE_POOL", "few"), ("BEHIND_PROXY", "maybe"),
        ("STATE_DIR", "/proc/nowhere"), ("DATABASE_URL", "sqlite:////proc/nowhere/doorstep.sqlite3"),
        ("MAINTENANCE_UNTIL", "soon"), ("MAP_DATUM", "mars"), ("DATABASE_DIRECT_URL", "sqlite:///x"),
    ],
)  # fmt: skip
def test_a_setting_that_cannot_be_used_is_named(read, name, value):
    with pytest.raises(ImproperlyConfigured, match=name):
        read(**(WHOLE | {name: value}))


@pytest.mark.parametrize("name", ["SECRET_KEY", "FIELD_KEYS", "INDEX_KEY"])
def test_no_published_secret_serves_people(read, name):
    published = read(DEBUG="1")[name]
    with pytest.raises(ImproperlyConfigured, match=f"{name} is the published value"):
        read(**(WHOLE | {name: published}))


def test_nobody_else_reads_the_sqlite_file(read, tmp_path):
    database = tmp_path / "doorstep.sqlite3"
    for end in ("", "-wal", "-shm"):
        Path(f"{database}{end}").touch(mode=0o644)
    read(**WHOLE)
    assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.glob("doorstep.sqlite3*")} == {0o600}


def test_a_new_sqlite_file_is_private_from_its_first_byte(read, tmp_path):
    os.umask(os.umask(0o022))
    read(**WHOLE)
    assert stat.S_IMODE((tmp_path / "doorstep.sqlite3").stat().st_mode) == 0o600


# --- As people start it ---------------------------------------------------------------------------------------------
def started(tmp_path: Path, *arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, *arguments], cwd=settings.ROOT, env=kept | {"STATE_DIR": str(tmp_path)} | environment,
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip


@pytest.mark.parametrize("command", ["help", "check", "makemigrations --check --dry-run"])
def test_a_fresh_checkout_can_be_looked_at(tmp_path, command):
    run = started(tmp_path, "manage.py", *command.split())
    assert (run.returncode, "Traceback" in run.stderr) == (0, False), run.stderr


@pytest.mark.parametrize("command", ["migrate", "nonsense", "check --deploy"])
def test_a_fresh_checkout_says_in_one_sentence_what_it_lacks(tmp_path, command):
    run = started(tmp_path, "manage.py", *command.split())
    assert run.returncode == 1
    assert run.stderr.splitlines() == [
        "manage.py stops here. Set SECRET_KEY in the environment (docs/operations.md says what it is)."
    ]


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("FIELD_KEYS", "k1:abc", "FIELD_KEYS k1 is not base64."),
        ("PORT", "99999", "PORT='99999' is above 65535."),
        ("ALLOWED_HOSTS", "", "Set ALLOWED_HOSTS in the environment: without it every request is refused."),
        ("HOTLINE", "96110", "The database is not migrated: manage.py migrate"),
    ],
)
def test_the_server_says_in_one_sentence_why_it_does_not_start(tmp_path, name, value, said):
    run = started(tmp_path, "-m", "config.server", **(WHOLE | {name: value}))
    assert (run.returncode, run.stderr.splitlines()) == (1, [f"Doorstep does not start. {said}"])
