"""How often a property is tried: a bounded number in `make test`, the promised one with HYPOTHESIS_PROFILE=long."""

import os

from hypothesis import HealthCheck, Phase, settings

LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"
# Walks over a database are slow, and shrinking one takes minutes: the walk that failed is short enough to read.
WALK = settings(
    deadline=None, suppress_health_check=list(HealthCheck), database=None, derandomize=not LONG, print_blob=True,
    phases=[Phase.generate], report_multiple_bugs=False,
)  # fmt: skip


def seed(usual: int) -> int:
    """Return the seed of a walk that draws its own lots; `make proof` gives each of its slices another."""
    return int(os.environ.get("PROPERTY_SEED", usual))


def times(quick: int, *, long: int) -> int:
    """Return how often: `quick` beside all other tests, `long` where somebody waits for it.

    PROPERTY_TIMES cuts the long form short, for a machine that has not the hours.
    """
    return min(long, int(os.environ.get("PROPERTY_TIMES", long))) if LONG else quick
