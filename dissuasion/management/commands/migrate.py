"""Django's own `migrate`, which first sees that the keys are those of this database: migrations may seal."""

from typing import Any

from django.core.management.commands import migrate
from django.db import connection

from dissuasion.models import Canary
from dissuasion.workers import keys, start
from households.models import Resident


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        start.check_connection()
        tables = connection.introspection.table_names()
        if Canary._meta.db_table in tables:
            keys.compare()
        elif Resident._meta.db_table in tables:
            keys.compare_with_a_resident()
        super().handle(*args, **options)
