"""Connections to PostgreSQL, directly or through a pooler, and whether they keep the settings that we need.

A pooler in transaction mode (pgbouncer) gives each transaction whichever connection is free. What belongs to a
connection gets lost there: start-up options, LISTEN, cursors that outlive a transaction. So DATABASE_URL is the
pooler's address, DATABASE_DIRECT_URL is PostgreSQL's own, and the limits are settings of the database role.
"""

from typing import Any

import psycopg
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

# What ends a transaction that hangs, and a wait for somebody else's lock (ms): as long as a request waits in all.
LIMITS = {"idle_in_transaction_session_timeout": 30_000, "lock_timeout": 3_000}
# Parameters that only Django's own, synchronous connections take.
DJANGO_ONLY = ("context", "cursor_factory", "prepare_threshold")
CONNECT_TIMEOUT_S = 5
CONNECTION_FACTS = """
SELECT pg_backend_pid(), current_database(), pg_postmaster_start_time(), quote_ident(current_user),
       quote_ident(current_database()), (SELECT setting::int FROM pg_settings WHERE name = 'lock_timeout'),
       (SELECT setting::int FROM pg_settings WHERE name = 'idle_in_transaction_session_timeout')
"""


def settings_for(parsed: dict[str, Any], *, most: int, pooled: bool) -> dict[str, Any]:
    """Return Django's settings of a PostgreSQL database besides its address, with a pool of `most` connections."""
    options = {**parsed.get("OPTIONS", {}), "pool": {"min_size": 2, "max_size": most, "timeout": 10}}
    if not pooled:
        options["options"] = " ".join(f"-c {name}={value}" for name, value in LIMITS.items())
    # After a restart of the database the pool's connections are dead: one is tried before a request gets it.
    return {"CONN_HEALTH_CHECKS": True, "DISABLE_SERVER_SIDE_CURSORS": pooled, "OPTIONS": options}


def parameters() -> dict[str, Any]:
    """Return what libpq needs to connect by DATABASE_URL."""
    asked = connection.get_connection_params()
    return {name: value for name, value in asked.items() if name not in DJANGO_ONLY}


def direct_parameters() -> dict[str, Any]:
    """Return what libpq needs to connect to PostgreSQL itself: for LISTEN, for dumps, for what outlives a commit."""
    direct = settings.DATABASE_DIRECT
    if direct is None:
        return parameters()
    named = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    given = {name: direct.get(key) for name, key in named.items()}
    return {**direct.get("OPTIONS", {}), **{name: value for name, value in given.items() if value}}


def close() -> None:
    """Close this thread's connection to the database, and its pool if there is one."""
    connection.close()
    close_pool = getattr(connection, "close_pool", None)  # only PostgreSQL has one
    if close_pool is not None:
        close_pool()


def check_connection() -> None:
    """Raise ImproperlyConfigured when there is a pooler where none may be, or the limits are not set.

    Raises psycopg.OperationalError while the database can't be reached.
    """
    try:
        pooled, there = _look(parameters())
    except psycopg.OperationalError as error:
        if "startup parameter" in str(error):  # as pgbouncer refuses `options`
            raise ImproperlyConfigured(_POOLER) from error
        raise
    if settings.DATABASE_DIRECT is None:
        if pooled:
            raise ImproperlyConfigured(_POOLER)
    else:
        pooled, direct = _look(direct_parameters())
        if pooled:
            raise ImproperlyConfigured("DATABASE_DIRECT_URL leads to a pooler too, not to PostgreSQL itself.")
        if (there[1], there[2]) != (direct[1], direct[2]):
            raise ImproperlyConfigured("DATABASE_DIRECT_URL leads to another database than DATABASE_URL.")
    _check_limits(there)


_POOLER = (
    "DATABASE_URL leads to a pooler such as pgbouncer. Name PostgreSQL itself in DATABASE_DIRECT_URL beside it "
    "(docs/operations.md, Behind pgbouncer)."
)


def _look(asked: dict[str, Any]) -> tuple[bool, tuple[Any, ...]]:
    """Return whether a pooler answers there instead of PostgreSQL, and the row of `CONNECTION_FACTS`."""
    with psycopg.connect(**{"connect_timeout": CONNECT_TIMEOUT_S, **asked}, autocommit=True) as there:
        there.prepare_threshold = None
        row = there.execute(CONNECTION_FACTS).fetchone()
        if row is None:
            raise ImproperlyConfigured("The database answers nothing.")
        # A pooler reports another process id than PostgreSQL does.
        return row[0] != there.info.backend_pid, row


def _check_limits(there: tuple[Any, ...]) -> None:
    held = {"lock_timeout": there[5], "idle_in_transaction_session_timeout": there[6]}
    wanting = [name for name, value in LIMITS.items() if held[name] != value]
    if wanting:
        whose = f"ALTER ROLE {there[3]} IN DATABASE {there[4]}"
        told = " ".join(f"{whose} SET {name} = {LIMITS[name]};" for name in wanting)
        raise ImproperlyConfigured(
            f"{' and '.join(wanting)} do not hold on this connection. Say there once, then RECONNECT in the "
            f"pooler: {told}"
        )
