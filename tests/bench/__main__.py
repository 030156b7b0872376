"""`make bench`: measures the spine on PostgreSQL and Redis; this process is the load, the servers have theirs."""

import argparse
import base64
import os
import secrets
import signal
import sys
import time
import traceback
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import django
import psycopg
import redis

# Of this run alone: two on one machine do not meet, and no name is the beginning of another.
RUN = f"bench_{os.getpid()}_{secrets.token_hex(3)}_run"
DATABASE = f"doorstep_{RUN}"


def environment() -> str:
    """Set what servers and generator share, and return the URL of the administering database."""
    url = os.environ.get("DATABASE_URL") or "postgres://postgres@127.0.0.1:5432/postgres"
    rings = os.environ.get("REDIS_URL") or "redis://127.0.0.1:6379/15"
    try:
        psycopg.connect(url, connect_timeout=3).close()
        redis.Redis.from_url(rings, socket_connect_timeout=3).ping()
    except (psycopg.OperationalError, redis.RedisError) as error:
        sys.exit(
            f"The benchmark needs PostgreSQL and Redis on this machine: {error}\nOn Debian: apt install postgresql "
            "redis-server; elsewhere set DATABASE_URL (a role that may create databases) and REDIS_URL."
        )
    key = base64.b64encode(secrets.token_bytes(32)).decode()
    os.environ.update(
        DATABASE_URL=urlunsplit(urlsplit(url)._replace(path=f"/{DATABASE}")), REDIS_URL=rings, DEBUG="0", HTTPS="0",
        SECRET_KEY=secrets.token_hex(32), FIELD_KEYS=f"bench:{key}", INDEX_KEY=key, ALLOWED_HOSTS="127.0.0.1",
        ENVIRONMENT=RUN.replace("_", "-"), DJANGO_SETTINGS_MODULE="config.settings",
    )  # fmt: skip
    return url


ADMIN_URL = environment()
django.setup()

from tests.bench import city  # noqa: E402  they need the settings above
from tests.bench.parts import PARTS  # noqa: E402
from tests.bench.report import Row, Rows, show, write  # noqa: E402
from tests.bench.scale import FULL, MINIATURE, Scale  # noqa: E402


def run_part(name: str, rows: Rows, scale: Scale) -> None:
    """Run one part on a city without work; one that breaks is a row too, and the others follow."""
    try:
        city.clear_work()
        for measure in PARTS[name]:
            measure(rows, scale)
    except Exception as error:
        traceback.print_exc()
        rows.append(Row(f"{name}: broken", f"{type(error).__name__}: {error}"[:200], "", "runs to its end", False))


def scale_of(asked: argparse.Namespace) -> Scale:
    """Return the scale that was asked for."""
    if asked.miniature:
        return MINIATURE
    given = {
        "seconds": asked.seconds, "hostile_s": asked.seconds, "alerts": asked.alerts, "history": asked.history,
    }  # fmt: skip
    return replace(FULL, **{name: value for name, value in given.items() if value is not None})


def main() -> None:
    """Run the parts that are asked for, in a scratch database of this run that is dropped afterwards."""
    reader = argparse.ArgumentParser(prog="make bench BENCHARGS=…", description=__doc__)
    reader.add_argument("--parts", nargs="+", choices=tuple(PARTS), default=tuple(PARTS))
    reader.add_argument("--seconds", type=int, help="length of each steady stretch")
    reader.add_argument("--alerts", type=int, help="rows of the batch intake")
    reader.add_argument("--history", type=int, help="alerts of the long history")
    reader.add_argument("--miniature", action="store_true", help="every part as small as it works: goals do not count")
    reader.add_argument("--json", type=Path, default=Path("var/bench.json"))
    asked = reader.parse_args()
    scale, rows = scale_of(asked), Rows()
    signal.signal(signal.SIGTERM, lambda *_signal: sys.exit(143))  # the database goes all the same
    city.make_database(ADMIN_URL, DATABASE)
    try:
        begun = time.monotonic()
        city.settle(scale.ground)
        print(f"seeded the {scale.ground} in {time.monotonic() - begun:.0f} s", flush=True)
        for name in asked.parts:
            run_part(name, rows, scale)
            write(rows, asked.json)
    finally:
        city.drop_database(ADMIN_URL, DATABASE)
    reached = show(rows, asked.json)
    sys.exit(0 if reached or asked.miniature else 1)


main()
