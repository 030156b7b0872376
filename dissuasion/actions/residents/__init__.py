"""Residents: their replies, the outcome of messages to them, the households that get none."""
