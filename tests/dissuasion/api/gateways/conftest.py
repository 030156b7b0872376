"""The gateway that knocks here, and a resident whom it has written to."""

from tests.dissuasion.actions.messages.conftest import server
from tests.dissuasion.actions.residents.conftest import reader, text, voice, warn

__all__ = ["reader", "server", "text", "voice", "warn"]
