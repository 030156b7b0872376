"""The database as somebody reads it who has a dump: every value of every table, sealed or not."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import connection


def rows() -> Iterator[tuple[str, Any]]:
    """Yield every value that stands in the database, with the table and column where it stands."""
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            columns = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                yield from ((f"{table}.{name}", value) for name, value in zip(columns, row, strict=True))


def holds(value: Any, canary: str) -> bool:
    """Return whether a stored value shows a text: as it is, escaped as JSON does, or inside bytes."""
    if isinstance(value, bytes | memoryview):
        return canary.encode() in bytes(value)
    text = str(value)
    return canary in text or json.dumps(canary)[1:-1] in text


def found(canaries: Iterable[str]) -> set[str]:
    """Return where any of these stands in the clear."""
    wanted = list(canaries)
    return {place for place, value in rows() if value is not None and any(holds(value, one) for one in wanted)}


def image_shows(canaries: Iterable[str]) -> list[str]:
    """Return which of these stand anywhere in the file of the database, free pages too; SQLite alone gives it so."""
    if connection.vendor != "sqlite":
        return []
    connection.ensure_connection()
    image = connection.connection.serialize()
    return [one for one in canaries if any(form in image for form in {one.encode(), json.dumps(one)[1:-1].encode()})]
