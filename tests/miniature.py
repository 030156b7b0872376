"""Runs a module of the tests as a program with a time limit: the miniatures of `make bench` and `make faults`."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from django.conf import settings


def run(module: str, arguments: list[str | Path], *, environment: Mapping[str, str], most_s: float) -> str:
    """Return what the run said. At its limit it is told to stop, and ends what it started."""
    process = subprocess.Popen(
        [sys.executable, "-m", module, *map(str, arguments)],
        cwd=settings.ROOT, env=dict(environment), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    try:
        said, _nothing = process.communicate(timeout=most_s)
    except subprocess.TimeoutExpired:
        process.terminate()
        said, _nothing = process.communicate(timeout=60)
        said += f"\n{module} did not end within {most_s} s."
    return said
