"""Tests of the seeding."""
