"""The HTTP doors: they read requests, call actions and queries, and answer; they hold no rules."""
