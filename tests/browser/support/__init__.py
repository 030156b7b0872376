"""What the walks lean on: phones, places, weather, words, looks."""
