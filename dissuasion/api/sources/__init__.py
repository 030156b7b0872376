"""The doors of alert sources."""
