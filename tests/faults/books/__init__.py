"""The three ledgers of a run, compared and told."""
