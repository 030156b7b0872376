"""Faults, in miniature and long: real processes are killed under load, then three ledgers are compared."""
