"""How changes are told: the history of a case, and the version of a worklist."""
