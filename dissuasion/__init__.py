"""The work: alert → case → assignment → visit → outcome → report."""
