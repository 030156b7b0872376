"""Makes a backup of this installation and restores one: the database first, then the sealed files beside it."""

import sqlite3
import uuid
from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from django.utils.translation import gettext as _

from config.lib import running
from config.lib.backups import folder, postgresql, sqlite
from config.lib.backups.folder import Manifest, Unusable
from config.lib.database import postgres
from dissuasion.models import Canary, Epoch
from dissuasion.workers import keys

OF_DATABASE = (DatabaseError, InterfaceError, sqlite3.Error, psycopg.Error)


@contextmanager
def in_a_sentence() -> Iterator[None]:
    """Raise Unusable, with a sentence, for whatever the disk or the database refuses."""
    try:
        yield
    except running.Unwritable as error:
        raise Unusable(str(error)) from error
    except OSError as error:
        where = {"file": error.filename or settings.STATE, "reason": error.strerror or error}
        raise Unusable(_("%(file)s can't be read or written: %(reason)s") % where) from error
    except OF_DATABASE as error:
        raise Unusable(_("The database can't be used: %(reason)s") % {"reason": _first_line(error)}) from error


def make(target: Path, *, files: bool) -> int:
    """Write a backup into the new folder `target`, with or without the sealed files; return how many were copied.

    Others go on working. The files follow the database, so that no row names a file which the backup lacks. Raises
    Unusable, and leaves nothing, where it can't be made.
    """
    with in_a_sentence(), folder.begun(target) as partial:
        return _make(target, partial, files=files)


def _make(target: Path, partial: Path, *, files: bool) -> int:
    database = partial / folder.DATABASE
    migrations = [list(key) for key in sorted(MigrationRecorder(connection).applied_migrations())]
    canaries = [[one.key_id, b64encode(bytes(one.sealed)).decode(), one.index] for one in Canary.objects.all()]
    if connection.vendor == "postgresql":
        postgresql.dump(postgres.direct_parameters(), database)
    else:
        sqlite.dump(_sqlite_file(), database)
    made_at = timezone.now().isoformat(timespec="seconds")
    manifest = Manifest(connection.vendor, made_at, folder.digest(database), migrations, canaries)
    if not files:
        folder.finish(partial, target, manifest)
        return 0
    with folder.copied(_files(), partial / folder.FILES) as count:
        folder.finish(partial, target, manifest)
    return count


def examine(source: Path) -> Manifest:
    """Return the manifest of a backup that fits this installation; raise Unusable or ImproperlyConfigured otherwise."""
    manifest = folder.read(source)
    if manifest.vendor != connection.vendor:
        raise Unusable(
            _("This is a backup of %(theirs)s, and the database here is %(ours)s.")
            % {"theirs": manifest.vendor, "ours": connection.vendor}
        )
    known = MigrationLoader(None).disk_migrations
    newer = [name for app, name in manifest.migrations if (app, name) not in known]
    if newer:
        raise Unusable(
            _("This backup is of a newer Doorstep, which knows %(migration)s.") % {"migration": ", ".join(newer)}
        )
    keys.compare_with(
        [Canary(key_id=key, sealed=b64decode(sealed), index=index) for key, sealed, index in manifest.canaries]
    )
    return manifest


def put_back(source: Path, manifest: Manifest) -> Path | None:
    """Restore an examined backup over this installation, begin a new epoch and migrate the database.

    Returns where the old SQLite file is now. Raises Unusable, and changes nothing, when a server runs, or the disk or
    the database refuses.
    """
    try:
        # The files first: without them nothing is changed, and a file too many does no harm.
        with in_a_sentence(), running.exclusive_lock(settings.STATE):
            with folder.copied(source / folder.FILES, _files()):
                old = _put_database(source / folder.DATABASE, manifest.vendor)
            _bring_up_to_date()
    except running.Busy as error:
        raise Unusable(_("Doorstep runs on this machine: stop every process of it first.")) from error
    return old


def _put_database(database: Path, vendor: str) -> Path | None:
    """Put the database of a backup in the place of what is here; return where the old SQLite file is now."""
    postgres.close()
    if vendor == "postgresql":
        postgresql.restore(database, postgres.direct_parameters(), then=_new_epoch(str(uuid.uuid4())))
        return None
    aside = f"before-{timezone.now():%Y%m%dT%H%M%S}"
    return sqlite.restore(database, _sqlite_file(), then=_new_epoch(uuid.uuid4().hex), aside=aside)


def _bring_up_to_date() -> None:
    try:
        call_command("migrate", verbosity=0, interactive=False)
    except (OSError, CommandError, *OF_DATABASE) as error:
        text = _("The backup is in its place, but not brought up to date: %(reason)s. Mend that, then run migrate.")
        raise Unusable(text % {"reason": _first_line(error)}) from error


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0]


def _new_epoch(epoch: str) -> str:
    """Return the statement by which phones learn that the history went back; `epoch` as the database writes it."""
    return f"UPDATE {Epoch._meta.db_table} SET epoch = '{epoch}'"  # noqa: S608  a table and a number of ours


def _sqlite_file() -> Path:
    return Path(connection.settings_dict["NAME"])


def _files() -> Path:
    return Path(settings.STATE) / folder.FILES
