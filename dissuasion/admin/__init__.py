"""The admin: people, ground, sources and rules are edited here; the work itself is read only."""

from dissuasion.admin import cases, field, ground, people, policies, scripts, sources

__all__ = ["cases", "field", "ground", "people", "policies", "scripts", "sources"]
