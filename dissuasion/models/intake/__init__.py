"""What is kept of the intake: sources and their keys, alerts, triage."""
