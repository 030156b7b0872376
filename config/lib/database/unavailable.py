"""Which errors of the database mean "not now": it is read-only, recovering, away, full, or somebody holds a lock."""

from django.db import DatabaseError, InterfaceError, InternalError, OperationalError

READ_ONLY = "25006"
# Somebody holds what this needs; the database itself is well.
LOCKS = {"55P03", "40001", "40P01", "57014", "SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_BUSY_SNAPSHOT"}
# A statement that SQLite can't make sense of, such as one about a table that no migration has made: a fault of ours.
OUR_FAULT = "SQLITE_ERROR"


def is_unavailable(error: BaseException | None) -> bool:
    """Return whether the same may succeed in some seconds; never so for a fault of our own."""
    match error:
        case OperationalError():
            return _code(error) != OUR_FAULT
        case InterfaceError():  # a connection that the server has closed
            return hasattr(error.__cause__, "sqlstate")
        case InternalError():
            return _code(error) == READ_ONLY
    return False


def is_held(error: BaseException | None) -> bool:
    """Return whether somebody else holds what this needs."""
    return is_unavailable(error) and _code(error) in LOCKS


def is_away(error: BaseException | None) -> bool:
    """Return whether the whole database can't serve now, so that nothing else need be tried."""
    return isinstance(error, DatabaseError | InterfaceError) and is_unavailable(error) and _code(error) not in LOCKS


def _code(error: BaseException | None) -> str:
    """Return the code of a driver's error: PostgreSQL's SQLSTATE or SQLite's name; empty where it has none."""
    cause = error.__cause__ if error else None
    return str(getattr(cause, "sqlstate", "") or getattr(cause, "sqlite_errorname", "") or "")
