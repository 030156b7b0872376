"""Messages (通知): planned with the change that they tell of, sent after it, followed to their end."""
