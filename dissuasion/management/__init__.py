"""What is done from the terminal: seed, demo, watch, figures."""
