"""What a desk reads."""
