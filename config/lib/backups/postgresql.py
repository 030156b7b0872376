"""Backup and restore of a PostgreSQL database, with PostgreSQL's own programs."""

import os
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import psycopg
from django.utils.translation import gettext as _
from psycopg.conninfo import make_conninfo

from config.lib.backups.folder import Unusable, private_file

# Owners and grants do not matter in another database; only the owner of an extension may write its comment.
PLAIN = ("--no-owner", "--no-privileges", "--no-comments")
# Where a password is wanted that nobody gave, a program would ask for it on the terminal, and a night would pass.
ASKS_NOBODY = "--no-password"
PSQL = ("psql", "--no-psqlrc", ASKS_NOBODY, "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1")
OTHERS = """
SELECT coalesce(nullif(application_name, ''), 'unnamed'), coalesce(host(client_addr), 'local') FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
"""
# Everything of ours is dropped, also what the backup does not know; what extensions brought stays.
EMPTY = """
SET lock_timeout = '10s';
SET idle_in_transaction_session_timeout = 0;
DO $$
DECLARE thing text;
BEGIN
  FOREACH thing IN ARRAY ARRAY(
    SELECT format(CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE 'TABLE' END
      || ' IF EXISTS %s', c.oid::regclass) FROM pg_class c
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm')
    AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e'))
  LOOP
    EXECUTE 'DROP ' || thing || ' CASCADE';
  END LOOP;
  FOREACH thing IN ARRAY ARRAY(
    SELECT p.oid::regprocedure::text FROM pg_proc p WHERE p.pronamespace = current_schema()::regnamespace
    AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e'))
  LOOP
    EXECUTE 'DROP ROUTINE IF EXISTS ' || thing || ' CASCADE';
  END LOOP;
END $$;
"""


def dump(parameters: Mapping[str, Any], target: Path) -> None:
    """Write the database as it is now into the new file `target`, while others go on working with it."""
    with private_file(target) as file:
        asked = ["pg_dump", "--format=custom", ASKS_NOBODY, *PLAIN, f"--dbname={_address(parameters)}"]
        _carry_out(asked, parameters, stdout=file)
    check(target)


def check(dumped: Path) -> None:
    """Raise Unusable when the file is no dump that can be read from its beginning to its end."""
    _carry_out(["pg_restore", "--file=/dev/null", str(dumped)], {})


def restore(source: Path, parameters: Mapping[str, Any], *, then: str) -> None:
    """Replace what is there by the database of the file `source`, then execute the statement `then`.

    All of it is one transaction. Raises Unusable, and changes nothing, when somebody else is connected or it fails.
    """
    _refuse_company(parameters)
    with tempfile.TemporaryDirectory() as scratch:
        script = Path(scratch) / "script.sql"
        _carry_out(["pg_restore", *PLAIN, f"--file={script}", str(source)], {})
        parts = ["--command", EMPTY, "--file", str(script), "--command", "RESET search_path", "--command", then]
        _carry_out([*PSQL, *parts, _address(parameters)], parameters, stdout=subprocess.DEVNULL)


def _refuse_company(parameters: Mapping[str, Any]) -> None:
    with psycopg.connect(**parameters, autocommit=True) as asking:
        others = sorted({f"{name} ({where})" for name, where in asking.execute(OTHERS).fetchall()})
    if others:
        raise Unusable(
            _("Somebody is connected to this database: %(who)s. Stop every process of Doorstep, and a pooler, first.")
            % {"who": ", ".join(others)}
        )


def _carry_out(command: list[str], parameters: Mapping[str, Any], **streams: Any) -> None:
    try:
        told = subprocess.run(  # noqa: S603  a program of PostgreSQL, and no shell
            command, check=False, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, env=_environment(parameters),
            **streams,
        )  # fmt: skip
    except OSError as error:
        raise Unusable(_missing(error)) from error
    if told.returncode:
        raise Unusable(f"{command[0]}: {_reason(told.stderr)}")


def _address(parameters: Mapping[str, Any]) -> str:
    """Return the address without its password: everybody on the machine reads the arguments of a program."""
    named = {name: value for name, value in parameters.items() if name not in ("password", "client_encoding")}
    return make_conninfo(**named)


def _environment(parameters: Mapping[str, Any]) -> dict[str, str]:
    password = parameters.get("password")
    return os.environ | ({"PGPASSWORD": str(password)} if password else {})


def _missing(error: OSError) -> str:
    return _("%(program)s is not here: install PostgreSQL's client programs.") % {"program": error.filename or "psql"}


def _reason(said: bytes) -> str:
    lines = said.decode(errors="replace").strip().splitlines()
    return lines[0] if lines else "?"
