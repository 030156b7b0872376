"""What the demo does before it serves: a free port, a migrated database, seeded ground and people."""

import resource
import socket
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django.utils.translation import gettext as _

from dissuasion.demo.seeding.progress import SeedingProgress
from dissuasion.demo.seeding.rota import renew_shifts
from dissuasion.demo.seeding.run import Refused, seed

HOST = "127.0.0.1"
# Each phone of the crew has two sockets in this process.
FILES_WANTED = 20_000
BACKLOG = 2048


def take_port(port: int, *, host: str = HOST) -> socket.socket:
    """Return a socket that listens on `port` (0: any free one); raise CommandError when somebody else has it."""
    taken = socket.socket()
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind((host, port))
        taken.listen(BACKLOG)  # from here on the port is ours, and visitors wait instead of being refused
    except (OSError, OverflowError) as error:
        taken.close()
        raise CommandError(
            _("Port %(port)d can't be used (%(reason)s). Another one: make demo PORT=%(other)d")
            % {
                "port": port,
                "reason": getattr(error, "strerror", error),
                "other": port + 1 if 0 < port < 65_535 else 8000,
            }
        ) from error
    taken.setblocking(False)
    return taken


def migrate() -> bool:
    """Bring the database up to date; return whether there was anything to do."""
    executor = MigrationExecutor(connection)
    due = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if due:
        call_command("migrate", verbosity=0, interactive=False)
    return bool(due)


def seed_demo(size: str | None, say: Any) -> str:
    """Seed what is missing and plan the shifts of the coming days; return the size of what is there."""
    with SeedingProgress(say) as progress:
        try:
            seeded = seed(size=size, recorded=True, now=timezone.now(), progress=progress)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
    renew_shifts(timezone.now())
    return seeded.size


def raise_file_limit() -> int:
    """Allow this process as many open files as it may have, up to what a city's crew needs; return how many."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = FILES_WANTED if hard == resource.RLIM_INFINITY else min(hard, FILES_WANTED)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        soft = wanted
    return soft


def describe_services() -> str:
    """Return which database and which channel layer the demo runs on."""
    if connection.vendor == "sqlite":
        store = f"SQLite {settings.DATABASES['default']['NAME']}"
    else:
        store = f"PostgreSQL {settings.DATABASES['default']['NAME']}"
    layer = "Redis" if settings.REDIS_URL else _("channel layer in memory")
    return f"{store}, {layer}"
