"""Scripts killed, and the disk failing under them, at each single call to it."""
