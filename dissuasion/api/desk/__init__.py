"""The doors of desks and chiefs."""
