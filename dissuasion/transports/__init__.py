"""The outside channels, one a file: here the socket ring, later push, text and voice."""
