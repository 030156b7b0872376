"""Folders and files of this server that nobody else may read; one that can't be written stops the start."""

import contextlib
import errno
import logging
import os
import tempfile
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

logger = logging.getLogger(__name__)
PRIVATE = 0o600
FULL = (errno.ENOSPC, errno.EDQUOT)
# SQLite gives the files that it makes beside the database the rights of the database itself.
BESIDE_SQLITE = ("-wal", "-shm", "-journal")


def folder(path: Path, *, setting: str) -> Path:
    """Return the folder `path`, made now where there is none; raise ImproperlyConfigured where it can't be."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(f"{setting}: {path} is no folder to write to ({error.strerror}).") from error
    return path


def check_writable(path: Path, *, setting: str) -> None:
    """Raise ImproperlyConfigured where no file can be written into the folder `path`; make it where there is none.

    A disk that is full is only logged: what needs no room goes on, and what needs it is asked for again.
    """
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=path) as file:
            file.write(b"1")
            file.flush()
    except OSError as error:
        said = f"{setting}: {path} can't be written to ({error.strerror})."
        if error.errno not in FULL:
            raise ImproperlyConfigured(said) from error
        logger.error(said)


def sqlite_file(path: str, *, setting: str) -> None:
    """Let only its owner read and write an SQLite file and those beside it; an empty one is made where there is none.

    A file of somebody else, who alone may change its rights, is left as it is.
    """
    if path == ":memory:" or path.startswith("file:"):
        return
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, PRIVATE))
    except OSError as error:
        raise ImproperlyConfigured(f"{setting}: {path} can't be written ({error.strerror}).") from error
    for name in (path, *(path + end for end in BESIDE_SQLITE)):
        with contextlib.suppress(FileNotFoundError, PermissionError):
            Path(name).chmod(PRIVATE)
