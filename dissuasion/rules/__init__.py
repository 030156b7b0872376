"""Rules: pure tables and the words for their codes. No database; Django for the words only."""
