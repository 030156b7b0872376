"""The whole loop in one process, told in the terminal: `manage.py demo --port 8000 --rate 19000 --crew on`."""

import asyncio
import os
import signal
import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation
from django.utils.translation import gettext as _
from rich import box
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from dissuasion.demo.city.alerts import PER_DAY
from dissuasion.demo.crew.mix import EVERYDAY, Mix
from dissuasion.demo.crew.profile import PROFILES
from dissuasion.demo.seeding.staff import DEMO_PASSWORD
from dissuasion.demo.seeding.teams import SIZES
from dissuasion.demo.show import lan, preparation, register
from dissuasion.demo.show.run import Demo, Options
from dissuasion.demo.show.screen import Screen
from dissuasion.workers import start

FASTEST, FASTEST_PACE = 5_000_000, 100
# A phone has two sockets here, and database, browser and terminal need some as well.
SPARE_FILES = 300


def _pace() -> float:
    """Return how much faster than usual everything runs: for the acceptance test, not for people."""
    text = os.environ.get("DEMO_PACE", "1")
    try:
        pace = float(text)
    except ValueError:
        pace = 0.0
    if not 0 < pace <= FASTEST_PACE:
        raise CommandError(f"DEMO_PACE={text!r} is no number above 0 and up to {FASTEST_PACE}.")
    return pace


def per_day(text: str) -> float:
    """Return a rate in alerts a day: read once the language is known, so that its fault is said in it."""
    try:
        rate = float(text.replace(",", ""))
    except ValueError:
        rate = -1.0
    if not 0 <= rate <= FASTEST:
        most = {"text": text, "most": f"{FASTEST:,}"}
        raise CommandError(_("“%(text)s” is no number of alerts a day between 0 and %(most)s.") % most)
    return rate


def crew_of(text: str) -> Mix | None:
    """Return who answers in a demo started with this text, None for nobody: read once the language is known."""
    if text in ("on", "off"):
        return EVERYDAY if text == "on" else None
    try:
        return Mix.parse(text)
    except ValueError as error:
        said = _(
            "CREW: “%(part)s” can't be read. Write on, off, or how many of each so many are of which kind, such as "
            "%(example)s. The kinds: %(kinds)s."
        )
        told = {"part": error, "example": "steady=8,silent=2", "kinds": ", ".join(PROFILES)}
        raise CommandError(said % told) from None


class Command(BaseCommand):
    help = "Run the whole loop with a simulated crew, in one process and without any other service."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="where the server listens; 0 takes any free port")
        parser.add_argument("--rate", default=PER_DAY, help="alerts a day, published: %(default)s")
        parser.add_argument(
            "--crew", default="on", help="off: nobody answers but you; or who answers: steady=8,silent=2"
        )
        parser.add_argument("--size", choices=SIZES, help="small: two stations; city: 5,000 staff, 20,000 households")
        parser.add_argument("--lan", metavar="ADDRESS", help="show it on phones: 1, or this machine's address there")
        parser.add_argument("--language", choices=[code for code, _name in settings.LANGUAGES], default="en")

    def handle(self, *args: Any, **options: Any) -> None:
        # Until the server runs, a plain kill ends the demo as Ctrl-C does.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        screen = Screen()
        with translation.override(options["language"]):
            try:
                self._demo(screen, options)
            except KeyboardInterrupt:
                screen.stop()
                screen.print(_("Stopped before it began."))

    def _demo(self, screen: Screen, options: dict[str, Any]) -> None:
        begun, rate, crew = time.monotonic(), per_day(str(options["rate"])), crew_of(options["crew"])
        listening = preparation.take_port(options["port"])
        shown = lan.open_lan(options["lan"], port=options["port"]) if options["lan"] else None
        if preparation.migrate():
            screen.print_minor(_("The database is up to date"))
        with start.working():
            size = preparation.seed_demo(options["size"], screen.print_minor)
            files = preparation.raise_file_limit()
            asked = Options(
                listening=listening,
                crew=crew,
                most_phones=(files - SPARE_FILES) // 2,
                rate=rate,
                pace=_pace(),
                language=options["language"],
                lan=shown,
            )
            demo = Demo(asked, screen, greeting=greeting(asked, size=size))
            with asyncio.Runner(loop_factory=demo.server.config.get_loop_factory()) as runner:
                narrator = runner.run(demo.run())
            screen.print(Text(narrator.summary(time.monotonic() - begun)))


def greeting(asked: Options, *, size: str) -> list[RenderableType]:
    """Return the address, the people to sign in as, and how to read what follows."""
    counts = _("%(where)s · %(size)s: %(people)d people, %(households)d households")
    counted = counts % {"where": preparation.describe_services(), "size": size, **register.database_size()}
    hint = _("Nobody acknowledges but you: sign in and take the alarms. Others go on to the next person.")
    if asked.crew:
        hint = _("The crew answers by itself. A minute on the road lasts half a second; hands and network are real.")
    return [
        Text.assemble("\n  ", ("Doorstep 上门劝阻", "bold"), "   ", (f"{asked.address}/", "bold underline blue")),
        Text(f"  {counted}", style="dim"),
        *(lan.greeting(asked.lan) if asked.lan else ()),
        _people(),
        Text.assemble(("  " + _("Password of all") + "  ", "dim"), (DEMO_PASSWORD, "bold")),
        Text(f"  {hint}\n", style="dim"),
    ]


def _people() -> Table:
    table = Table(box=box.SIMPLE_HEAD, header_style="dim", pad_edge=True)
    for name in (_("Sign in as"), _("Name"), _("Role"), _("Unit"), _("Sees")):
        table.add_column(name)
    for card in register.cards():
        table.add_row(Text(card.username, style="bold"), card.name, card.role, card.unit, card.sees)
    return table
