"""What is kept of messages: deliveries, and what residents answered."""
