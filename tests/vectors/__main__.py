"""Writes the vectors: `python -m tests.vectors`, as `make types` does."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from tests.vectors.made import main  # noqa: E402  the settings first

main()
