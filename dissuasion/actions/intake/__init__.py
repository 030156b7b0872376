"""Intake: every alert is kept as received, and finds its case or waits for a person."""
