"""The HTTP doors: they read requests, open one transaction and answer; the rules live further down."""
