"""Writes a backup of the database and the sealed files into a new folder: `manage.py backup /backups/monday`."""

import logging
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from config.lib.backups.folder import Unusable
from dissuasion.workers import backups


class Command(BaseCommand):
    help = "Write a backup of the database and the sealed files into a new folder, while the servers go on."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="a new folder")
        parser.add_argument("--database-only", action="store_true", help="without the sealed photos and signatures")

    def handle(self, *args: Any, **options: Any) -> None:
        # While the database is away its pool logs it several times a second; the command says it once.
        logging.getLogger("psycopg.pool").setLevel(logging.CRITICAL)
        target: Path = options["folder"]
        try:
            count = backups.make(target.absolute(), files=not options["database_only"])
        except Unusable as reason:
            raise CommandError(str(reason)) from reason
        said = _("%(folder)s holds the database and %(count)d sealed files. Keep the keys apart from it.")
        self.stdout.write(said % {"folder": target, "count": count})
