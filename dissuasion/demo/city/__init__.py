"""The pretend city: its alert source, and a desk that decides."""
