"""One run of a command: flags, configuration, the parts put together, the way it ends."""
