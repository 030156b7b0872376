"""`make bench-phone`: what an officer with a poor phone on a poor network feels, beside the floor of the same run."""

import argparse
import base64
import os
import secrets
import sys
import tempfile
from pathlib import Path

import django

STATE = tempfile.TemporaryDirectory(prefix="doorstep-bench-phone-")


def environment() -> None:
    """Production settings on a scratch SQLite database: compressed files under their hashes, as officers get them."""
    key = base64.b64encode(secrets.token_bytes(32)).decode()
    for name in ("DATABASE_URL", "REDIS_URL"):
        os.environ.pop(name, None)
    os.environ.update(
        STATE_DIR=STATE.name, DEBUG="0", HTTPS="0", SECRET_KEY=secrets.token_hex(32), FIELD_KEYS=f"bench:{key}",
        INDEX_KEY=key, ALLOWED_HOSTS="127.0.0.1,localhost", ENVIRONMENT="bench",
        DJANGO_SETTINGS_MODULE="config.settings", DJANGO_ALLOW_ASYNC_UNSAFE="true",
    )  # fmt: skip


environment()
django.setup()

from django.core.management import call_command  # noqa: E402  they need the settings above

from tests.bench import servers  # noqa: E402
from tests.bench.phone import scene  # noqa: E402
from tests.bench.phone.parts import PARTS, Held  # noqa: E402
from tests.bench.report import Rows, show  # noqa: E402


def main() -> int:
    """Measure the parts that are asked for; return 0 when every goal was reached."""
    reader = argparse.ArgumentParser(prog="make bench-phone BENCHARGS=…", description=__doc__)
    reader.add_argument("--parts", nargs="+", choices=tuple(PARTS), default=tuple(PARTS))
    asked = reader.parse_args()
    lin = scene.settle()
    assignments = scene.give(lin, count=50)
    call_command("collectstatic", interactive=False, verbosity=0)
    rows = Rows()
    for part in asked.parts:
        with servers.web(workers=1) as (port, _process):
            PARTS[part](rows, Held(f"http://127.0.0.1:{port}", lin, scene.cookie_of(lin), assignments))
    return 0 if show(rows, Path("var/bench-phone.json"), title="The officer's phone") else 1


if __name__ == "__main__":
    try:
        sys.exit(main())
    finally:
        STATE.cleanup()
