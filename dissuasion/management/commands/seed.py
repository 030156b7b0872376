"""Fills a database with real ground and pretend people: `manage.py seed --size small|city [--recorded]`."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dissuasion.demo.seeding import teams, work_data
from dissuasion.demo.seeding.progress import SeedingProgress
from dissuasion.demo.seeding.run import Refused, seed, seed_ground
from dissuasion.workers import start


class Command(BaseCommand):
    help = "Fill the database with real ground and pretend people, the same ones on every machine."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--size", choices=teams.SIZES, help="small: two stations; city: 5,000 staff, 20,000 households"
        )
        parser.add_argument("--recorded", action="store_true", help="also the homes of the four recorded cases")
        parser.add_argument("--quiet", action="store_true", help="say nothing")
        only = parser.add_mutually_exclusive_group()
        only.add_argument("--scripts-only", action="store_true", help="only the scripts; also on a production server")
        only.add_argument(
            "--ground-only", action="store_true", help="only divisions and units; also on a production server"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        start.check()
        with SeedingProgress(self.stdout.write, quiet=options["quiet"]) as progress:
            if options["scripts_only"]:
                with transaction.atomic():
                    count = work_data.load_scripts(now=timezone.now())
                progress.line(_("Scripts: %(count)d new") % {"count": count})
            elif options["ground_only"]:
                if not seed_ground(progress):
                    progress.line(_("There is ground already; nothing was changed."))
            else:
                self._people(options, progress)

    def _people(self, options: dict[str, Any], progress: SeedingProgress) -> None:
        try:
            seeded = seed(size=options["size"], recorded=options["recorded"], now=timezone.now(), progress=progress)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        if not seeded.changed:
            progress.line(_("Seeded already (%(size)s).") % {"size": seeded.size})
