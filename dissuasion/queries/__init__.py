"""How we look: worklists, boards and look-ups, each with a constant number of queries."""
