"""The doors of the hotline."""
