"""Django's cache in the database; it raises an error when the database takes no writes."""

from typing import Any

from django.core.cache.backends import db
from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.db import OperationalError, connection

TRIES = 3  # a key may be written and deleted by somebody else between the write that failed and the check


class DatabaseCache(db.DatabaseCache):
    """Raises when a value can't be saved: Django's own cache answers as if somebody else had just saved it.

    On a read-only database allauth then refused every sign-in as one too many.
    """

    def _base_set(self, mode: str, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT) -> bool:
        for _try in range(TRIES):
            if super()._base_set(mode, key, value, timeout):  # type: ignore[misc]
                return True
            if mode == "touch" or (mode == "add" and self._is_there(key)):
                return False
        raise OperationalError("The cache takes nothing in.")

    def _is_there(self, key: str) -> bool:
        table = connection.ops.quote_name(self._table)  # type: ignore[attr-defined]
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT 1 FROM {table} WHERE cache_key = %s", [key])  # noqa: S608  a name of our own
            return cursor.fetchone() is not None
