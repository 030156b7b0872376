"""The scripts that a phone asks for."""

from tests.dissuasion.actions.scripts.conftest import draft, published

__all__ = ["draft", "published"]
