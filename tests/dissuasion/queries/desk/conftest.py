"""What a case's file shows of messages: the channel that keeps what it got, and the watch that sends."""

from tests.dissuasion.actions.messages.conftest import after, wire

__all__ = ["after", "wire"]
