"""What the failure catalogue shares: a clock that stands, Lin's unanswered case, a channel that keeps what it got."""

from tests.dissuasion.actions.field.fixtures import clock, gu, lin
from tests.dissuasion.actions.messages.conftest import wire

__all__ = ["clock", "gu", "lin", "wire"]
