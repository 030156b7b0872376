"""Shows the figures in the terminal: `manage.py figures [--unit CODE] [--start DAY] [--end DAY]`."""

import datetime as dt
from argparse import ArgumentTypeError
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from rich.console import Console

from accounts.models import Unit
from dissuasion.api.desk.figures import period_of
from dissuasion.reports.figures_table import roots, tables

PIPED_WIDTH = 120


def day(text: str) -> dt.date:
    """Return the day that `text` means."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text!r} is no day; write it like {timezone.localdate().isoformat()}") from error


class Command(BaseCommand):
    help = "Counts, intervals, face-to-face rate, outcomes and amounts of a unit and those below it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--unit", metavar="CODE", help="the unit's code, such as county-411681; else all")
        parser.add_argument("--start", type=day, metavar="DAY", help="the first day; else the last")
        parser.add_argument("--end", type=day, metavar="DAY", help="the last day; else today")
        parser.add_argument("--language", choices=[code for code, _name in settings.LANGUAGES], default="en")

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override(options["language"]):
            self._show(options)

    def _show(self, options: dict[str, Any]) -> None:
        end = options["end"] or timezone.localdate()
        start = options["start"] or end
        if start > end:
            raise CommandError(_("The first day lies after the last."))
        period = period_of(start, end)
        if options["unit"]:
            unit = Unit.objects.filter(code=options["unit"]).first()
            if unit is None:
                raise CommandError(_("There is no unit with the code %(code)s.") % {"code": options["unit"]})
            units = [unit]
        else:
            units = roots(period)
        if not units:
            raise CommandError(_("There are no units yet: `make demo` or `manage.py seed` makes some."))
        console = Console(highlight=False)
        if not console.is_terminal:
            console = Console(highlight=False, width=PIPED_WIDTH)
        console.print(*tables(units, period), sep="\n")
