"""Processes beside the web: the watch, the watchdog, and their signs of life."""
