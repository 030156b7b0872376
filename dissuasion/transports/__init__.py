"""The outside channels, one a file: socket, push, console, and one gateway for text, voice and work messenger."""
