"""What the failure catalogue shares: a clock that stands, Lin's unanswered case, a channel that keeps what it got."""

from tests.dissuasion.actions.messages.conftest import wire
from tests.dissuasion.conftest import clock, gu, lin

__all__ = ["clock", "gu", "lin", "wire"]
