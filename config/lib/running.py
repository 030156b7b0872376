"""A lock on this machine's state: servers and watchers share it, a restore holds it alone."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NAME = "running.lock"


class Busy(Exception):
    """Another process holds the lock in a way that excludes this one."""


class Unwritable(OSError):
    """The lock can't be written there; its text says where and why."""


@contextmanager
def shared_lock(state: Path) -> Iterator[None]:
    """Share the lock while the block runs; raise Busy while a restore is under way."""
    with _locked(state, fcntl.LOCK_SH):
        yield


@contextmanager
def exclusive_lock(state: Path) -> Iterator[None]:
    """Hold the lock alone while the block runs; raise Busy when a server or watcher of this machine works."""
    with _locked(state, fcntl.LOCK_EX):
        yield


@contextmanager
def _locked(state: Path, how: int) -> Iterator[None]:
    """Hold the lock, which the system takes away from a process that dies."""
    try:
        handle = os.open(state / NAME, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise Unwritable(f"{state / NAME} can't be written ({error.strerror}).") from error
    try:
        try:
            fcntl.flock(handle, how | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Busy from error
        yield
    finally:
        os.close(handle)
