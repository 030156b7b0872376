"""Sealing: personal data encrypted at rest, and the keys of this server."""
