"""Seeding: made-up people on real ground, the same rows on every machine, and nobody's real data."""
