"""Migrations that seal a column: its plain values go into a sealed column of the same name, row by row."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.db import migrations
from django.db.migrations.operations.base import Operation

from config.lib.geo import rough_cell
from config.lib.sealing.fields import SealedTextField

AT_ONCE = 1000


def seal_column(app: str, model: str, name: str, *, plain: Any, sealed: SealedTextField) -> list[Operation]:
    """Return the operations that seal a column; `plain` is the field before. They can be reversed.

    A sealed column that may not be empty is filled before it is made so. What the old column held stays in the free
    space of the database's files until that is written anew: see operations.md.
    """
    before = f"{name}_in_the_clear"
    maybe: Any = sealed.clone()
    maybe.null = True
    fill = migrations.RunPython(_copies(app, model, before, name), _copies(app, model, name, before))
    operations: list[Operation] = [
        migrations.RenameField(model, name, before),
        migrations.AddField(model, name, maybe),
        # On the way back the old column is made empty first.
        migrations.AlterField(model, before, _empty(plain)),
        fill,
        migrations.RemoveField(model, before),
    ]
    return operations if sealed.null else [*operations, migrations.AlterField(model, name, sealed)]


def write_cells(app: str, model: str) -> Operation:
    """Return the operation that saves the rough cell of every existing point."""

    def run(apps: Any, schema_editor: Any) -> None:
        rows, connection = apps.get_model(app, model), schema_editor.connection
        column = rows._meta.get_field("cell")
        found = ((row.pk, rough_cell(row.lat, row.lon)) for row in every(rows, connection) if None not in _point(row))
        write(rows, column, found, connection)

    return migrations.RunPython(run, migrations.RunPython.noop)


def _point(row: Any) -> tuple[float | None, float | None]:
    return row.lat, row.lon


def _empty(plain: Any) -> Any:
    field = plain.clone()
    field.null = True
    return field


def _copies(app: str, model: str, source: str, target: str) -> Any:
    def run(apps: Any, schema_editor: Any) -> None:
        rows = apps.get_model(app, model)
        connection = schema_editor.connection
        column = rows._meta.get_field(target)
        found = ((row.pk, _written(row, source, column, connection)) for row in every(rows, connection))
        write(rows, column, found, connection)

    return run


def every(rows: Any, connection: Any, **only: Any) -> Iterator[Any]:
    """Yield the rows of a historical model in pages, so that they may be written meanwhile."""
    wanted = rows.objects.using(connection.alias).filter(**only).order_by("pk")
    page = list(wanted[:AT_ONCE])
    while page:
        yield from page
        page = list(wanted.filter(pk__gt=page[-1].pk)[:AT_ONCE])


def _written(row: Any, source: str, column: Any, connection: Any) -> Any:
    value = getattr(row, source)
    if value is None:
        return None
    setattr(row, column.attname, value)
    if isinstance(column, SealedTextField):
        return column.pre_save(row, False)
    return column.get_db_prep_save(value, connection)


def write(rows: Any, column: Any, found: Iterable[tuple[Any, Any]], connection: Any) -> None:
    """Write prepared values of one column to the rows with these primary keys."""
    quote, key = connection.ops.quote_name, rows._meta.pk
    table, target = quote(rows._meta.db_table), quote(column.column)
    sql = f"UPDATE {table} SET {target} = %s WHERE {quote(key.column)} = %s"  # noqa: S608  names of our own models
    prepared = ((value, key.get_db_prep_value(pk, connection)) for pk, value in found if value is not None)
    with connection.cursor() as cursor:
        some = list(islice(prepared, AT_ONCE))
        while some:
            cursor.executemany(sql, some)
            some = list(islice(prepared, AT_ONCE))
    if connection.vendor == "postgresql":
        # A row written twice in a transaction leaves pending checks, and a table with pending checks can't be altered.
        connection.check_constraints()
