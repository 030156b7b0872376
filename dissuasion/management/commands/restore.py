"""Puts a backup in the place of what is here: `manage.py restore /backups/monday`."""

import logging
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from config.lib.backups.folder import Unusable
from dissuasion.workers import backups


class Command(BaseCommand):
    help = "Put a backup in the place of the database here. Every process of Doorstep must be stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="what `backup` has written")
        parser.add_argument("--yes", action="store_true", help="do not ask")

    def handle(self, *args: Any, **options: Any) -> None:
        # While the database is away its pool logs it several times a second; the command says it once.
        logging.getLogger("psycopg.pool").setLevel(logging.CRITICAL)
        source: Path = options["folder"]
        try:
            with backups.in_a_sentence():
                manifest = backups.examine(source)
            if not options["yes"] and not self._agreed(manifest.made_at):
                raise CommandError(_("Nothing was changed."))
            old = backups.put_back(source, manifest)
        except Unusable as reason:
            raise CommandError(str(reason)) from reason
        self.stdout.write(_("Restored, with a new epoch: phones fetch everything anew. Start the processes again."))
        if old:
            self.stdout.write(_("What was here before: %(file)s. Delete it when all is well.") % {"file": old})

    def _agreed(self, made_at: str) -> bool:
        asked = _("Everything since %(made_at)s will be lost here. Write yes to go on: ") % {"made_at": made_at}
        try:
            return input(asked).strip().lower() == "yes"
        except EOFError:
            return False
