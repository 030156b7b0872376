"""The admin: people, ground, sources and rules are kept here; the work itself is only looked at."""

from dissuasion.admin import cases, field, ground, people, policies, scripts, sources

__all__ = ["cases", "field", "ground", "people", "policies", "scripts", "sources"]
