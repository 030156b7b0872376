"""What every process checks before it works: the connection to the database, its tables, and the keys."""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import psycopg
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, InterfaceError, OperationalError, connection

from config.lib import private, running
from config.lib.database import postgres
from dissuasion.models import Canary
from dissuasion.workers import keys

logger = logging.getLogger(__name__)
RETRY_S = 1.0
AWAY = (OperationalError, InterfaceError, psycopg.OperationalError, OSError)


@contextmanager
def working(*, waits: bool = True) -> Iterator[None]:
    """Run the block once the checks pass, and hold the lock that says that a process works here.

    It waits for a database that does not answer; with `waits` false the block runs all the same. Raises
    ImproperlyConfigured with a sentence for whoever started the process.
    """
    try:
        with running.shared_lock(settings.STATE):
            if waits:
                private.check_writable(settings.STATE / "evidence", setting="STATE_DIR")
                wait_for_database()
            else:
                with suppress(*AWAY):
                    check()
            yield
    except running.Busy as error:
        raise ImproperlyConfigured("A backup is being restored here: start again when that is done.") from error
    except running.Unwritable as error:
        raise ImproperlyConfigured(f"STATE_DIR: {error}") from error


def wait_for_database() -> None:
    """Return when the database answers and the checks pass; log each reason to wait once."""
    said = ""
    while True:
        try:
            return check()
        except AWAY as error:
            connection.close()
            reason = _first_line(error)
            if reason != said:
                logger.error("The database does not answer yet; the start waits for it. %s", reason)
            said = reason
        time.sleep(RETRY_S)


def check() -> None:
    """Raise ImproperlyConfigured when connection or keys are wrong, an error of AWAY when the database is not there."""
    try:
        check_connection()
        if not is_migrated():
            raise ImproperlyConfigured("The database is not migrated: manage.py migrate")
        keys.compare()
    except AWAY:
        raise
    except (DatabaseError, psycopg.Error) as error:
        raise ImproperlyConfigured(f"The database can't be used: {_first_line(error)}") from error


def check_connection() -> None:
    """Raise ImproperlyConfigured when the connection to PostgreSQL loses what we need; SQLite needs no check."""
    if connection.vendor == "postgresql":
        postgres.check_connection()


def is_migrated() -> bool:
    """Return whether the database has the table with which a start compares its keys."""
    return Canary._meta.db_table in connection.introspection.table_names()


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0]
