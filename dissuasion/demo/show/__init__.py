"""`make demo`: the whole loop in one process, told in the terminal."""
