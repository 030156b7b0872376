"""Static files: what is built, under which name, for how long."""
