"""Backups of the database and of the sealed files beside it, for SQLite and PostgreSQL."""
