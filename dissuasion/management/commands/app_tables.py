"""Writes the tables that the phone takes over: `make types` calls it, people do not."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from dissuasion.api.app_tables import modules


class Command(BaseCommand):
    help = "Write the server's tables as TypeScript modules for the phone."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--folder", type=Path, required=True, help="where the modules go")

    def handle(self, *args: Any, **options: Any) -> None:
        for name, text in modules().items():
            (options["folder"] / name).write_text(text, encoding="utf-8")
