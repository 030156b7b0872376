"""What is kept of the field: acts, check-ins, visits, evidence."""
