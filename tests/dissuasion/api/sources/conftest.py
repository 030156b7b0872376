"""The doors for alerts as a source uses them, and a source without a city around it."""

from tests.dissuasion.actions.intake.conftest import door, post, post_batch

__all__ = ["door", "post", "post_batch"]
