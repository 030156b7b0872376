"""Names that several doors share when they describe themselves in the schema."""

PROBLEM = "application/problem+json"
