"""Backup and restore of an SQLite file, with what is in its write-ahead log."""

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from django.utils.translation import gettext as _

from config.lib.backups.folder import Unusable, on_disk, private_file
from config.lib.private import BESIDE_SQLITE


def dump(database: Path, target: Path) -> None:
    """Write `database` as it is now into the new file `target`, while others go on working with it."""
    private_file(target).close()
    address = f"{database.absolute().as_uri()}?mode=rw"
    with closing(sqlite3.connect(address, uri=True)) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, with nothing beside it
    check(target)


def check(database: Path) -> None:
    """Raise Unusable when the file is damaged or a row points to nowhere."""
    try:
        with closing(sqlite3.connect(database)) as opened:
            said = opened.execute("PRAGMA integrity_check(1)").fetchone()[0]
            lost = opened.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.DatabaseError as error:
        said, lost = str(error), None
    if said != "ok" or lost:
        raise Unusable(_("The database is damaged: %(reason)s") % {"reason": said if said != "ok" else lost})


def restore(source: Path, database: Path, *, then: str, aside: str) -> Path | None:
    """Put a copy of `source`, in which the statement `then` was carried out, in the place of `database`.

    Returns where the old file is now, which gets `aside` behind its name; None where there was none. Raises Unusable,
    and changes nothing, when somebody has the database open or the copy is damaged.
    """
    new = database.with_name(f"{database.name}.new")
    new.unlink(missing_ok=True)
    try:
        with private_file(new) as file, source.open("rb") as stored:
            shutil.copyfileobj(stored, file)
        check(new)
        with closing(sqlite3.connect(new)) as copy, copy:
            copy.execute(then)
        _refuse_company(database)
        old = _put_aside(database, aside)
        new.rename(database)
    finally:
        new.unlink(missing_ok=True)
    _names_on_disk(database.parent)
    return old


def _refuse_company(database: Path) -> None:
    """Raise Unusable when any process has the database open, even idly; its log is written into the file meanwhile."""
    if not database.exists():
        return
    with closing(sqlite3.connect(database, timeout=0, isolation_level=None)) as alone:
        try:
            alone.execute("PRAGMA locking_mode = EXCLUSIVE")
            alone.execute("BEGIN EXCLUSIVE")
            alone.execute("ROLLBACK")
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                raise Unusable(_("Somebody works with this database: stop every process of Doorstep first.")) from error
        except sqlite3.DatabaseError:
            return  # damaged, which may be why it is restored


def _put_aside(database: Path, aside: str) -> Path | None:
    """Rename the database and the files beside it: a log of the old one in front of the new one would destroy it."""
    old = None
    for end in (*BESIDE_SQLITE, ""):
        file = database.with_name(database.name + end)
        if file.exists():
            old = file.rename(database.with_name(f"{database.name}.{aside}{end}"))
    return old


def _names_on_disk(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        on_disk(handle)
    finally:
        os.close(handle)
