"""The admin and the pages that the server draws."""
