"""Shows what serves each channel, and tries one: `manage.py gateways [--test text --to 100…]`."""

from argparse import ArgumentTypeError
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.lib import identity
from dissuasion.actions.messages import trial
from dissuasion.rules import words
from dissuasion.transports.base import Outcome
from dissuasion.transports.registry import CHANNELS


def number(text: str) -> str:
    """Return the telephone number that `text` means."""
    try:
        return identity.parse_phone(text)
    except identity.BadNumber as error:
        raise ArgumentTypeError("that is no telephone number") from error


class Command(BaseCommand):
    help = "Show what serves each channel; with --test and --to send one test message."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--test", choices=CHANNELS, metavar="CHANNEL", help=f"one of {', '.join(CHANNELS)}")
        parser.add_argument("--to", type=number, metavar="NUMBER", help="where the test goes")
        parser.add_argument("--language", choices=[code for code, _name in settings.LANGUAGES], default="zh-hans")

    def handle(self, *args: Any, **options: Any) -> None:
        if bool(options["test"]) != bool(options["to"]):
            raise CommandError("--test and --to go together: --test text --to 13…")
        if options["test"]:
            self._try(options["test"], options["to"], options["language"])
        else:
            for one in trial.channels():
                most = "no limit" if one.per_minute is None else f"{one.per_minute} a minute"
                reports = "reports" if one.reports else "no reports"
                self.stdout.write(f"{one.channel:10} {one.kind:8} {one.host or '-':40} {most}, {reports}")

    def _try(self, channel: str, to: str, language: str) -> None:
        tried = trial.send(channel, to=to, language=language)
        said = tried.answer
        own = f", its id {said.provider_id}" if said.provider_id else ""
        why = f": {words.sentence(said.reason)}" if said.reason else ""
        self.stdout.write(f"{channel} to {identity.masked(to)}: {said.outcome.value}{own}, {tried.ms} ms{why}")
        if said.outcome is not Outcome.SENT:
            raise CommandError(f"The test was not sent for certain ({said.reason}).")
