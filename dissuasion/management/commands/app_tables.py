"""Writes the tables that the phone takes over: `make types` calls it, people do not."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from dissuasion.api.app_tables import module


class Command(BaseCommand):
    help = "Write the server's tables as a TypeScript module for the phone."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--file", type=Path, required=True, help="where the module goes")

    def handle(self, *args: Any, **options: Any) -> None:
        options["file"].write_text(module(), encoding="utf-8")
