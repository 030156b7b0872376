"""How we count: figures read from the history."""
