"""Measures the phone's app in real Chromium, slowed down to a poor phone on a poor network."""
