"""Serves Doorstep: `python -m config.server` reads HOST, PORT, WORKERS and RELOAD from the environment."""

import uvicorn

from config.lib import env
from config.lib.serving import APPLICATION, SETTINGS, server_config

__all__ = ["SETTINGS", "server_config"]
SOURCES = ["accounts", "config", "dissuasion", "households"]


def main() -> None:
    """Serve until a signal comes."""
    reload = env.boolean("RELOAD")
    uvicorn.run(
        APPLICATION,
        **SETTINGS,
        host=env.text("HOST", "127.0.0.1"),
        port=env.integer("PORT", 8000),
        workers=env.integer("WORKERS", 1),
        reload=reload,
        reload_dirs=SOURCES if reload else None,
    )


if __name__ == "__main__":
    main()
