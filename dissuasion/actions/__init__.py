"""What can happen: the only place that writes."""
