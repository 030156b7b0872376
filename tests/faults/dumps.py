"""A dump of the run's database, and its way back as docs/operations.md tells it to whoever restores one."""

import signal
import subprocess

from tests.faults.services import WAIT_S, WATCHERS, WEBS, Services

NAME = "history.dump"


def take(services: Services) -> None:
    """Keep the database as it is now."""
    _told(services, "pg_dump", "-Fc", "--dbname", services.database_url, "--file", str(services.scratch / NAME))


def restore(services: Services) -> None:
    """Stop everything of ours, put the kept database in place of the one there, begin a new epoch, start again."""
    for name in (*WEBS, *WATCHERS):
        services.end(name, signal.SIGTERM)
    _told(
        services, "pg_restore", "--clean", "--if-exists", "--dbname", services.database_url,
        str(services.scratch / NAME),
    )  # fmt: skip
    for command in ("migrate", "new_epoch"):
        if services.python(command, "manage.py", command).wait(WAIT_S):
            raise RuntimeError(f"{command} failed.")
    services.start_all_ours()


def _told(services: Services, program: str, *arguments: str) -> None:
    told = subprocess.run([services.programs / program, *arguments], capture_output=True, timeout=WAIT_S)
    if told.returncode:
        raise RuntimeError(f"{program} failed: {told.stderr.decode(errors='replace')}")
