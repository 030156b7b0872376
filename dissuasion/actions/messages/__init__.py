"""Messages (通知): planned in the transaction of the change that they report, sent after it, followed to their end."""
