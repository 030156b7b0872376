"""Serves Doorstep: `python -m config.server` reads HOST, PORT, WORKERS and RELOAD from the environment."""

import os
import sys

import django
import uvicorn
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from config.lib import env
from config.lib.database import postgres
from config.lib.serving import APPLICATION, SETTINGS, server_config

REFUSAL = "Doorstep does not start. "
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
try:
    django.setup(set_prefix=False)
except ImproperlyConfigured as wrong:
    sys.exit(f"{REFUSAL}{wrong}")

from dissuasion.workers import start  # noqa: E402  the apps must be loaded before

__all__ = ["SETTINGS", "server_config"]
SOURCES = ["accounts", "config", "dissuasion", "households"]
LAST_PORT = 65_535


def main() -> None:
    """Serve until a signal comes; a setting that is wrong ends the start with a sentence."""
    try:
        reload = env.boolean("RELOAD")
        host, port = env.text("HOST", "127.0.0.1"), env.integer("PORT", 8000, least=0, most=LAST_PORT)
        workers = env.integer("WORKERS", 1, least=1)
        if not settings.ALLOWED_HOSTS:
            raise ImproperlyConfigured("Set ALLOWED_HOSTS in the environment: without it every request is refused.")
        with start.working():
            postgres.close()  # each process that serves makes connections of its own
            uvicorn.run(
                APPLICATION,
                **SETTINGS,
                host=host,
                port=port,
                workers=workers,
                reload=reload,
                reload_dirs=SOURCES if reload else None,
            )
    except ImproperlyConfigured as wrong:
        sys.exit(f"{REFUSAL}{wrong}")


if __name__ == "__main__":
    main()
