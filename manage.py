#!/usr/bin/env python
"""Django's command line for Doorstep; `make help` lists the words people use every day."""

import os
import sys

try:
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
except ImportError:
    sys.exit("Django is not here: `make dev` makes .venv once, then run .venv/bin/python manage.py")

TRACEBACK = "--traceback"


def main() -> None:
    """Run a command; a setting that is missing or wrong ends it with a sentence."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as wrong:
        if TRACEBACK in sys.argv:
            raise
        sys.exit(f"manage.py stops here. {wrong}")


if __name__ == "__main__":
    main()
