"""A backup of the run's database, and its way back, by the commands that docs/operations.md tells of."""

import os
import signal

from tests.faults.services import WAIT_S, WATCHERS, WEBS, Services

NAME = "history"


def take(services: Services) -> None:
    """Keep the database as it is now."""
    _told(services, "backup", str(services.scratch / NAME))


def restore(services: Services) -> None:
    """Stop everything of ours, put the kept database in place of the one there, start again."""
    for name in (*WEBS, *WATCHERS):
        services.end(name, signal.SIGTERM)
    _told(services, "restore", str(services.scratch / NAME), "--yes")
    services.start_all_ours()


def _told(services: Services, command: str, *arguments: str) -> None:
    path = f"{services.programs}{os.pathsep}{services.environment.get('PATH', '')}"
    if services.python(command, "manage.py", command, *arguments, PATH=path).wait(WAIT_S):
        raise RuntimeError(f"{command} did not end well: {services.tail()}")
