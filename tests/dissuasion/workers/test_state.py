"""The folder of this machine's state: where it can't be written a start ends with a sentence that names it."""

import errno
import os
import subprocess
import sys

import pytest
from django.conf import settings as ours
from django.core.exceptions import ImproperlyConfigured

from config.lib import private, running
from config.lib.sealing import vapid
from dissuasion.workers import start


@pytest.fixture(autouse=True)
def fits(monkeypatch):
    """The database is not asked about here."""
    monkeypatch.setattr(start, "check", lambda: None)


def refuses(monkeypatch, function, code):
    """Let whoever is no administrator meet what an administrator never does."""

    def refused(*_args, **_options):
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(function[0], function[1], refused)


@pytest.mark.parametrize("code", [errno.EACCES, errno.EROFS, errno.ENOSPC])
@pytest.mark.parametrize("waits", [True, False])
def test_a_lock_that_can_not_be_written_is_a_sentence(settings, tmp_path, monkeypatch, code, waits):
    settings.STATE = tmp_path
    refuses(monkeypatch, (running.os, "open"), code)
    with pytest.raises(ImproperlyConfigured, match=r"^STATE_DIR: .*running\.lock"), start.working(waits=waits):
        raise AssertionError("It began.")


@pytest.mark.parametrize("code", [errno.EACCES, errno.EROFS])
def test_a_folder_of_photos_that_can_not_be_written_is_a_sentence(settings, tmp_path, monkeypatch, code):
    settings.STATE = tmp_path
    refuses(monkeypatch, (private.tempfile, "TemporaryFile"), code)
    with pytest.raises(ImproperlyConfigured, match=r"^STATE_DIR: .*evidence"), start.working():
        raise AssertionError("It began.")


def test_a_file_in_the_place_of_that_folder_is_a_sentence(settings, tmp_path):
    settings.STATE = tmp_path
    (tmp_path / "evidence").write_text("x")
    with pytest.raises(ImproperlyConfigured, match=r"^STATE_DIR: .*evidence"), start.working():
        raise AssertionError("It began.")


def test_a_full_disk_keeps_nobody_from_starting(settings, tmp_path, monkeypatch, caplog):
    """Alerts are kept in the database; a photo is asked for again."""
    settings.STATE = tmp_path
    refuses(monkeypatch, (private.tempfile, "TemporaryFile"), errno.ENOSPC)
    with start.working():
        assert "STATE_DIR" in caplog.text


@pytest.mark.parametrize("command", [["-m", "config.server"], ["manage.py", "watch"], ["manage.py", "watchdog"]])
def test_as_people_see_it(tmp_path, command):
    """A folder has the lock's name: not even an administrator can write it."""
    (tmp_path / running.NAME).mkdir()
    environment = os.environ | {"DEBUG": "1", "STATE_DIR": str(tmp_path), "DATABASE_URL": ""}
    told = subprocess.run(
        [sys.executable, *command], cwd=ours.ROOT, env=environment, capture_output=True, text=True, timeout=60,
        check=False,
    )  # fmt: skip
    assert (told.returncode, "Traceback" in told.stderr, told.stderr.count("\n")) == (1, False, 1)
    assert "STATE_DIR" in told.stderr


@pytest.mark.parametrize("name", ["link", "getpid"])
def test_a_key_of_development_that_can_not_be_kept_is_a_sentence(tmp_path, monkeypatch, name):
    """Also on a full disk, which leaves nothing half-written."""
    refuses(monkeypatch, (vapid.os, name), errno.ENOSPC)
    with pytest.raises(ImproperlyConfigured, match=r"^STATE_DIR: .*vapid\.key"):
        vapid.kept_key(tmp_path / "vapid.key")
    assert list(tmp_path.iterdir()) == []
