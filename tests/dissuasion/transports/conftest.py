"""The gateway that serves the channels, and the watch that sends."""

from tests.dissuasion.actions.messages.conftest import after, server

__all__ = ["after", "server"]
