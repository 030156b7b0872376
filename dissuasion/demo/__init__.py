"""The demo: pretend people on real ground, and the show of their work. None of it is the work itself."""
