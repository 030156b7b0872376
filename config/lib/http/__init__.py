"""HTTP: bodies, sign-in, problems, and how many requests work at once."""
