"""The doors of the officer's phone."""
