"""Residents: what they answer, what follows a message to them, whom we may not write to."""
