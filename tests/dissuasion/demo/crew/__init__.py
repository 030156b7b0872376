"""The simulated crew, the demo and its commands."""
