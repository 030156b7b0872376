"""The tests' database: it waits for no disk, and is emptied quickly after each test that has really committed."""

from functools import cache
from typing import Any

from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import TransactionTestCase

# What migrations leave and no test writes: Django's own way empties these too, then makes them anew from the models.
KEPT = {"auth_permission", "django_content_type", "django_migrations"}
HURRIED = {"sqlite": "PRAGMA synchronous=OFF", "postgresql": "-c synchronous_commit=off"}


def hurry(settings: dict[str, Any]) -> None:
    """Change the settings of a database so that a commit does not wait for the disk."""
    options = settings["OPTIONS"]
    if settings["ENGINE"].endswith("sqlite3"):
        options["init_command"] = f"{options['init_command']}; {HURRIED['sqlite']}"
    else:
        options["options"] = f"{options['options']} {HURRIED['postgresql']}"


def empty(connection: BaseDatabaseWrapper) -> None:
    """Delete every row but those of KEPT.

    Foreign keys are checked at the commit, so the order does not matter. A transaction that a test has left open is
    waited for, as TRUNCATE does; that itself takes 1.5 s for these tables on PostgreSQL, and this 10 ms.
    """
    tables = [connection.ops.quote_name(name) for name in _tables(connection.alias)]
    emptied = [f"DELETE FROM {table}" for table in tables]  # noqa: S608  names of our own models
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"LOCK TABLE {', '.join(tables)} IN ACCESS EXCLUSIVE MODE")
            cursor.execute("; ".join(emptied))
            return
        for statement in emptied:
            cursor.execute(statement)


@cache
def _tables(alias: str) -> list[str]:
    names = connections[alias].introspection.django_table_names(only_existing=True, include_views=False)
    return sorted(set(names) - KEPT)


def empty_quickly() -> None:
    """From now on a test that has committed is followed by `empty` instead of Django's `flush`."""

    def teardown(case: TransactionTestCase) -> None:
        for alias in case._databases_names(include_mirrors=False):
            empty(connections[alias])

    TransactionTestCase._fixture_teardown = teardown
