"""What the failure catalogue shares: a clock that stands, Lin's unanswered case, a channel that keeps what it got."""

from tests.acts.fixtures import clock, gu, lin
from tests.delivery.conftest import wire

__all__ = ["clock", "gu", "lin", "wire"]
